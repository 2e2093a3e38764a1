"""The table of counts: the most frequent pairs, and where a pair stands in the text."""

from __future__ import annotations

from functools import partial

import numpy as np
import streamlit as st

from core.figures import counts as count_figure
from pages.ngram.counted import Counted, lines_around, most_frequent, pairs_among, source_of
from pages.ngram.state import PAIR
from pages.parts.exercises.box import after_bet
from pages.parts.frame.escaped import code
from pages.parts.frame.labels import labels_of
from pages.parts.frame.language import _
from pages.parts.frame.quoted import show_quoted
from pages.parts.frame.state import fragment
from pages.parts.frame.theme import theme
from pages.parts.widgets.plot import plot

TABLE = 12
"""Rows and columns of the table of counts."""


@fragment
def show_counts(counted: Counted) -> None:
    """The table of the most frequent pairs; a click shows where the pair stands in the text."""
    frequent = most_frequent(counted, TABLE)
    pairs = pairs_among(counted, frequent)
    names = [counted.tokenizer.show(token) for token in frequent]
    chosen = PAIR.value
    labels = labels_of(count_figure.LABELS)
    plot(
        count_figure.count_heatmap(pairs, names, names, theme(), selected=chosen, labels=labels),
        key="ngram_counts",
        height=470,
        on_click=lambda click: PAIR.set((click.row, click.column)),
        caption=_(
            "Row: the context. Column: what came next. The number is how often. Click a cell to see "
            "where."
        ),
        source=source_of(counted),
        table=count_figure.count_table(pairs, names, names, labels=labels),
    )
    row, column = chosen or divmod(int(pairs.argmax()), len(frequent))
    after_bet("ngram", "bet_empty", partial(_pairs_that_occur, counted))()
    if row < len(frequent) and column < len(frequent):
        _pair_lines(counted, [frequent[row], frequent[column]], int(pairs[row, column]))


def _pairs_that_occur(counted: Counted) -> None:
    size = counted.model.vocabulary_size
    kinds = len(np.unique(counted.training[:-1] * size + counted.training[1:]))
    st.markdown(
        _(
            "Of {possible:,} possible pairs ({size:,} × {size:,}), **{kinds:,}** occur: {share:.1%}."
        ).format(possible=size**2, size=size, kinds=kinds, share=kinds / size**2)
    )


def _pair_lines(counted: Counted, pair: list[int], times: int) -> None:
    shown = " ".join(counted.tokenizer.show(token) for token in pair)
    st.markdown(
        _("{pair} stands in the text **{times:,}** times.").format(pair=code(shown), times=times)
    )
    lines = lines_around(counted, pair)
    if lines:
        show_quoted("\n".join(lines))
