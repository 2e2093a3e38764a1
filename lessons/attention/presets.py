"""Queries, keys and values that make every token look at a given place, for any size.

All numbers are short, so that the example can be followed on paper. NumPy only.
"""

from __future__ import annotations

from itertools import count

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.errors import LearnerError

Matrix = NDArray[np.float64]
Three = tuple[Matrix, Matrix, Matrix]

CLEARLY = 0.9
"""The least weight, with no key hidden, that counts as looking at one token."""


def attend_previous(t: int, e: int) -> Three:
    """q, k, v [t e] with which each token looks at the one before it; the first, which has none before
    it, asks for nothing. LearnerError where e numbers cannot tell t tokens apart."""
    q, k, v = attend_itself(t, e)
    return np.vstack([np.zeros((1, e)), q[:-1]]), k, v


def attend_itself(t: int, e: int) -> Three:
    """q, k, v [t e] with which each token looks at itself: its query points where its key points.
    LearnerError where e numbers cannot tell t tokens apart."""
    if e == 1 and t > 2:
        raise LearnerError(
            "One number a key cannot single out one of {count} tokens: give queries and keys at least "
            "two numbers.",
            count=t,
        )
    directions, length = _directions(t, e)
    keys = length * directions
    for strength in count(3):
        q = np.round(strength * directions, 2)
        if np.diag(softmax(q @ keys.T / np.sqrt(e))).min() >= CLEARLY:
            return q, keys, _values(t, e)
    raise AssertionError("a longer query is always clearer")


def attend_uniformly(t: int, e: int) -> Three:
    """q, k, v [t e] with which each token looks at all it may see alike: its query asks for nothing."""
    directions, length = _directions(t, e)
    return np.zeros((t, e)), length * directions, _values(t, e)


def random_matrices(t: int, e: int, seed: int) -> Three:
    """Normal q, k, v [t e] with one decimal."""
    q, k, v = _normal(np.random.default_rng((seed, t, e)), 3, t, e)
    return q, k, v


def random_inputs(t: int, d: int, e: int, seed: int) -> tuple[Matrix, Matrix, Matrix, Matrix]:
    """Normal x [t d] and w_q, w_k, w_v [d e] with one decimal."""
    rng = np.random.default_rng((seed, t, d, e))
    x = _normal(rng, t, d)
    w_q, w_k, w_v = _normal(rng, 3, d, e)
    return x, w_q, w_k, w_v


def softmax(scores: ArrayLike) -> Matrix:
    """Softmax of the last axis: exponentials, divided by their sum."""
    values = np.asarray(scores, dtype=np.float64)
    exponentials = np.exp(values - values.max(axis=-1, keepdims=True))
    return np.asarray(exponentials / exponentials.sum(axis=-1, keepdims=True))


def _directions(t: int, e: int) -> tuple[Matrix, float]:
    """One direction [e] for each token, all of one length and no two alike, and how long keys are.

    An axis each, while there are enough; then the corners of a cube; then places on a circle.
    """
    if t <= e:
        return np.eye(t, e), 3.0
    if t <= 2**e:
        corners: Matrix = np.ones((t, e))
        corners[(np.arange(t)[:, None] >> np.arange(e)[None, :] & 1) == 1] = -1.0
        return corners, 1.0
    if e == 1:
        return np.arange(1.0, t + 1)[:, None], 1.0
    angles = 2 * np.pi * np.arange(t) / t
    circle = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    directions: Matrix = np.zeros((t, e))
    directions[:, :2] = np.round(circle, 3) + 0.0
    return directions, 10.0


def _values(t: int, e: int) -> Matrix:
    """An axis for each token, or its number in the first column where there are too few."""
    if t <= e:
        return np.eye(t, e)
    values = np.zeros((t, e))
    values[:, 0] = np.arange(1, t + 1)
    return values


def _normal(rng: np.random.Generator, *shape: int) -> Matrix:
    # Adding 0 turns the -0 that rounding leaves into 0.
    return np.round(rng.standard_normal(shape), 1) + 0.0
