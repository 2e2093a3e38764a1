"""The vectors that a trained model keeps in its tables."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.questions.asked import AskedOfRun


@dataclass(frozen=True)
class PositionVectors(AskedOfRun[NDArray[np.float64]]):
    """What does this GPT add to a token at each position? [t d]"""
