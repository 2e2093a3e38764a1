"""The cosine of the angle between two vectors, term by term, and of many at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float64]
"""Vectors of words, a row each, [v d]. A row of zeros is no word: the place of the unknown one."""


@dataclass(frozen=True, eq=False)
class Cosine:
    """How alike two vectors are, in all its parts: cos(a, b) = a · b / (‖a‖ ‖b‖).

    ``products`` [d] are aᵢ bᵢ and ``dot`` is their sum; ``squares_a`` and ``squares_b`` [d] are aᵢ² and bᵢ²,
    the lengths the roots of their sums. ``value`` is NaN if a vector has no length.
    """

    products: NDArray[np.float64]
    dot: float
    squares_a: NDArray[np.float64]
    squares_b: NDArray[np.float64]
    length_a: float
    length_b: float
    value: float


def cosine(a: NDArray[Any], b: NDArray[Any]) -> Cosine:
    """Of two vectors [d]."""
    a, b = a.astype(np.float64), b.astype(np.float64)
    products, squares_a, squares_b = a * b, a * a, b * b
    dot = float(products.sum())
    length_a, length_b = float(np.sqrt(squares_a.sum())), float(np.sqrt(squares_b.sum()))
    both = length_a * length_b
    value = dot / both if both else float("nan")
    return Cosine(products, dot, squares_a, squares_b, length_a, length_b, value)


def unit(vectors: NDArray[Any]) -> Vectors:
    """The vectors [… d] at length 1; zeros stay zeros."""
    wide = np.asarray(vectors, dtype=np.float64)
    lengths = np.linalg.norm(wide, axis=-1, keepdims=True)
    out: Vectors = np.divide(wide, lengths, out=np.zeros_like(wide), where=lengths > 0)
    return out


def cosines(vectors: NDArray[Any], query: NDArray[Any]) -> NDArray[np.float64]:
    """Of each vector [v d] with one [d], [v]; 0 where one of the two has no length."""
    out: NDArray[np.float64] = unit(vectors) @ unit(query)
    return out
