"""The gates of a trained LSTM over the learner's own text, and one unit's step number by number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import streamlit as st

from core.errors import LearnerError
from core.figures import gates as strip
from core.questions import Gates, GateStep
from core.spec.run import RunSpec
from core.wording import N_
from core.worked.recurrent.gate_step import GATES, StepTrace, step_arithmetic
from pages.lstm.state import MOST_TOKENS, TEXT, TOKEN, UNIT, VIEW, VIEWS
from pages.parts.frame.ask import ask
from pages.parts.frame.escaped import code
from pages.parts.frame.labels import labels_of
from pages.parts.frame.language import _, worded
from pages.parts.frame.state import fragment
from pages.parts.frame.theme import theme
from pages.parts.frame.unknown import name_unknown_to
from pages.parts.training.sources import of_run
from pages.parts.widgets.plot import Click, plot
from pages.parts.widgets.shared.source import Source

_ROWS = ("forget", "input", "candidate", "output", "cell", "hidden")
_TITLES = {
    "forget": N_("Forget gate"),
    "input": N_("Input gate"),
    "candidate": N_("Candidate"),
    "output": N_("Output gate"),
    "cell": N_("New cell"),
    "hidden": N_("New hidden state"),
}


@fragment
def show_gate_bench(spec: RunSpec, width: int) -> None:
    """Sentence, strip of gates, and under it the arithmetic of the chosen token and unit."""
    run = spec.id
    text, view, unit = _controls(width)
    name_unknown_to(run, text)
    try:
        answer = ask(Gates(run, text))
    except LearnerError as error:
        st.warning(worded(error))
        return
    tokens = answer.tokens[:MOST_TOKENS]
    if len(tokens) < len(answer.tokens) + answer.cut:
        st.caption(
            _("The first {most} of {count} tokens are shown.").format(
                most=len(tokens), count=len(answer.tokens) + answer.cut
            )
        )
    position = _position(tokens)
    one = unit if view == "unit" else None
    which = _("The mean of its {width} units.") if one is None else _("Unit {unit} of {width}.")
    source = of_run(spec, which.format(unit=unit, width=width), own_text=text != TEXT.first)
    _show_strip(answer.gates, tokens, one, position, source)
    st.markdown(_seen(answer.gates, tokens))
    try:
        step = ask(GateStep(run, text, position, unit)).step
    except LearnerError as error:
        st.warning(worded(error))
        return
    _show_step(step, tokens, position)


def _controls(width: int) -> tuple[str, str, int]:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        text = TEXT.box(
            _("Your sentence"),
            width=420,
        )
        view = VIEW.draw(
            st.segmented_control,
            _("Show"),
            words=lambda option: _(VIEWS[option]),
            required=True,
        )
        unit = UNIT.within(0, width - 1).box(
            _("Unit, 0 to {last}").format(last=width - 1), width=150
        )
    return text, view, unit


def _position(tokens: Sequence[str]) -> int:
    """The token whose step is shown; counted from 1 in the link, from 0 inside."""
    place = TOKEN.among(range(1, len(tokens) + 1), first=min(TOKEN.first, len(tokens)))
    chosen = place.draw(
        st.selectbox,
        _("Token"),
        words=lambda place: f"{place}. {tokens[place - 1]}",
        width=260,
    )
    return chosen - 1


def _choose(click: Click) -> None:
    TOKEN.set(click.column + 1)


def _show_strip(
    gates: Any, tokens: Sequence[str], unit: int | None, position: int, source: Source
) -> None:
    values = {name: getattr(gates, name)[: len(tokens)] for name in _ROWS}
    units = None if unit is None else [unit]
    labels = labels_of(strip.LABELS)
    plot(
        strip.gate_strip(values, tokens, theme(), units, selected=(0, position), labels=labels),
        key="lstm_gates",
        height=330,
        on_click=_choose,
        caption=_(
            "Gates: dark is open, near 1; light is closed, near 0. Candidate, cell and hidden state can be "
            "negative. Click a column to reckon that token below."
        )
        if theme() == "light"
        else _(
            "Gates: light is open, near 1; dark is closed, near 0. Candidate, cell and hidden state can be "
            "negative. Click a column to reckon that token below."
        ),
        source=source,
        table=strip.gate_table(values, tokens, units, labels=labels),
    )


def _seen(gates: Any, tokens: Sequence[str]) -> str:
    """Where the forget gates close most, and the unit that holds on longest."""
    forget = np.asarray(gates.forget, dtype=np.float64)[: len(tokens)]
    at_token = forget.mean(axis=1)
    of_unit = forget.mean(axis=0)
    closed, holder = int(at_token.argmin()), int(of_unit.argmax())
    return _(
        "The forget gates close most at {closed} (mean {low:.2f}) and stand most open at {open} "
        "(mean {high:.2f}). Unit {holder} holds on longest: its forget gate is {keeps:.2f} on average, "
        "unit {loser} keeps only {loses:.2f}."
    ).format(
        closed=code(tokens[closed]),
        low=at_token[closed],
        open=code(tokens[int(at_token.argmax())]),
        high=at_token.max(),
        holder=holder,
        keeps=of_unit[holder],
        loser=int(of_unit.argmin()),
        loses=of_unit.min(),
    )


def _show_step(step: StepTrace, tokens: Sequence[str], position: int) -> None:
    before = code(tokens[position - 1]) if position else _("the beginning")
    with st.container(border=True, key="lstm_step_box"):
        st.markdown(
            _(
                "**Unit {unit} reads** {token}. Its cell after {before}: **{cell:.3f}**. Each first sum is "
                "w·x (the word) + u·h (the state before) + the two biases."
            ).format(
                unit=step.unit, token=code(tokens[position]), before=before, cell=step.cell_before
            )
        )
        left, right = st.columns(2, gap="medium")
        for i, name in enumerate(GATES):
            with (left, right)[i % 2]:
                _show_lines(name, step)
        left, right = st.columns(2, gap="medium")
        with left:
            _show_lines("cell", step)
        with right:
            _show_lines("hidden", step)
        st.markdown(_step_sentence(step))


def _show_lines(name: Any, step: StepTrace) -> None:
    st.markdown(f"**{_(_TITLES[name])}**")
    for line in step_arithmetic(step, name, 2):
        st.latex(line.latex)


def _step_sentence(step: StepTrace) -> str:
    kept = step.gates["forget"].value * step.cell_before
    written = step.gates["input"].value * step.gates["candidate"].value
    if abs(kept) >= abs(written):
        return _(
            "Here the old memory outweighs the new word: {kept:.3f} is kept, {written:.3f} is written."
        ).format(kept=kept, written=written)
    return _(
        "Here the new word outweighs the old memory: {written:.3f} is written, {kept:.3f} is kept."
    ).format(kept=kept, written=written)
