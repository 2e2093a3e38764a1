"""The odd one out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.worked.vectors.cosine import unit


@dataclass(frozen=True, eq=False)
class OddOneOut:
    mean: NDArray[np.float64]
    cosines: NDArray[np.float64]
    odd: int


def odd_one_out(vectors: NDArray[Any], rows: Sequence[int]) -> OddOneOut:
    chosen = unit(vectors[list(rows)])
    mean = chosen.mean(axis=0)
    cosines = chosen @ unit(mean)
    return OddOneOut(mean, cosines, int(cosines.argmin()))
