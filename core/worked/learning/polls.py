"""A batch is a poll: how far the gradient of a few pairs lies from that of the whole text."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.worked.learning.softmax import softmax
from core.worked.learning.table import BigramCounts

SIZES = (1, 4, 16, 64, 256, 1024)
POLLS = 100
"""Batches drawn of each size."""


@dataclass(frozen=True)
class Polls:
    """Of each of the ``sizes`` how far a batch's gradient lies from the whole text's, as the root of the mean
    square distance, in lengths of the latter; ``expected`` is what the law √(spread / size) says."""

    sizes: tuple[int, ...]
    distances: tuple[float, ...]
    expected: tuple[float, ...]


def poll_gradients(
    counts: BigramCounts,
    logits: NDArray[np.float64],
    seed: int,
    sizes: Sequence[int] = SIZES,
    polls: int = POLLS,
) -> Polls:
    """Draw pairs of the text with replacement and take the gradient on them, ``polls`` times for each size.

    The root of the mean square distance: of a mean of B independent draws it is the spread of one draw
    divided by √B.
    """
    rng = np.random.default_rng(seed)
    whole = counts.gradient(logits)
    length = math.sqrt(float((whole**2).sum()))
    seen = np.argwhere(counts.counts > 0)
    chances = counts.counts[seen[:, 0], seen[:, 1]] / counts.pairs
    probabilities = softmax(logits)
    measured = []
    for size in sizes:
        squares = []
        for drawn in rng.multinomial(size, chances, size=polls):
            batch = np.zeros_like(counts.counts)
            batch[seen[:, 0], seen[:, 1]] = drawn
            gradient = (batch.sum(axis=1, keepdims=True) * probabilities - batch) / size
            squares.append(float(((gradient - whole) ** 2).sum()))
        measured.append(math.sqrt(sum(squares) / polls) / length)
    one = (probabilities**2).sum(axis=1)[seen[:, 0]]
    at_pair = probabilities[seen[:, 0], seen[:, 1]]
    spread = float((chances * (one - 2 * at_pair + 1)).sum()) - length**2
    expected = tuple(math.sqrt(spread / size) / length for size in sizes)
    return Polls(tuple(sizes), tuple(measured), expected)


def descend_in_batches(
    counts: BigramCounts, rate: float, steps: int, size: int, seed: int, *, falls: bool
) -> NDArray[np.float64]:
    """The loss on the whole text before the first step and after each, [steps + 1], of a table trained on
    batches: SGD (Robbins and Monro 1951) from zeros, each step on ``size`` pairs drawn anew. If the rate
    ``falls``, it goes from ``rate`` down to 0 in a straight line; else it stays."""
    rng = np.random.default_rng(seed)
    chances = (counts.counts / counts.pairs).ravel()
    logits = np.zeros_like(counts.counts)
    losses = [counts.loss(logits)]
    for step in range(1, steps + 1):
        batch = rng.multinomial(size, chances).reshape(counts.counts.shape)
        gradient = (batch.sum(axis=1, keepdims=True) * softmax(logits) - batch) / size
        logits -= rate * (1 - (step - 1) / steps if falls else 1.0) * gradient
        losses.append(counts.loss(logits))
    return np.array(losses)
