"""How many tokens back the tales need: the loss of a trained network that may read only the last few."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.errors import LearnerError
from core.figures.lines import Line, lines, lines_table
from core.store.view import RunView
from core.worked.recurrent.needed import READ, Needed, needed
from pages.lstm.reach import held_out, recurrence_of
from pages.lstm.runs import cell_name
from pages.parts.frame.language import _, worded
from pages.parts.frame.theme import theme
from pages.parts.training.sources import of_runs
from pages.parts.widgets.plot import plot

FEW = 8
SLIGHT = 0.05
"""Nats: what one would hardly notice."""


def show_need(runs: Sequence[RunView]) -> None:
    """A line for each run over the number of tokens it may read, and a sentence about the first."""
    try:
        measured = [(cell_name(run), need_of(run)) for run in runs]
    except LearnerError as error:
        st.info(worded(error))
        return
    x, y = _("tokens it may read"), _("loss (nats per token)")
    drawn = [Line(name, one.read, one.losses) for name, one in measured]
    plot(
        lines(drawn, theme(), x, y),
        key="lstm_need",
        height=330,
        caption=_(
            "The loss at {places} places of held-out text when the network may read only the last tokens "
            "before each place."
        ).format(places=measured[0][1].places),
        source=of_runs([run.spec for run in runs]),
        table=lambda: lines_table(drawn, x, y, _("cell")),
    )
    name, one = measured[0]
    st.markdown(_need_sentence(name, one))


def need_of(run: RunView) -> Needed:
    """Of a finished run on its held-out text; measured once. Raises LearnerError if that is too short."""
    return _need(run.id, run.weights_written, run)


def _need_sentence(name: str, one: Needed) -> str:
    few = one.read.index(FEW)
    return _(
        "**{cell}**: with the last {enough} tokens its loss is already within {slight} nats of the best. "
        "What stands more than {few} tokens back is worth **{worth:.2f}** nats; without it only "
        "**{missing:.1%}** of the tokens lose more than half of their probability."
    ).format(
        cell=name,
        enough=one.enough(SLIGHT),
        slight=SLIGHT,
        few=FEW,
        worth=max(0.0, one.losses[few] - one.losses[-1]),
        missing=one.missing[few],
    )


@st.cache_data(max_entries=16, show_spinner=False)
def _need(run: str, stamp: int, _view: RunView) -> Needed:
    tokens = held_out(_view)
    if len(tokens) < 2 * READ[-1]:
        raise LearnerError("The text kept for testing is too short to measure the memory's reach.")
    return needed(recurrence_of(_view), tokens)
