"""Gates and states of a trained network over the learner's own text, and one unit's step number by number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import streamlit as st

from core.errors import LearnerError
from core.figures import gates as strip
from core.questions.recurrent import Activity, CellStep
from core.spec.families.recurrent import Cell
from core.store.view import RunView
from core.worked.recurrent.activity import Activity as LayerActivity
from core.worked.recurrent.unit import UnitNumbers
from pages.lstm.runs import width_of
from pages.lstm.state import (
    CELLS,
    MOST_TOKENS,
    READER,
    TEXT,
    TOKEN,
    UNIT,
    UNIT_STEP,
    VIEW,
    VIEWS,
)
from pages.lstm.step.chain import draw_step, show_arithmetic
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


@fragment
def show_gate_bench(readers: Mapping[Cell, RunView]) -> None:
    """Network and sentence, the strip, and under it the step of the chosen token and unit."""
    run, text, view, unit = _controls(readers)
    name_unknown_to(run.id, text)
    try:
        answer = ask(Activity(run.id, text))
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
    own = text != TEXT.first
    width = width_of(run)
    source = of_run(run.spec, which.format(unit=unit, width=width), own_text=own)
    _show_strip(answer.layer, tokens, one, position, source)
    st.markdown(_seen(answer.layer, tokens))
    try:
        numbers = ask(CellStep(run.id, text, position, unit)).numbers
    except LearnerError as error:
        st.warning(worded(error))
        return
    told = _("Unit {unit} of {width}.").format(unit=unit, width=width)
    _show_step(numbers, tokens, position, of_run(run.spec, told, own_text=own))


def _controls(readers: Mapping[Cell, RunView]) -> tuple[RunView, str, str, int]:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        first = "lstm" if "lstm" in readers else next(iter(readers))
        cell = READER.among(tuple(readers), first=first).draw(
            st.segmented_control, _("Network"), words=lambda one: CELLS[one], required=True
        )
        text = TEXT.box(_("Your sentence"), width=420)
        view = VIEW.draw(
            st.segmented_control, _("Show"), words=lambda option: _(VIEWS[option]), required=True
        )
        last = width_of(readers[cell]) - 1
        unit = UNIT.within(0, last).box(_("Unit, 0 to {last}").format(last=last), width=150)
    return readers[cell], text, view, unit


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
    layer: LayerActivity,
    tokens: Sequence[str],
    unit: int | None,
    position: int,
    source: Source,
) -> None:
    values = {name: row[: len(tokens)] for name, row in layer.rows.items()}
    units = None if unit is None else [unit]
    labels = labels_of(strip.LABELS)
    caption = (
        _(
            "Gates: dark is open, near 1; light is closed, near 0. Candidate, cell and hidden state can be "
            "negative. Click a column to reckon that token below."
        )
        if theme() == "light"
        else _(
            "Gates: light is open, near 1; dark is closed, near 0. Candidate, cell and hidden state can be "
            "negative. Click a column to reckon that token below."
        )
    )
    plot(
        strip.gate_strip(values, tokens, theme(), units, selected=(0, position), labels=labels),
        key="lstm_gates",
        height=120 + 35 * len(values),
        on_click=_choose,
        caption=caption,
        source=source,
        table=strip.gate_table(values, tokens, units, labels=labels),
    )


_KEEPS = {"lstm": "forget", "gru": "update"}
"""The gate that says how much stays."""


def _seen(layer: LayerActivity, tokens: Sequence[str]) -> str:
    """Where the gates that keep close most, and the unit that holds on longest; of an RNN, which has none,
    how much its state changes."""
    if layer.cell == "rnn":
        hidden = np.asarray(layer.rows["hidden"], dtype=np.float64)[: len(tokens)]
        before = np.vstack([np.zeros_like(hidden[:1]), hidden[:-1]])
        changed = float(np.abs(hidden - before).mean())
        return _(
            "An RNN has no gate: from token to token each number of its state changes by **{changed:.2f}** "
            "on average."
        ).format(changed=changed)
    kept = np.asarray(layer.rows[_KEEPS[layer.cell]], dtype=np.float64)[: len(tokens)]
    at_token, of_unit = kept.mean(axis=1), kept.mean(axis=0)
    closed, holder = int(at_token.argmin()), int(of_unit.argmax())
    said = (
        _(
            "The forget gates close most at {closed} (mean {low:.2f}) and stand most open at {open} "
            "(mean {high:.2f}). Unit {holder} holds on longest: its forget gate is {keeps:.2f} on average, "
            "unit {loser} keeps only {loses:.2f}."
        )
        if layer.cell == "lstm"
        else _(
            "The update gates keep least at {closed} (mean {low:.2f}) and most at {open} (mean {high:.2f}). "
            "Unit {holder} holds on longest: its update gate is {keeps:.2f} on average, unit {loser} keeps "
            "only {loses:.2f}."
        )
    )
    return said.format(
        closed=code(tokens[closed]),
        low=at_token[closed],
        open=code(tokens[int(at_token.argmax())]),
        high=at_token.max(),
        holder=holder,
        keeps=of_unit[holder],
        loser=int(of_unit.argmin()),
        loses=of_unit.min(),
    )


def _show_step(numbers: UnitNumbers, tokens: Sequence[str], position: int, source: Source) -> None:
    stages = numbers.stages()
    before = code(tokens[position - 1]) if position else _("the beginning")
    st.markdown(
        _("**Unit {unit} reads** {token}. Network: {cell}; the token before: {before}.").format(
            unit=numbers.unit,
            cell=CELLS[numbers.cell],
            token=code(tokens[position]),
            before=before,
        )
    )
    label = _("One step of the {cell}, stage by stage").format(cell=CELLS[numbers.cell])
    chosen = draw_step(UNIT_STEP, stages, label, source)
    show_arithmetic(UNIT_STEP, chosen)
    st.markdown(_step_sentence({stage.name: stage.matrix for stage in stages}))


def _step_sentence(made: Mapping[str, Any]) -> str:
    """Whether the old or the new outweighs; of an RNN, which of its two sums does."""

    def one(name: str) -> float:
        return float(made[name][0, 0])

    if "kept" in made:
        kept, written = one("kept"), one("written")
    elif "candidate" in made:
        update, old = float(made["gates"][1, 0]), one("hidden")
        written = (1 - update) * one("candidate")
        kept = old - written
    else:
        word, state = one("from_word"), one("from_state")
        return _("The token adds {word:.3f} to the sum, the state before adds {state:.3f}.").format(
            word=word, state=state
        )
    if abs(kept) >= abs(written):
        return _(
            "Here the old memory outweighs the new word: {kept:.3f} is kept, {written:.3f} is written."
        ).format(kept=kept, written=written)
    return _(
        "Here the new word outweighs the old memory: {written:.3f} is written, {kept:.3f} is kept."
    ).format(kept=kept, written=written)
