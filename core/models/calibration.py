"""Whether probabilities are as good as their word: what was said against what happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Bin:
    """The places where the likeliest token was given between ``low`` and ``high``: how many, what it was
    given on average, and how often it came."""

    low: float
    high: float
    count: int
    said: float
    happened: float


def reliability(
    confidence: NDArray[np.floating], right: NDArray[np.bool_], bins: int = 10
) -> tuple[Bin, ...]:
    """The bins of equal width that are not empty, from ``confidence`` [n] and whether the token came [n].

    A confidence on an edge belongs to the bin below it, 0 to the first (Guo et al. 2017, §2).
    """
    if confidence.shape != right.shape or not confidence.size:
        raise ValueError(f"confidences {confidence.shape} do not fit outcomes {right.shape}")
    edges = np.linspace(0, 1, bins + 1)
    place = np.clip(np.ceil(confidence * bins).astype(int) - 1, 0, bins - 1)
    found = []
    for at in range(bins):
        inside = place == at
        if inside.any():
            said, happened = float(confidence[inside].mean()), float(right[inside].mean())
            found.append(
                Bin(float(edges[at]), float(edges[at + 1]), int(inside.sum()), said, happened)
            )
    return tuple(found)


def calibration_error(bins: Sequence[Bin]) -> float:
    """The expected calibration error: the mean of |said − happened| over all places (Guo et al. 2017)."""
    total = sum(one.count for one in bins)
    return sum(one.count * abs(one.said - one.happened) for one in bins) / total
