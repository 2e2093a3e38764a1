"""Counts as a tree: after some tokens, each token that followed and how often."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.models.ngram_tables import GramCounts, find


@dataclass(frozen=True)
class Branch:
    """A gram and how often it stands in the text. ``total`` is how often anything followed its context, so
    ``count / total`` is the estimate of a count divided by a count."""

    gram: tuple[int, ...]
    count: int
    total: int

    @property
    def share(self) -> float:
        return self.count / self.total


def rank_of(grams: GramCounts, gram: tuple[int, ...]) -> int | None:
    """The rank of a gram among those of its length; None where it was never seen."""
    rank = np.zeros(1, np.int64)
    for length, token in enumerate(gram, start=1):
        rank = find(grams.table(length), rank, np.array([token]), grams.vocabulary_size)
    return int(rank[0]) if rank[0] >= 0 else None


def branch_of(grams: GramCounts, gram: tuple[int, ...]) -> Branch | None:
    """The gram with its count; None where it was never seen or is empty."""
    rank, above = rank_of(grams, gram), rank_of(grams, gram[:-1])
    if not gram or rank is None or above is None:
        return None
    table = grams.table(len(gram))
    first, after = table.starts[above : above + 2]
    return Branch(gram, int(table.counts[rank]), int(table.counts[first:after].sum()))


def continuations(grams: GramCounts, gram: tuple[int, ...]) -> list[Branch]:
    """Everything that followed the gram, the most frequent first, equal ones by their token."""
    rank = rank_of(grams, gram)
    if rank is None:
        return []
    table = grams.table(len(gram) + 1)
    first, after = (int(place) for place in table.starts[rank : rank + 2])
    counts = table.counts[first:after]
    tokens = table.keys[first:after] % grams.vocabulary_size
    total = int(counts.sum())
    return [
        Branch((*gram, int(tokens[place])), int(counts[place]), total)
        for place in np.argsort(-counts, kind="stable")
    ]


def most_frequent_grams(grams: GramCounts, length: int, most: int) -> list[Branch]:
    """The grams of a length that stand most often in the text, at most ``most`` of them."""
    table = grams.table(length)
    counts = table.counts
    best = np.argsort(-counts, kind="stable")[:most]
    contexts = np.searchsorted(table.starts, best, side="right") - 1
    totals = [int(counts[table.starts[c] : table.starts[c + 1]].sum()) for c in contexts]
    found = []
    for rank, total in zip(best, totals, strict=True):
        found.append(Branch(_spelled(grams, length, int(rank)), int(counts[rank]), total))
    return found


def _spelled(grams: GramCounts, length: int, rank: int) -> tuple[int, ...]:
    spoken = []
    for m in range(length, 0, -1):
        rank, token = divmod(int(grams.table(m).keys[rank]), grams.vocabulary_size)
        spoken.append(token)
    return tuple(reversed(spoken))
