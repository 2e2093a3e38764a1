"""Nine sentences, and what one head or two can tell the token that comes after them. NumPy only.

"Mia gave Tom cake so": what follows "so" depends on who gave and on who got. Either machine may hand
over two numbers: one head of width 2, or two heads of width 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

PEOPLE = ("Mia", "Ann", "Tom")
VALUES = np.array([[4.0, 0.0], [2.0, 2.0], [0.0, 4.0]])
"""The value of each of them for one head of width 2, [people e]. Ann stands half-way."""

CODES = VALUES[:, 0]
"""The one number that each of them is to a head of width 1."""

SENTENCES: tuple[tuple[int, int], ...] = tuple((g, r) for g in range(3) for r in range(3))
"""(who gave, who got), as places in ``PEOPLE``."""

ALIKE = 1e-9


@dataclass(frozen=True, eq=False)
class Mixture:
    """``outputs`` [sentence 2] of the token "so"; how many differ, and the least distance of two."""

    outputs: NDArray[np.float64]
    different: int
    nearest: float


def one_head(share: float) -> Mixture:
    """One head with ``share`` of its weight on who gave, and the rest on who got."""
    outputs = [share * VALUES[g] + (1 - share) * VALUES[r] for g, r in SENTENCES]
    return _mixture(np.array(outputs))


def two_heads() -> Mixture:
    """Head 0 looks at who gave, head 1 at who got; their numbers stand side by side."""
    return _mixture(np.array([(CODES[g], CODES[r]) for g, r in SENTENCES]))


def tokens(giver: int, receiver: int) -> tuple[str, ...]:
    """The sentence's tokens."""
    return PEOPLE[giver], "gave", PEOPLE[receiver], "cake", "so"


def weights(share: float) -> NDArray[np.float64]:
    """Where "so" looks: the one head, then each of the two, [head key]."""
    return np.array([[share, 0, 1 - share, 0, 0], [1, 0, 0, 0, 0], [0, 0, 1, 0, 0]], dtype=float)


def _mixture(outputs: NDArray[np.float64]) -> Mixture:
    distances = [float(np.linalg.norm(a - b)) for a, b in combinations(outputs, 2)]
    different = len({tuple(np.round(output, 9).tolist()) for output in outputs})
    nearest = min(distances)
    return Mixture(outputs, different, 0.0 if nearest < ALIKE else nearest)
