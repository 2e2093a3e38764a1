"""What one attention head notices of the order of its tokens, with each way of telling it. NumPy only.

Every word has a vector of its own, drawn from its letters; the projections are drawn once. So the
same words in another order differ in nothing but their places.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.worked.positions.alibi import biases
from core.worked.positions.rotary import turned
from core.worked.positions.waves import sinusoidal

Matrix = NDArray[np.float64]
Way = Literal["none", "learned", "sinusoidal", "rotary", "alibi"]
WAYS: tuple[Way, ...] = ("none", "learned", "sinusoidal", "rotary", "alibi")

WIDTH = 8
HEAD_WIDTH = 4
LONGEST = 64
SEED = 3


@dataclass(frozen=True, eq=False)
class Seen:
    """One head over some tokens: ``scores`` [q k] as they enter the softmax, before any mask, and
    ``outputs`` [q e]."""

    scores: Matrix
    outputs: Matrix


@dataclass(frozen=True)
class Noticed:
    """What a way tells, as largest differences. ``shuffle``: of an output when the first two tokens change
    places. ``distance``: of the score of two tokens when one moves away from the other. ``together``: of that
    score when both move on by the same number of positions."""

    way: Way
    shuffle: float
    distance: float
    together: float


def attend(tokens: Sequence[str], way: Way = "none", causal: bool = False) -> Seen:
    """One head of width 4 over these tokens, at most 64 of them."""
    x = np.array([word_vector(token) for token in tokens])
    scores = _scores(x, way)
    visible = np.tril(np.ones(scores.shape, dtype=bool)) if causal else np.ones(scores.shape, bool)
    raised = np.where(visible, np.exp(scores - scores.max(axis=1, keepdims=True)), 0.0)
    weights = raised / raised.sum(axis=1, keepdims=True)
    return Seen(scores, np.asarray(weights @ (_placed(x, way) @ _projections()[2])))


def changes(tokens: Sequence[str], order: Sequence[int], way: Way, causal: bool = False) -> Matrix:
    """Largest difference of each token's output row [t] to its row before, in the order shown:
    ``order[place]`` is where the token at ``place`` stood before."""
    before = attend(tokens, way, causal).outputs
    after = attend([tokens[place] for place in order], way, causal).outputs
    return np.asarray(np.abs(after - before[list(order)]).max(axis=1))


def noticed(way: Way, tokens: Sequence[str]) -> Noticed:
    """Measured on these tokens; scores on their first two, at up to 48 positions."""
    swapped = [1, 0, *range(2, len(tokens))]
    apart = [_score_at(tokens, way, 0, distance) for distance in range(1, 17)]
    along = [_score_at(tokens, way, start, start + 3) for start in range(48)]
    return Noticed(
        way,
        shuffle=float(changes(tokens, swapped, way).max()),
        distance=max(apart) - min(apart),
        together=max(along) - min(along),
    )


def word_vector(word: str) -> Matrix:
    """A vector [d] for a word, always the same."""
    return np.random.default_rng([SEED, zlib.crc32(word.encode())]).normal(size=WIDTH)


def _score_at(tokens: Sequence[str], way: Way, key: int, query: int) -> float:
    """The score when the first token stands at ``key`` and the second, which asks, at ``query``."""
    x = np.zeros((query + 1, WIDTH))
    x[key], x[query] = word_vector(tokens[0]), word_vector(tokens[1])
    return float(_scores(x, way)[query, key])


def _scores(x: Matrix, way: Way) -> Matrix:
    placed = _placed(x, way)
    q, k = placed @ _projections()[0], placed @ _projections()[1]
    places = np.arange(len(x))
    if way == "rotary":
        q, k = turned(q, places), turned(k, places)
    scores = q @ k.T / np.sqrt(HEAD_WIDTH)
    return np.asarray(scores + biases(1, len(x))[0] * _SLOPE if way == "alibi" else scores)


def _placed(x: Matrix, way: Way) -> Matrix:
    """The tokens' vectors [t d] with what this way adds to them, if it adds to them at all."""
    if way == "sinusoidal":
        return x + sinusoidal(len(x), WIDTH)
    return x + _drawn_table()[: len(x)] if way == "learned" else x


@cache
def _projections() -> tuple[Matrix, Matrix, Matrix]:
    """W_Q, W_K and W_V, each [d e]."""
    rng = np.random.default_rng(SEED)
    q, k, v = (rng.normal(size=(WIDTH, HEAD_WIDTH)) / np.sqrt(WIDTH) for _ in range(3))
    return q, k, v


@cache
def _drawn_table() -> Matrix:
    """Stands for a table of learned positions, [t d]: any table with different rows."""
    return np.random.default_rng(SEED + 1).normal(scale=0.7, size=(LONGEST, WIDTH))


_SLOPE = 64
"""``biases(1, t)`` has the slope 1/256 of a lone head; times 64 it is 1/4, the first of four heads."""
