"""Counts of every n-gram of one text, as sorted arrays; each length is counted when it is first asked for.

A gram of m tokens is named by its rank among the seen grams of that length in lexicographic
order. Its key is ``prefix × vocabulary_size + last token``, where ``prefix`` is the rank of its
first m - 1 tokens among the grams one shorter. So a key always fits 64 bits, at any order and
vocabulary, keys sort as the grams do, and the grams that continue one context are neighbours.
"""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from typing import Literal, TypeVar

import numpy as np
from numpy.typing import NDArray

from core.errors import LearnerError
from core.protocol import Tokens

Ids = NDArray[np.int64]
"""Ranks of grams; -1 is a gram that was never seen."""

Counts = NDArray[np.int32]
"""A text of more tokens than these can count is refused long before."""

Kind = Literal["counts", "continuations"]

Number = TypeVar("Number", np.int32, np.int64, np.float64)


@dataclass(frozen=True)
class Table:
    """The seen grams of one length m, in lexicographic order; g of them.

    ``keys`` [g], ``counts`` [g]; ``starts`` [c + 1], where the grams that continue context i are
    ``starts[i]`` to ``starts[i + 1]`` and the c contexts are the grams of m - 1 tokens;
    ``suffixes`` [g], the rank of each gram without its first token.
    """

    keys: Ids
    counts: Counts
    starts: Counts
    suffixes: Counts


@dataclass(frozen=True)
class Followed:
    """The grams of one table as a smoothing counts them.

    ``kind`` says what ``counts`` [g] are: how often each gram occurs, or its continuations, which
    is how many different tokens stood before it. Over the grams of each context, ``totals`` [c] are
    the sums of ``counts`` and ``types`` [c] how many of them are not 0.
    """

    kind: Kind
    counts: Counts
    totals: Counts
    types: Counts


class GramCounts:
    """All counts of one stream of tokens, shared by the models of every order and smoothing.

    A table of g grams takes about 20 bytes a gram, and there are at most as many grams of a length
    as tokens. Raises LearnerError if there are no tokens.
    """

    def __init__(self, tokens: Tokens, vocabulary_size: int) -> None:
        self.tokens = checked(tokens, vocabulary_size)
        if not len(self.tokens):
            raise LearnerError("There are no tokens to count: give a longer text.")
        self.vocabulary_size = vocabulary_size
        self._lock = Lock()
        self._tables: list[Table] = []
        self._followed: dict[tuple[Kind, int], Followed] = {}
        self.narrow = self.tokens.astype(np.min_scalar_type(vocabulary_size - 1))
        """The same tokens in the fewest bytes."""
        self._ids = np.zeros(len(self.tokens) + 1, np.int32)
        """The rank of the gram that begins at each place, of the longest length counted."""
        self._sorted = np.arange(len(self.tokens) + 1, dtype=np.int32)
        """Those places in the order of their grams."""

    def table(self, length: int) -> Table:
        """The grams of ``length`` tokens; all shorter ones are counted on the way."""
        with self._lock:
            while len(self._tables) < length:
                self._tables.append(self._count())
            return self._tables[length - 1]

    def followed(self, kind: Kind, length: int) -> Followed:
        """The grams of ``length`` tokens, counted as often as they occur or by what stood before."""
        known = self._followed.get((kind, length))
        if known is not None:
            return known
        table = self.table(length)
        if kind == "counts":
            counts, types = table.counts, np.diff(table.starts)
        else:
            above = self.table(length + 1).suffixes
            counts = np.bincount(above, minlength=len(table.keys)).astype(np.int32)
            types = sum_by_context(table, (counts > 0).astype(np.int32))
        found = Followed(kind, counts, sum_by_context(table, counts), types)
        return self._followed.setdefault((kind, length), found)

    def places(self, tokens: Tokens, order: int) -> list[Ids]:
        """For each length m from 1 to ``order`` the ranks [t - m + 1] of the grams of ``tokens`` [t] by
        where they begin; -1 where the counted text has no such gram."""
        grams = np.zeros(len(tokens) + 1, np.int64)
        found = []
        for m in range(1, min(order, len(tokens)) + 1):
            table = self.table(m)
            grams = find(table, grams[: len(tokens) - m + 1], tokens[m - 1 :], self.vocabulary_size)
            found.append(grams)
        return found

    def spell(self, length: int) -> NDArray[np.int64]:
        """The seen grams of ``length`` tokens, [g, n], in lexicographic order."""
        ids = np.arange(len(self.table(length).keys))
        grams = np.empty((len(ids), length), np.int64)
        for m in range(length, 0, -1):
            ids, grams[:, m - 1] = np.divmod(self.table(m).keys[ids], self.vocabulary_size)
        return grams

    def _count(self) -> Table:
        """The table of the next length.

        A gram is its first token and the gram one shorter that begins behind it. So the places,
        already in the order of the shorter grams, are moved back by one and sorted by their first
        token, keeping the order among equals: numpy does that for 16 bits in linear time.
        """
        length, size, below = len(self._tables) + 1, self.vocabulary_size, self._ids
        places = self._sorted - 1
        places = places[places >= 0]
        places = places[np.argsort(self.narrow[places], kind="stable")]
        keys = below[places] * np.int64(size) + self.tokens[places + (length - 1)]
        new = np.ones(len(keys), bool)
        np.not_equal(keys[1:], keys[:-1], out=new[1:])
        first = np.flatnonzero(new)
        self._ids = np.empty(len(places), np.int32)
        self._ids[places] = np.cumsum(new, dtype=np.int32) - 1
        self._sorted = places
        contexts = len(self._tables[-1].keys) if self._tables else 1
        followers = np.bincount(below[places[first]], minlength=contexts)
        return Table(
            keys[first],
            np.diff(first, append=len(keys)).astype(np.int32),
            np.concatenate(([0], np.cumsum(followers))).astype(np.int32),
            below[places[first] + 1],
        )


def find(table: Table, prefixes: Ids, last: Tokens, vocabulary_size: int) -> Ids:
    """Ranks of the grams ``prefix + last token``, -1 where the gram is unseen, as it is where its
    prefix is: then its key is negative, and no table has that."""
    if not len(table.keys):
        return np.full(prefixes.shape, -1, np.int64)
    keys = prefixes * vocabulary_size + last
    places = np.minimum(np.searchsorted(table.keys, keys), len(table.keys) - 1)
    return np.where(table.keys[places] == keys, places, -1)


def sum_by_context(table: Table, values: NDArray[Number]) -> NDArray[Number]:
    """Sum of ``values`` [g] over the grams that continue each context, [c]; 0 where none do."""
    sums = np.zeros(len(table.starts) - 1, values.dtype)
    followed = np.flatnonzero(np.diff(table.starts))
    if len(followed):
        sums[followed] = np.add.reduceat(values, table.starts[followed])
    return sums


def contexts_of(table: Table) -> Ids:
    """The context that each gram continues, [g]."""
    return np.repeat(np.arange(len(table.starts) - 1), np.diff(table.starts))


def checked(tokens: Tokens, vocabulary_size: int) -> Tokens:
    """The tokens as int64 [t]. A token outside the vocabulary would be counted as another gram."""
    tokens = np.asarray(tokens, np.int64)
    if tokens.ndim != 1:
        raise ValueError(f"tokens have shape {tokens.shape}, not [t]")
    if len(tokens) and not (tokens.min() >= 0 and tokens.max() < vocabulary_size):
        raise ValueError(f"a token lies outside the vocabulary of {vocabulary_size}")
    return tokens
