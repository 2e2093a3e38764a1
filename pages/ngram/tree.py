"""The counts as a tree: from a first token, what followed, and what followed that, up to the order."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from core.worked.counting.continuations import Branch, branch_of, continuations
from pages.ngram.counted import Counted, most_frequent, source_of
from pages.ngram.picked import pick_gram, picked_gram
from pages.ngram.state import ROOT, TURNED
from pages.parts.frame.language import _
from pages.parts.widgets.branches import Row, branches
from pages.parts.widgets.save import Table

SHOWN = 8
"""Branches of a branch that are shown."""
_ROOTS = 60
"""Tokens to begin with: the most frequent ones."""

Path = tuple[int, ...]


@dataclass(frozen=True)
class Rest:
    """What followed besides the branches that are shown: so many different tokens, ``count`` times in all."""

    level: int
    tokens: int
    count: int
    total: int


def show_tree(counted: Counted) -> None:
    """The first token, and the tree that grows from it; each branch unfolds by click or by keyboard."""
    frequent = most_frequent(counted, _ROOTS)
    root = ROOT.among(frequent, first=_first_word(counted, frequent))
    begins = root.draw(st.selectbox, _("First token"), words=counted.tokenizer.show)
    found = _in_sight(counted, begins)
    grams, picked = [_gram(one) for one in found], picked_gram(counted)
    branches(
        [_row(counted, one, _largest(found, one)) for one in found],
        key="ngram_tree",
        label=_("What followed, and how often"),
        chosen=grams.index(picked) if picked and picked in grams else None,
        on_turn=lambda place: _turn(grams[place]),
        on_choose=lambda place: pick_gram(counted, grams[place]) if grams[place] else None,
        caption=_(
            "Each branch is a token that followed, with how often it did; the bars compare the branches of "
            "one token. ▸ or the right arrow key unfolds a branch, as far as order {order} reaches. Click it "
            "to see where it stands in the text."
        ).format(order=counted.model.order),
        source=source_of(counted),
        table=lambda: _table(counted, [one for one in found if isinstance(one, Branch)]),
    )


def _table(counted: Counted, found: list[Branch]) -> Table:
    show = counted.tokenizer.show
    rows = [(" ".join(map(show, one.gram)), one.count, one.share) for one in found]
    return (_("tokens"), _("count"), _("share after the context")), rows


def _in_sight(counted: Counted, root: int) -> list[Branch | Rest]:
    """The rows from top to bottom: a branch, and below it what is unfolded of it."""
    first = branch_of(counted.model.grams, (root,))
    return [] if first is None else _with_unfolded(counted, first)


def _with_unfolded(counted: Counted, branch: Branch) -> list[Branch | Rest]:
    found: list[Branch | Rest] = [branch]
    if _is_unfolded(counted, branch.gram):
        further = continuations(counted.model.grams, branch.gram)
        for one in further[:SHOWN]:
            found += _with_unfolded(counted, one)
        if rest := further[SHOWN:]:
            times = sum(one.count for one in rest)
            found.append(Rest(len(branch.gram) + 1, len(rest), times, rest[0].total))
    return found


def _is_unfolded(counted: Counted, gram: Path) -> bool | None:
    """None for what the order does not reach beyond. The first token is unfolded until somebody turns it."""
    if len(gram) >= counted.model.order:
        return None
    return (gram in TURNED.value) != (len(gram) == 1)


def _row(counted: Counted, one: Branch | Rest, largest: int) -> Row:
    said = _("{count} of {total}").format(count=f"{one.count:,}", total=f"{one.total:,}")
    if isinstance(one, Rest):
        name = _("… {count} other tokens").format(count=f"{one.tokens:,}")
        return Row(one.level, name, said, 0.0, None)
    name = counted.tokenizer.show(one.gram[-1])
    share = round(one.count / largest, 4)
    return Row(len(one.gram), name, said, share, _is_unfolded(counted, one.gram))


def _largest(found: list[Branch | Rest], one: Branch | Rest) -> int:
    """The largest count among the branches that grow from the same tokens."""
    beside = (other for other in found if isinstance(other, Branch))
    return max(other.count for other in beside if other.gram[:-1] == _gram(one)[:-1])


def _gram(one: Branch | Rest) -> Path:
    """None of the tokens for what is not one branch."""
    return one.gram if isinstance(one, Branch) else ()


def _turn(gram: Path) -> None:
    TURNED.set(TURNED.value ^ {gram})


def _first_word(counted: Counted, frequent: list[int]) -> int:
    """The most frequent token of letters: a tree of what follows a full stop says less."""
    texts = ((token, counted.tokenizer.decode([token]).strip()) for token in frequent)
    return next((token for token, text in texts if text.isalpha()), frequent[0])
