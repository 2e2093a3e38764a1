"""What becomes of a gradient on its way back through an RNN. NumPy only."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

WIDTH = 64
INPUT = 0.3
"""Standard deviation of what a word adds to each sum."""

SIGNALS = 16
"""Directions over which the mean is taken."""
SEED = 0

_SETTLING = 20


def gradient_lengths(size: float, steps: int, seed: int = SEED) -> NDArray[np.float64]:
    """How long a gradient of length 1 at the last state is k steps back, [steps + 1] for k = 0 …

    One layer of WIDTH units, h_t = tanh(W x_t + U h_{t-1}). The numbers of U are normal with standard
    deviation ``size`` / √d, so that U makes a vector about ``size`` times as long. Each step back
    multiplies the gradient by Uᵀ diag(1 - h²) (Pascanu, Mikolov and Bengio 2013, equation 5); the
    mean (root of the squares) over signals of random direction.
    """
    rng = np.random.default_rng(seed)
    u = rng.normal(scale=size / np.sqrt(WIDTH), size=(WIDTH, WIDTH))
    words = rng.normal(scale=INPUT, size=(_SETTLING + steps, WIDTH))
    h = np.zeros(WIDTH)
    slopes = []
    for word in words:
        h = np.tanh(word + u @ h)
        slopes.append(1 - h**2)
    signals = rng.normal(size=(SIGNALS, WIDTH))
    signals /= np.linalg.norm(signals, axis=1, keepdims=True)
    lengths = [1.0]
    for slope in slopes[: _SETTLING - 1 : -1]:
        signals = (signals * slope) @ u
        lengths.append(float(np.sqrt((signals**2).sum(axis=1).mean())))
    return np.array(lengths)
