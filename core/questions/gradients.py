"""What training would feel at its first step."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.questions.asked import Asked
from core.spec.families.gpt import GPTSpec


@dataclass(frozen=True)
class GradientNormsAnswer:
    """``norms`` [l]: of the loss's gradient in each layer, the first to the last."""

    norms: NDArray[np.float64]


@dataclass(frozen=True)
class GradientNorms(Asked[GradientNormsAnswer]):
    """How large is the gradient in each layer of a model that nobody has trained yet?"""

    model: GPTSpec
    vocabulary: int = 64
    seed: int = 0
