"""How far a model can read."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.questions.asked import AskedOfRun


@dataclass(frozen=True)
class LossByPositionAnswer:
    """``losses`` [t]: mean nats of the token after t + 1 others, over ``count`` held-out passages."""

    losses: NDArray[np.float64]
    count: int


@dataclass(frozen=True)
class LossByPosition(AskedOfRun[LossByPositionAnswer]):
    """How well is each token of a passage of held-out text predicted, the first to the last?

    Passages have ``length`` + 1 tokens. The model is given only what stands before a token, also
    where it has no causal mask.
    """

    length: int
