"""How far back the loss's gradient reaches in a recurrent network, and what clipping does to a step."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.questions.asked import AskedOfRun

FARTHEST = 50
"""Tokens back, at most, that are looked at."""
PLACES = 200
"""Places in held-out text that the mean runs over, at most."""


@dataclass(frozen=True, eq=False)
class GradientByDistanceAnswer:
    """``trained`` and ``untrained`` [k]: the mean length of the gradient of the loss of a token with
    respect to the token vector read 0, 1, 2 … tokens before its prediction; ``places``: how many the mean
    runs over."""

    trained: NDArray[np.float64]
    untrained: NDArray[np.float64]
    places: int


@dataclass(frozen=True)
class GradientByDistance(AskedOfRun[GradientByDistanceAnswer]):
    """How long is |∂ loss_t / ∂ x_{t-k}|, on held-out text, before training and after, with U multiplied by
    ``times``?

    With ``forget_bias`` the untrained LSTM is one whose forget gates begin there.
    """

    times: float = 1.0
    forget_bias: float | None = None


@dataclass(frozen=True)
class ClippedStepAnswer:
    """``norm`` of the whole gradient; the loss ``before``, and ``after`` one step with the gradient as it is
    and one with it shortened to ``clip``. In nats per token; infinite if it is no number any more."""

    norm: float
    before: float
    after: float
    after_clipped: float
    clip: float
    learning_rate: float


@dataclass(frozen=True)
class ClippedStep(AskedOfRun[ClippedStepAnswer]):
    """What does one step of plain gradient descent do to the network with U multiplied by ``times``, with
    and without clipping?"""

    times: float = 1.0
    learning_rate: float = 0.5
    clip: float = 1.0
