"""What each order costs: different n-grams, bytes and seconds."""

from __future__ import annotations

import streamlit as st

from core.figures import lines as line_figure
from core.worked.counting.costs import Size, Time, sizes, time_of
from pages.ngram.counted import ORDERS, Counted, source_of
from pages.ngram.state import TIMED
from pages.parts.frame.language import _
from pages.parts.frame.state import fragment
from pages.parts.frame.theme import theme
from pages.parts.widgets.plot import plot
from pages.parts.widgets.shared.source import show_caption

SCORED = 10_000
"""Tokens whose probability is asked for to measure how long that takes."""


def show_sizes(counted: Counted) -> None:
    """How many n-grams of each length occurred, and how that compares with the text."""
    found = sizes(counted.model.grams, ORDERS)
    line = line_figure.Line(_("different n-grams"), ORDERS, [float(size.grams) for size in found])
    words = (_("order n"), _("different n-grams"))
    figure = line_figure.lines([line], theme(), *words, ticks=ORDERS)
    figure.update_layout(showlegend=False)
    plot(
        figure,
        key="ngram_sizes",
        height=280,
        caption=_("How many different n-grams of each order occur in the counted text."),
        source=source_of(counted),
        table=line_figure.lines_table([line], *words, line=_("what")),
    )
    st.markdown(
        _(
            "At order {last} there are **{grams:,}** different ones among {tokens:,} tokens: there can be no "
            "more than one at each place of the text. All counts up to order {last} take {mega:.1f} MB."
        ).format(
            last=ORDERS[-1],
            grams=found[-1].grams,
            tokens=len(counted.training),
            mega=found[-1].bytes / 1e6,
        )
    )
    _times(counted, found)


@fragment
def _times(counted: Counted, found: tuple[Size, ...]) -> None:
    st.button(
        _("Measure the time on this machine"),
        key="ngram_measure_time",
        on_click=TIMED.set,
        args=(True,),
    )
    if not TIMED.value:
        return
    times: list[Time] = []
    progress = st.progress(0.0, _("Counting at every order …"))
    for order in ORDERS:
        choices = counted.choices.model_copy(update={"order": order})
        times.append(
            time_of(
                choices,
                counted.training,
                counted.validation[:SCORED],
                counted.model.vocabulary_size,
            )
        )
        progress.progress(order / ORDERS[-1], _("Counting at every order …"))
    progress.empty()
    TIMED.forget()
    st.table(
        {
            _("order n"): [str(size.order) for size in found],
            _("different n-grams"): [f"{size.grams:,}" for size in found],
            _("memory (MB)"): [f"{size.bytes / 1e6:.2f}" for size in found],
            _("counting (s)"): [f"{time.counting:.3f}" for time in times],
            _("probabilities of {count} tokens (s)").format(
                count=f"{len(counted.validation[:SCORED]):,}"
            ): [f"{time.scoring:.3f}" for time in times],
        }
    )
    show_caption(
        _(
            "Memory: all counts up to that order. Seconds: measured once, just now, on this machine."
        ),
        source_of(counted),
    )
