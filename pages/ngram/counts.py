"""The counts as a heatmap, a table or a tree, and where what is clicked in them stands in the text."""

from __future__ import annotations

from functools import partial

import numpy as np
import streamlit as st

from core.figures import counts as count_figure
from core.worked.counting.continuations import Branch, most_frequent_grams
from pages.ngram.counted import Counted, lines_around, most_frequent, pairs_among, source_of
from pages.ngram.picked import pick_gram, picked_gram
from pages.ngram.state import VIEW, VIEWS
from pages.ngram.tree import show_tree
from pages.parts.exercises.box import after_bet
from pages.parts.frame.escaped import code
from pages.parts.frame.labels import labels_of
from pages.parts.frame.language import _
from pages.parts.frame.quoted import show_quoted
from pages.parts.frame.state import fragment
from pages.parts.frame.theme import theme
from pages.parts.widgets.plot import Click, plot
from pages.parts.widgets.shared.source import show_caption

TABLE = 12
"""Rows and columns of the heatmap."""
LONGEST = 500
"""Rows of the table."""


@fragment
def show_counts(counted: Counted) -> None:
    """The counts as chosen; a click shows where the tokens stand in the text."""
    view = VIEW.draw(st.segmented_control, _("The counts as a"), words=lambda name: _(VIEWS[name]))
    {"heatmap": _show_heatmap, "table": _show_table, "tree": show_tree}[view](counted)
    after_bet("ngram", "bet_empty", partial(_pairs_that_occur, counted))()
    gram = picked_gram(counted)
    if gram:
        _show_lines(counted, gram)


def _show_heatmap(counted: Counted) -> None:
    frequent = most_frequent(counted, TABLE)
    pairs = pairs_among(counted, frequent)
    names = [counted.tokenizer.show(token) for token in frequent]
    labels = labels_of(count_figure.LABELS)
    plot(
        count_figure.count_heatmap(
            pairs, names, names, theme(), selected=_selected(counted, frequent), labels=labels
        ),
        key="ngram_counts",
        height=470,
        on_click=partial(_choose_pair, counted, frequent),
        caption=_(
            "Row: the context. Column: what came next. The number is how often. Click a cell to see "
            "where."
        ),
        source=source_of(counted),
        table=count_figure.count_table(pairs, names, names, labels=labels),
    )
    if not picked_gram(counted):
        row, column = divmod(int(pairs.argmax()), len(frequent))
        _show_lines(counted, (frequent[row], frequent[column]))


def _selected(counted: Counted, frequent: list[int]) -> tuple[int, int] | None:
    gram = picked_gram(counted)
    if len(gram) != 2 or not set(gram) <= set(frequent):
        return None
    return frequent.index(gram[0]), frequent.index(gram[1])


def _choose_pair(counted: Counted, frequent: list[int], click: Click) -> None:
    pick_gram(counted, (frequent[click.row], frequent[click.column]))


def _show_table(counted: Counted) -> None:
    order = counted.model.order
    found = most_frequent_grams(counted.model.grams, order, LONGEST)
    show = counted.tokenizer.show
    st.dataframe(
        {
            _("context"): [" ".join(map(show, branch.gram[:-1])) for branch in found],
            _("next token"): [show(branch.gram[-1]) for branch in found],
            _("count"): [branch.count for branch in found],
            _("share after the context"): [branch.share for branch in found],
        },
        key="ngram_count_table",
        height=420,
        hide_index=True,
        on_select=partial(_choose_row, counted, found),
        selection_mode="single-row",
    )
    show_caption(
        _(
            "The {count} most frequent n-grams of order {order}. Click the head of a column to sort by it, "
            "and the box before a row to see where it stands in the text."
        ).format(count=len(found), order=order),
        source_of(counted),
    )


def _choose_row(counted: Counted, found: list[Branch]) -> None:
    rows = st.session_state["ngram_count_table"]["selection"]["rows"]
    if rows and 0 <= rows[0] < len(found):
        pick_gram(counted, found[rows[0]].gram)


def _pairs_that_occur(counted: Counted) -> None:
    size = counted.model.vocabulary_size
    kinds = len(np.unique(counted.training[:-1] * size + counted.training[1:]))
    st.markdown(
        _(
            "Of {possible:,} possible pairs ({size:,} × {size:,}), **{kinds:,}** occur: {share:.1%}."
        ).format(possible=size**2, size=size, kinds=kinds, share=kinds / size**2)
    )


def _show_lines(counted: Counted, gram: tuple[int, ...]) -> None:
    shown = " ".join(counted.tokenizer.show(token) for token in gram)
    times = len(counted.model.occurrences(np.array(gram), len(counted.training)))
    st.markdown(
        _("How often {pair} stands in the text: **{times:,}**.").format(
            pair=code(shown), times=times
        )
    )
    lines = lines_around(counted, list(gram))
    if lines:
        show_quoted("\n".join(lines))
