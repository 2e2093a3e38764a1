"""Two heads of width 4: added up as an article prints them, or side by side as they are. NumPy only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
Projection = Literal["adds", "first", "second", "difference"]
PROJECTIONS: tuple[Projection, ...] = get_args(Projection)

WIDTH = 4
HEADS = np.array([[0.2, 0.2, 0.2, 0.2], [0.1, 0.3, 0.1, 0.5]])
"""As printed."""

MOVE = np.array([1.0, -1.0, 1.0, -1.0])
"""What is added to head 0 and taken from head 1: the sum does not notice."""

_BLOCKS: dict[Projection, tuple[float, float]] = {
    "adds": (1, 1),
    "first": (1, 0),
    "second": (0, 1),
    "difference": (1, -1),
}


@dataclass(frozen=True, eq=False)
class Joined:
    """``heads`` [2 4]; their ``added`` numbers [4]; ``beside`` each other [8]; times W_O, ``out`` [4]."""

    heads: Matrix
    added: Matrix
    beside: Matrix
    out: Matrix


def joined(moved: float, projection: Projection) -> Joined:
    """The heads, after ``moved`` times ``MOVE`` has gone from head 1 to head 0."""
    heads = HEADS + moved * np.array([MOVE, -MOVE])
    beside = heads.ravel()
    return Joined(heads, heads.sum(axis=0), beside, beside @ w_o(projection))


def w_o(projection: Projection) -> Matrix:
    """Two multiples of the identity, one above the other, [(2 4) 4]."""
    first, second = _BLOCKS[projection]
    return np.vstack([first * np.eye(WIDTH), second * np.eye(WIDTH)])
