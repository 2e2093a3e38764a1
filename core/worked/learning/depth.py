"""What becomes of a gradient on its way back through many layers."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from core.worked.learning.activations import ActivationName, activation, activation_slope

WIDTH = 64
SIGNALS = 16
"""Inputs over which the mean is taken, each with a signal of random direction."""


def lengths_by_layer(
    name: ActivationName, size: float, layers: int, seed: int = 0
) -> NDArray[np.float64]:
    """How long a gradient of length 1 at the last layer is after k layers back, [layers + 1] for k = 0 …

    Each layer is x ← φ(W x), WIDTH numbers wide; the numbers of every W are normal with standard deviation
    ``size`` / √WIDTH, so that W makes a vector about ``size`` times as long. One layer back multiplies by
    Wᵀ diag(φ′) (Glorot and Bengio 2010). The root of the mean square over SIGNALS inputs.
    """
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(SIGNALS, WIDTH))
    passed = []
    for _ in range(layers):
        w = rng.normal(scale=size / math.sqrt(WIDTH), size=(WIDTH, WIDTH))
        sums = x @ w.T
        passed.append((w, activation_slope(name, sums)))
        x = activation(name, sums)
    signals = rng.normal(size=(SIGNALS, WIDTH))
    signals /= np.linalg.norm(signals, axis=1, keepdims=True)
    lengths = [1.0]
    for w, slope in reversed(passed):
        signals = (signals * slope) @ w
        lengths.append(float(np.sqrt((signals**2).sum(axis=1).mean())))
    return np.array(lengths)
