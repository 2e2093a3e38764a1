"""A bigram as one table of logits: what counting reaches at once, and the way there by descending."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from core.errors import LearnerError
from core.worked.learning.softmax import softmax

MOST_CHARACTERS = 200
"""Rows of the table at most; what is rarer becomes one character, ``OTHER``."""
OTHER = "�"
FEWEST_PAIRS = 20


@dataclass(frozen=True, eq=False)
class BigramCounts:
    """How often each of v characters follows each: ``counts`` [v v], a row is the one before."""

    characters: tuple[str, ...]
    counts: NDArray[np.float64]

    @cached_property
    def pairs(self) -> float:
        """All pairs of the text, N."""
        return float(self.counts.sum())

    @cached_property
    def rows(self) -> NDArray[np.float64]:
        """How often each character stands before another, [v 1]."""
        return np.asarray(self.counts.sum(axis=1, keepdims=True))

    @cached_property
    def counted_loss(self) -> float:
        """The loss of counting, count / count of the row, in nats per character: no table has a lower one on
        this text (Gibbs' inequality)."""
        seen = self.counts > 0
        shares = (self.counts / np.maximum(self.rows, 1))[seen]
        return float(-(self.counts[seen] * np.log(shares)).sum() / self.pairs)

    @property
    def even_loss(self) -> float:
        """The loss of a table of zeros, ln v: blind guessing."""
        return math.log(len(self.characters))

    def loss(self, logits: NDArray[np.float64]) -> float:
        """Nats per character that the table ``logits`` [v v] costs on this text."""
        most = logits.max(axis=1, keepdims=True)
        log_sums = most + np.log(np.exp(logits - most).sum(axis=1, keepdims=True))
        return float((self.rows * log_sums).sum() - (self.counts * logits).sum()) / self.pairs

    def gradient(self, logits: NDArray[np.float64]) -> NDArray[np.float64]:
        """The slope at each logit [v v]: at each place of the text probability minus truth in its row, and
        the mean over all places. That is (row's count · probability − pair's count) / N."""
        return np.asarray((self.rows * softmax(logits) - self.counts) / self.pairs)


def count_characters(text: str, most: int = MOST_CHARACTERS) -> BigramCounts:
    """Count the pairs of a text, by character; the ``most`` commonest characters have a row of their own.

    Raises LearnerError if there is nothing to learn from it.
    """
    if len(text) <= FEWEST_PAIRS:
        raise LearnerError(
            "Give at least {count} characters: a shorter text has hardly any pairs.",
            count=FEWEST_PAIRS + 1,
        )
    kept = [one for one, _ in Counter(text).most_common(most)]
    if len(kept) == 1:
        raise LearnerError(
            "This text repeats one character, so the next one is always certain: there is nothing to "
            "learn. Give a text with different characters."
        )
    characters = sorted(kept)
    if len(kept) < len(set(text)):
        characters.append(OTHER)
    place = {one: at for at, one in enumerate(characters)}
    ids = np.array([place.get(one, len(characters) - 1) for one in text])
    counts = np.zeros((len(characters), len(characters)))
    np.add.at(counts, (ids[:-1], ids[1:]), 1)
    return BigramCounts(tuple(characters), counts)


@dataclass(frozen=True, eq=False)
class Descent:
    """A table trained from zeros: ``losses`` [steps + 1] from before the first step on, and the logits [v v]
    as they were after each of the steps that were kept."""

    rate: float
    losses: NDArray[np.float64]
    kept: dict[int, NDArray[np.float64]]


def descend(counts: BigramCounts, rate: float, steps: int, keep: Sequence[int]) -> Descent:
    """Gradient descent on the whole text (Cauchy 1847): w ← w − rate · slope, at all logits at once."""
    logits = np.zeros_like(counts.counts)
    losses = [counts.loss(logits)]
    kept = {0: logits.copy()} if 0 in keep else {}
    for step in range(1, steps + 1):
        logits -= rate * counts.gradient(logits)
        losses.append(counts.loss(logits))
        if step in keep:
            kept[step] = logits.copy()
    return Descent(rate, np.array(losses), kept)
