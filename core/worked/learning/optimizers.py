"""Ways to walk downhill from a slope: SGD, momentum and Adam; the numbers are torch's."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

Method = Literal["sgd", "momentum", "adam"]
METHODS: tuple[Method, ...] = ("sgd", "momentum", "adam")
MOMENTUM = 0.9
BETAS = (0.9, 0.999)
EPSILON = 1e-8
LOST = 1e6
"""Weights farther from 0 than this have been thrown away: the walk ends."""

Gradient = Callable[[NDArray[np.float64]], NDArray[np.float64]]


def walk(
    method: Method,
    gradient: Gradient,
    start: ArrayLike,
    rate: float,
    steps: int,
    *,
    warmup: int = 0,
    clip: float | None = None,
) -> NDArray[np.float64]:
    """The weights before the first step and after each, [steps + 1 n]; fewer if they were thrown away.

    SGD: w ← w − η g. Momentum (Polyak 1964): v ← 0.9 v + g, w ← w − η v. Adam: Kingma and Ba 2015,
    algorithm 1. Over the first ``warmup`` steps η rises evenly from 0; a gradient longer than ``clip`` is
    shortened to it (Pascanu et al. 2013).
    """
    w = np.array(start, dtype=np.float64)
    path = [w.copy()]
    first, second = np.zeros_like(w), np.zeros_like(w)
    for step in range(1, steps + 1):
        g = _clipped(np.asarray(gradient(w), dtype=np.float64), clip)
        eta = rate * min(1.0, step / warmup) if warmup else rate
        match method:
            case "sgd":
                w = w - eta * g
            case "momentum":
                first = MOMENTUM * first + g
                w = w - eta * first
            case "adam":
                first = BETAS[0] * first + (1 - BETAS[0]) * g
                second = BETAS[1] * second + (1 - BETAS[1]) * g**2
                mean, square = first / (1 - BETAS[0] ** step), second / (1 - BETAS[1] ** step)
                w = w - eta * mean / (np.sqrt(square) + EPSILON)
        path.append(w.copy())
        if not np.abs(w).max() < LOST:
            break
    return np.array(path)


def _clipped(gradient: NDArray[np.float64], limit: float | None) -> NDArray[np.float64]:
    length = math.sqrt(float((gradient**2).sum()))
    return gradient if limit is None or length <= limit else gradient * (limit / length)
