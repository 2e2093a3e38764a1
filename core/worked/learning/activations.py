"""Activation functions and their slopes."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

ActivationName = Literal["tanh", "sigmoid", "relu", "gelu", "none"]
ACTIVATIONS: tuple[ActivationName, ...] = ("tanh", "sigmoid", "relu", "gelu", "none")
SYMBOLS: Mapping[ActivationName, str] = {
    "tanh": "tanh",
    "sigmoid": "σ",
    "relu": "ReLU",
    "gelu": "GELU",
    "none": "–",
}

_erf = np.vectorize(math.erf, otypes=[np.float64])


def activation(name: ActivationName, sums: ArrayLike) -> NDArray[np.float64]:
    """φ of each sum. σ(z) = 1/(1 + e^−z); ReLU(z) = max(0, z); GELU(z) = z · Φ(z), with Φ the share of a
    normal distribution below z (Hendrycks and Gimpel 2016); "none" leaves the sum as it is."""
    z = np.asarray(sums, dtype=np.float64)
    match name:
        case "tanh":
            return np.tanh(z)
        case "sigmoid":
            return np.asarray(0.5 * (1 + np.tanh(z / 2)))
        case "relu":
            return np.maximum(z, 0.0)
        case "gelu":
            return np.asarray(z * _below(z))
        case "none":
            return z.copy()


def activation_slope(name: ActivationName, sums: ArrayLike) -> NDArray[np.float64]:
    """φ′ of each sum. ReLU has none at 0: there it is taken as 0, as torch does."""
    z = np.asarray(sums, dtype=np.float64)
    match name:
        case "tanh":
            return np.asarray(1 - np.tanh(z) ** 2)
        case "sigmoid":
            value = activation("sigmoid", z)
            return np.asarray(value * (1 - value))
        case "relu":
            return (z > 0).astype(np.float64)
        case "gelu":
            density = np.exp(-(z**2) / 2) / math.sqrt(2 * math.pi)
            return np.asarray(_below(z) + z * density)
        case "none":
            return np.ones_like(z)


def _below(z: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(0.5 * (1 + _erf(z / math.sqrt(2))))
