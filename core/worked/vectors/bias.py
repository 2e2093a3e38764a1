"""A direction among vectors, such as from "he" to "she", and how far words lie along it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.worked.vectors.cosine import Vectors, cosines, unit


@dataclass(frozen=True, eq=False)
class Direction:
    """``steps`` [p d]: of each pair of words the second's vector minus the first's, both at length 1.
    ``vector`` [d]: the mean of the steps, each at length 1, at length 1. ``agreement`` [p]: the cosine of
    each step with it: where it is low, the pairs do not point one way."""

    steps: Vectors
    vector: Vectors
    agreement: NDArray[np.float64]


def direction(vectors: NDArray[Any], pairs: Sequence[tuple[int, int]]) -> Direction:
    """From the first to the second row of each pair, in ``vectors`` [v d] (after Bolukbasi et al. 2016,
    section 5.1, where the pairs' common direction is a principal axis)."""
    wide = unit(vectors)
    steps = np.stack([wide[second] - wide[first] for first, second in pairs])
    vector = unit(unit(steps).mean(axis=0))
    return Direction(steps, vector, cosines(steps, vector))


def along(vectors: NDArray[Any], rows: Sequence[int], found: Direction) -> NDArray[np.float64]:
    """The cosine of each of these rows [n] with the direction: above 0 towards the second words of its
    pairs, below 0 towards the first."""
    return cosines(vectors[list(rows)], found.vector)
