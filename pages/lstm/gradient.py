"""How far back the gradient reaches in trained networks, what a larger U does, and what clipping mends."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import streamlit as st

from core.errors import LearnerError
from core.figures.lines import Line, lines, lines_table
from core.questions.distance import (
    ClippedStep,
    ClippedStepAnswer,
    GradientByDistance,
    GradientByDistanceAnswer,
)
from core.spec.families.recurrent import Cell
from core.store.view import RunView
from pages.lstm.keeping import share_in_words
from pages.lstm.state import (
    CELLS,
    CLIPPED,
    CLIPPED_TIMES,
    STAGE,
    STAGES,
    TIMES,
    TIMES_DEEPER,
    Stage,
)
from pages.parts.frame.ask import ask
from pages.parts.frame.language import _, worded
from pages.parts.frame.state import Choice, fragment
from pages.parts.frame.theme import theme
from pages.parts.training.sources import of_runs, of_untrained
from pages.parts.widgets.plot import plot

LOOKED_AT = 30
"""Tokens back that the sentences are about."""
EXPLODES = 10.0
"""So many times as long as at the last token: nobody would call that fading."""
BET_TIMES = 2.0
_LONGEST, _SHORTEST = 6, -9
"""Powers of ten that are drawn."""


@fragment
def show_gradient(readers: Mapping[Cell, RunView]) -> None:
    """The trained RNN and LSTM, with U as long as the learner likes."""
    both: dict[Cell, RunView] = {cell: run for cell, run in readers.items() if cell != "gru"}
    _show_reach(both, TIMES, "trained", "lstm_gradient")


@fragment
def show_lengths(readers: Mapping[Cell, RunView]) -> None:
    """All three, before training or after."""
    stage = STAGE.draw(
        st.segmented_control, _("Networks"), words=lambda one: _(STAGES[one]), required=True
    )
    _show_reach(readers, TIMES_DEEPER, stage, "lstm_lengths")


@fragment
def show_exploding(readers: Mapping[Cell, RunView]) -> None:
    """One step of training along a gradient, as it is and clipped."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        first: Cell = "rnn" if "rnn" in readers else next(iter(readers))
        cell = CLIPPED.among(tuple(readers), first=first).draw(
            st.segmented_control, _("Network"), words=lambda one: CELLS[one], required=True
        )
        times = _draw_times(CLIPPED_TIMES)
    run = readers[cell]
    try:
        step = _step(run.id, run.weights_written, times)
    except LearnerError as error:
        st.warning(worded(error))
        return
    st.markdown(_step_sentence(step, CELLS[cell], times))


def gradient_truth(readers: Mapping[Cell, RunView]) -> str | None:
    """Where the gradient explodes with U twice as long: rnn, both or none; None without both networks."""
    if not {"rnn", "lstm"} <= readers.keys():
        return None
    try:
        found = [_left(readers[cell], BET_TIMES, LOOKED_AT) for cell in ("rnn", "lstm")]
    except LearnerError:
        return None
    match [left > EXPLODES for left in found]:
        case [True, False]:
            return "rnn"
        case [True, True]:
            return "both"
        case _:
            return "none"


def _show_reach(
    readers: Mapping[Cell, RunView], choice: Choice[float], stage: Stage, key: str
) -> None:
    times = _draw_times(choice)
    try:
        found = {cell: _reach(run.id, run.weights_written, times) for cell, run in readers.items()}
    except LearnerError as error:
        st.warning(worded(error))
        return
    lengths = {cell: _shares(answer, stage) for cell, answer in found.items()}
    x, y = _("tokens back"), _("length of the gradient")
    drawn = [
        Line(CELLS[cell], list(range(len(shares))), [max(s, 10.0**_SHORTEST) for s in shares])
        for cell, shares in lengths.items()
    ]
    figure = lines(drawn, theme(), x, y, markers=False)
    figure.update_yaxes(
        type="log", range=[_SHORTEST, _LONGEST], dtick=3, exponentformat="power", showgrid=True
    )
    places = next(iter(found.values())).places
    plot(
        figure,
        key=key,
        height=330,
        caption=_(
            "The gradient of the loss with respect to the token k back, as a share of the last token's; mean "
            "over {places} places in held-out text. Each line across is a thousand times the one below."
        ).format(places=places),
        source=(of_runs if stage == "trained" else of_untrained)(
            [run.spec for run in readers.values()],
            _("U multiplied by {times:g}.").format(times=times),
        ),
        table=lambda: lines_table(drawn, x, y, _("cell")),
    )
    st.markdown(" ".join(_reach_sentence(CELLS[cell], shares) for cell, shares in lengths.items()))


def _draw_times(choice: Choice[float]) -> float:
    return choice.draw(
        st.segmented_control,
        _("U multiplied by"),
        words=lambda times: f"{times:g}",
        required=True,
    )


def _shares(answer: GradientByDistanceAnswer, stage: Stage) -> Sequence[float]:
    lengths = answer.trained if stage == "trained" else answer.untrained
    last = float(lengths[0]) or 1.0
    return [float(length) / last for length in lengths]


def _left(run: RunView, times: float, back: int) -> float:
    return _shares(_reach(run.id, run.weights_written, times), "trained")[back]


def _reach_sentence(cell: str, shares: Sequence[float]) -> str:
    left = shares[LOOKED_AT]
    if left > EXPLODES:
        said = _("**{cell}**: {back} tokens back it is **{left:,.0f} times** as long: it explodes.")
        return said.format(cell=cell, back=LOOKED_AT, left=left)
    if left > 1 / EXPLODES:
        said = _("**{cell}**: {back} tokens back it is **{left:.2f} times** as long: it arrives.")
        return said.format(cell=cell, back=LOOKED_AT, left=left)
    said = _("**{cell}**: {back} tokens back **{share}** of it is left: it fades.")
    return said.format(cell=cell, back=LOOKED_AT, share=share_in_words(left))


def _step_sentence(step: ClippedStepAnswer, cell: str, times: float) -> str:
    said = [
        _("Length of the {cell}'s whole gradient with U times {times:g}: **{norm}**.").format(
            cell=cell, times=times, norm=_large(step.norm)
        ),
        _(
            "One step with learning rate {rate:g} takes the loss on these passages from **{before:.2f}** to "
            "**{after}**; clipped to length {clip:g}, to **{clipped}**."
        ).format(
            rate=step.learning_rate,
            before=step.before,
            after=_loss(step.after),
            clip=step.clip,
            clipped=_loss(step.after_clipped),
        ),
    ]
    if step.norm <= step.clip:
        said.append(_("It is shorter than the limit, so clipping changes nothing."))
    elif not step.after < step.before:
        said.append(_("Unclipped, this one step ruins what many steps have learned."))
    return " ".join(said)


def _large(norm: float) -> str:
    return f"{norm:.2f}" if norm < 1000 else f"{norm:,.0f}"


def _loss(loss: float) -> str:
    return f"{loss:.2f}" if math.isfinite(loss) else "∞"


# Measured once for each run, each writing of its weights (``stamp``) and each length of U.


@st.cache_data(max_entries=64, show_spinner=False)
def _reach(run: str, stamp: int, times: float) -> GradientByDistanceAnswer:
    return ask(GradientByDistance(run, times))


@st.cache_data(max_entries=64, show_spinner=False)
def _step(run: str, stamp: int, times: float) -> ClippedStepAnswer:
    return ask(ClippedStep(run, times))
