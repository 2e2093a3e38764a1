"""Vectors by counting: which words stand near which, how much more often than by chance, in few numbers.

After Church and Hanks 1990 (pointwise mutual information), Levy and Goldberg 2014 (*Neural Word Embedding
as Implicit Matrix Factorization*) and, for the idea of fitting all counts at once, Pennington, Socher and
Manning 2014 (*GloVe*).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.protocol import Tokens
from core.worked.vectors.pairs import noise

_WHOLE = 300
"""Tables of fewer words are taken apart whole, which is then as quick."""

Table = NDArray[np.float64]
"""A row for each word and a column for each word near it, [v v]."""


def count_near(tokens: Tokens, vocabulary: int, window: int, *, shrink: bool = True) -> Table:
    """How often each word of a text [t] stands within ``window`` words of each other one, [v v]; symmetrical.

    With ``shrink`` a pair at distance d counts (window - d + 1) / window, as often as skip-gram's
    window, drawn anew for each word, holds it.
    """
    counts = np.zeros((vocabulary, vocabulary))
    for distance in range(1, min(window, len(tokens) - 1) + 1):
        weight = (window - distance + 1) / window if shrink else 1.0
        here, there = tokens[:-distance], tokens[distance:]
        near = np.bincount(here * vocabulary + there, minlength=vocabulary**2)
        square = weight * near.reshape(vocabulary, vocabulary)
        counts += square + square.T
    return counts


@dataclass(frozen=True)
class Cell:
    """One cell of a table of pointwise mutual information, by hand.

    ``near`` is how often the two stand near each other, ``of_word`` and ``of_other`` how often either stands
    near anything, ``total`` how often anything does. ``expected`` = of_word · of_other / total is what
    chance would make of it; ``pmi`` = ln(near / expected), in nats, -∞ where they never meet.
    """

    near: float
    of_word: float
    of_other: float
    total: float
    expected: float
    pmi: float


def pmi_cell(counts: Table, word: int, other: int) -> Cell:
    """Of two words, from counts [v v]."""
    near, total = float(counts[word, other]), float(counts.sum())
    of_word, of_other = float(counts[word].sum()), float(counts[:, other].sum())
    expected = of_word * of_other / total if total else 0.0
    pmi = float(np.log(near / expected)) if near and expected else float("-inf")
    return Cell(near, of_word, of_other, total, expected, pmi)


def pmi(counts: Table, power: float = 1.0) -> Table:
    """ln of how many times more often than by chance each two words stand near each other, [v v] in nats; -∞
    where they never do.

    ``power`` raises the counts by which the other words are expected, as word2vec's noise does with 3/4
    (Levy, Goldberg and Dagan 2015, section 3.2: context distribution smoothing).
    """
    if not counts.any():
        return np.full(counts.shape, -np.inf)
    expected = counts.sum(axis=1, keepdims=True) * noise(counts.sum(axis=0), power)
    ratio = np.divide(counts, expected, out=np.ones_like(counts), where=counts > 0)
    information: Table = np.where(counts > 0, np.log(ratio), -np.inf)
    return information


def ppmi(counts: Table, negatives: int = 1, power: float = 1.0) -> Table:
    """Positive pointwise mutual information [v v]: max(0, PMI - ln k).

    Skip-gram with k drawn words factorises PMI - ln k (Levy and Goldberg 2014, equation 11).
    """
    positive: Table = np.maximum(0.0, pmi(counts, power) - np.log(negatives))
    return positive


@dataclass(frozen=True, eq=False)
class Factors:
    """A table [v v] in few numbers: ``vectors`` [v d] = U √Σ, and ``sizes`` [d], the singular values Σ,
    falling. ``kept`` is the share of the table's squares that they hold."""

    vectors: NDArray[np.float64]
    sizes: NDArray[np.float64]
    kept: float


def factorised(table: Table, dimension: int) -> Factors:
    """The best table of rank ``dimension`` (Eckart and Young 1936), as vectors of its rows.

    √Σ shares the sizes equally between words and the words near them, as Levy and Goldberg 2014 do (section
    5.1). The sign of each column is that which makes its largest number positive.
    """
    kept = min(dimension, len(table))
    left, sizes = _largest(table, kept)
    left = left * np.where(left[np.abs(left).argmax(axis=0), np.arange(kept)] < 0, -1.0, 1.0)
    vectors = np.zeros((len(table), dimension))
    vectors[:, :kept] = left * np.sqrt(sizes)
    vectors[~table.any(axis=1)] = 0.0
    total = float((table**2).sum())
    return Factors(vectors, sizes, float((sizes**2).sum()) / total if total else 0.0)


def _largest(table: Table, count: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The left singular vectors [v n] of the ``count`` largest singular values [n], falling. Of a large table
    these alone are computed."""
    if count >= len(table) - 1 or len(table) < _WHOLE or not table.any():
        left, sizes, _ = np.linalg.svd(table)
        return left[:, :count], sizes[:count]
    from scipy.sparse.linalg import svds  # slow to import, and small tables need none of it

    left, sizes, _ = svds(table, k=count, v0=np.ones(len(table)))
    return left[:, ::-1], sizes[::-1]


def counted_vectors(
    tokens: Tokens,
    vocabulary: int,
    window: int,
    dimension: int,
    negatives: int = 1,
    *,
    shrink: bool = True,
    power: float = 1.0,
) -> Factors:
    """Vectors of words from a text's counts alone: near ones counted, PPMI, SVD."""
    counts = count_near(tokens, vocabulary, window, shrink=shrink)
    return factorised(ppmi(counts, negatives, power), dimension)
