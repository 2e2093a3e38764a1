"""The counts as a tree: from a first token, what followed, and what followed that, up to the order."""

from __future__ import annotations

import streamlit as st

from core.worked.counting.continuations import Branch, branch_of, continuations
from pages.ngram.counted import Counted, most_frequent, source_of
from pages.ngram.picked import pick_gram, picked_gram
from pages.ngram.state import ROOT, TURNED
from pages.parts.frame.language import _
from pages.parts.widgets.branches import Row, branches

SHOWN = 8
"""Branches of a branch that are shown."""
_ROOTS = 60
"""Tokens to begin with: the most frequent ones."""

Path = tuple[int, ...]


def show_tree(counted: Counted) -> None:
    """The first token, and the tree that grows from it; each branch unfolds by click or by keyboard."""
    frequent = most_frequent(counted, _ROOTS)
    show = counted.tokenizer.show
    root = ROOT.among(frequent, first=_first_word(counted, frequent))
    begins = root.draw(st.selectbox, _("First token"), words=show)
    found = _in_sight(counted, begins)
    grams, picked = [branch.gram for branch in found], picked_gram(counted)
    chosen = grams.index(picked) if picked in grams else None
    branches(
        [_row(counted, branch) for branch in found],
        key="ngram_tree",
        label=_("What followed, and how often"),
        chosen=chosen,
        on_turn=lambda place: _turn(grams[place]),
        on_choose=lambda place: pick_gram(counted, grams[place]),
        caption=_(
            "Each branch is a token that followed, with how often it did; the bar is its share of all that "
            "followed there. ▸ or the right arrow key unfolds it, as far as order {order} reaches. Click a "
            "branch to see where it stands in the text."
        ).format(order=counted.model.order),
        source=source_of(counted),
    )
    with st.popover(
        _("Table"), key="ngram_tree_table", type="tertiary", on_change="rerun"
    ) as table:
        if table.open:
            _show_table(counted, found)


def _show_table(counted: Counted, found: list[Branch]) -> None:
    show = counted.tokenizer.show
    st.dataframe(
        {
            _("tokens"): [" ".join(map(show, branch.gram)) for branch in found],
            _("count"): [branch.count for branch in found],
            _("share after the context"): [branch.share for branch in found],
        },
        key="ngram_tree_cells",
        hide_index=True,
    )


def _in_sight(counted: Counted, root: int) -> list[Branch]:
    """The rows from top to bottom: a branch, and below it what is unfolded of it."""
    first = branch_of(counted.model.grams, (root,))
    return [] if first is None else _with_unfolded(counted, first)


def _with_unfolded(counted: Counted, branch: Branch) -> list[Branch]:
    found = [branch]
    if _is_unfolded(counted, branch.gram):
        for further in continuations(counted.model.grams, branch.gram)[:SHOWN]:
            found += _with_unfolded(counted, further)
    return found


def _is_unfolded(counted: Counted, gram: Path) -> bool | None:
    """None for what the order does not reach beyond. The first token is unfolded until somebody turns it."""
    if len(gram) >= counted.model.order:
        return None
    return (gram in TURNED.value) != (len(gram) == 1)


def _row(counted: Counted, branch: Branch) -> Row:
    return Row(
        level=len(branch.gram),
        name=counted.tokenizer.show(branch.gram[-1]),
        said=_("{count} of {total}").format(count=f"{branch.count:,}", total=f"{branch.total:,}"),
        share=round(branch.share, 4),
        unfolded=_is_unfolded(counted, branch.gram),
    )


def _turn(gram: Path) -> None:
    TURNED.set(TURNED.value ^ {gram})


def _first_word(counted: Counted, frequent: list[int]) -> int:
    """The most frequent token of letters: a tree of what follows a full stop says less."""
    texts = ((token, counted.tokenizer.decode([token]).strip()) for token in frequent)
    return next((token for token, text in texts if text.isalpha()), frequent[0])
