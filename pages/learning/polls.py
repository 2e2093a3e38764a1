"""A batch is a poll: the noise of its gradient against its size."""

from __future__ import annotations

import math

import streamlit as st

from core.figures.lines import Line, lines, lines_table
from core.figures.theme import two_digits
from core.worked.learning.polls import POLLS, SIZES, Polls, poll_gradients
from core.worked.learning.table import descend
from pages.learning.state import POLLED
from pages.learning.table import tales_counts_in
from pages.parts.exercises.box import after_bet
from pages.parts.frame.language import _, language
from pages.parts.frame.state import fragment
from pages.parts.frame.theme import theme
from pages.parts.widgets.plot import plot
from pages.parts.widgets.shared.source import Source

SLUG, BET = "learning", "bet_batch"
RATE = 20.0
SEED = 1


def show_polls() -> None:
    after_bet(SLUG, BET, _polls)()


@fragment
def _polls() -> None:
    """When the poll is held; the distance of batches from the whole text, and the law."""
    words = {0: _("before the first step"), 200: _("after 200 steps")}
    at = POLLED.draw(st.segmented_control, _("Poll the table"), words=words.__getitem__)
    found = _found(language(), at)
    x, y = _("pairs in the batch"), _("distance from the whole text's gradient, in its lengths")
    places = [math.log2(size) for size in found.sizes]
    measured = Line(_("measured"), places, [math.log10(one) for one in found.distances])
    law = Line(
        _("one over the root of the size"), places, [math.log10(one) for one in found.expected]
    )
    figure = lines([measured, law], theme(), x, y)
    figure.traces[0] |= {"mode": "markers"}
    figure.traces[1] |= {"mode": "lines"}
    low, high = math.floor(min(law.y)), math.ceil(max(measured.y))
    figure.update_xaxes(
        tickmode="array",
        tickvals=places,
        ticktext=[f"{size:,}" for size in found.sizes],
        range=[-0.4, places[-1] + 0.4],
    )
    figure.update_yaxes(
        tickmode="array",
        tickvals=list(range(low, high + 1)),
        ticktext=[f"{10.0**power:,g}" for power in range(low, high + 1)],
        range=[low - 0.1, high + 0.1],
    )
    plot(
        figure,
        key="learning_polls",
        height=340,
        caption=_(
            "How far the gradient of a batch lies from that of the whole text: both axes grow by factors."
        ),
        source=Source(
            "measured",
            (
                _(
                    "{polls} batches of each size from the Tiny tales, drawn with seed {seed}."
                ).format(polls=POLLS, seed=SEED),
            ),
        ),
        table=lambda: lines_table(
            [
                Line(measured.name, list(found.sizes), list(found.distances)),
                Line(law.name, list(found.sizes), list(found.expected)),
            ],
            x,
            y,
            _("line"),
        ),
    )
    few, more = found.distances[SIZES.index(16)], found.distances[SIZES.index(64)]
    st.markdown(
        _(
            "A batch of 16 is off by **{few}** times the length of the whole gradient, one of 64 by "
            "**{more}** times: four times the work, and the noise is {ratio:.2f} times as large."
        ).format(few=two_digits(few), more=two_digits(more), ratio=more / few)
    )
    if at:
        st.markdown(
            _(
                "Near the goal the mean slope is almost nothing, and the slopes at single places are not: "
                "the poll is nearly all noise."
            )
        )


@st.cache_resource(show_spinner=False, max_entries=4)
def _found(spoken: str, at: int) -> Polls:
    """Of the stories in this language: it is what the cache tells them apart by."""
    counts = tales_counts_in(spoken)
    return poll_gradients(counts, descend(counts, RATE, at, (at,)).kept[at], SEED)
