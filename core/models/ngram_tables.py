"""Counts of every n-gram up to an order, as sorted arrays.

A gram of m tokens is named by its rank among the seen grams of that length in lexicographic
order. Its key is ``prefix × vocabulary_size + last token``, where ``prefix`` is the rank of its
first m - 1 tokens among the grams one shorter. So a key always fits 64 bits, at any order and
vocabulary, keys sort as the grams do, and the grams that continue one context are neighbours.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from core.protocol import Tokens

Ids = NDArray[np.int64]
"""Ranks of grams; -1 is a gram that was never seen."""

Number = TypeVar("Number", np.int64, np.float64)

DENSE = 4
"""Keys are ranked by counting, not sorting, if at most so many are possible for each token."""


@dataclass(frozen=True)
class Table:
    """The seen grams of one length m, in lexicographic order; g of them.

    ``keys`` [g], ``counts`` [g]; ``starts`` [c + 1], where the grams that continue context i are
    ``starts[i]`` to ``starts[i + 1]`` and the c contexts are the grams of m - 1 tokens;
    ``suffixes`` [g], the rank of each gram without its first token.
    """

    keys: Ids
    counts: NDArray[np.int64]
    starts: Ids
    suffixes: Ids


def count_grams(tokens: Tokens, vocabulary_size: int, order: int) -> tuple[Table, ...]:
    """The tables for 1, 2, … ``order`` tokens, in that order, of one stream ``tokens`` [t]."""
    tables: list[Table] = []
    ids = np.zeros(len(tokens) + 1, np.int64)  # the empty gram, wherever it stands
    size = 1
    for m in range(1, order + 1):
        below = ids
        keys = below[: max(len(tokens) - m + 1, 0)] * vocabulary_size + tokens[m - 1 :]
        distinct, ids, counts = _rank(keys, size * vocabulary_size)
        suffixes = np.empty(len(distinct), np.int64)
        suffixes[ids] = below[1 : 1 + len(ids)]
        starts = np.searchsorted(distinct, np.arange(size + 1) * vocabulary_size)
        tables.append(Table(distinct, counts, starts, suffixes))
        size = len(distinct)
    return tuple(tables)


def find(table: Table, prefixes: Ids, last: Tokens, vocabulary_size: int) -> Ids:
    """Ranks of the grams ``prefix + last token``, -1 where the gram is unseen, as it is where its
    prefix is: then its key is negative, and no table has that."""
    if not len(table.keys):
        return np.full(prefixes.shape, -1, np.int64)
    keys = prefixes * vocabulary_size + last
    places = np.minimum(np.searchsorted(table.keys, keys), len(table.keys) - 1)
    return np.where(table.keys[places] == keys, places, -1)


def spell(tables: tuple[Table, ...], order: int, vocabulary_size: int) -> NDArray[np.int64]:
    """The seen grams of ``order`` tokens, [g, n], in lexicographic order."""
    ids = np.arange(len(tables[order - 1].keys))
    grams = np.empty((len(ids), order), np.int64)
    for m in range(order, 0, -1):
        ids, grams[:, m - 1] = np.divmod(tables[m - 1].keys[ids], vocabulary_size)
    return grams


def sum_by_context(table: Table, values: NDArray[Number]) -> NDArray[Number]:
    """Sum of ``values`` [g] over the grams that continue each context, [c]; 0 where none do."""
    sums = np.zeros(len(table.starts) - 1, values.dtype)
    followed = np.flatnonzero(np.diff(table.starts))
    if len(followed):
        sums[followed] = np.add.reduceat(values, table.starts[followed])
    return sums


def _rank(keys: Ids, possible: int) -> tuple[Ids, Ids, NDArray[np.int64]]:
    """Distinct keys in order, the rank of each key among them, and how often each occurs."""
    if possible > DENSE * len(keys):
        return np.unique(keys, return_inverse=True, return_counts=True)
    counts = np.bincount(keys, minlength=possible)
    seen = counts > 0
    ranks = np.cumsum(seen) - 1
    return np.flatnonzero(seen), ranks[keys], counts[seen]
