r"""LayerNorm of one vector, step by step and number by number. NumPy only.

    LayerNorm(x) = γ · (x − μ) / √(σ² + ε) + β

with μ the mean of x's own d numbers and σ² the mean of their squared differences from it (Ba, Kiros
and Hinton 2016, section 3.1).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.worked.arithmetic import ArithmeticLine, arithmetic_line, bracketed

Step = Literal["mean", "centred", "variance", "deviation", "normed", "output"]
STEPS: tuple[Step, ...] = ("mean", "centred", "variance", "deviation", "normed", "output")

EPSILON = 1e-5
"""What torch adds to the variance, so that equal numbers do not divide by zero."""

_EPSILON_SHOWN = "0.00001"

Vector = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class LayerNormTrace:
    """Every stage in float64: ``x``, ``centred`` = x − μ, ``squares`` of it, ``normed``, ``gamma``,
    ``beta`` and ``output``, each [d]; ``deviation`` = √(variance + ε)."""

    x: Vector
    mean: float
    centred: Vector
    squares: Vector
    variance: float
    deviation: float
    normed: Vector
    gamma: Vector
    beta: Vector
    output: Vector


def layernorm_trace(
    x: ArrayLike, gamma: ArrayLike | None = None, beta: ArrayLike | None = None
) -> LayerNormTrace:
    """LayerNorm of x [d] with γ and β [d], 1 and 0 where they are not given.

    Raises ValueError if x is no vector, is empty, or γ or β have another length.
    """
    vector = np.asarray(x, dtype=np.float64)
    if vector.ndim != 1 or not len(vector):
        raise ValueError(f"a vector of shape {vector.shape} cannot be normalised")
    scale = np.ones_like(vector) if gamma is None else np.asarray(gamma, dtype=np.float64)
    shift = np.zeros_like(vector) if beta is None else np.asarray(beta, dtype=np.float64)
    if scale.shape != vector.shape or shift.shape != vector.shape:
        raise ValueError(f"γ {scale.shape} and β {shift.shape} for a vector {vector.shape}")
    mean = math.fsum(vector) / len(vector)
    centred = vector - mean
    squares = centred**2
    variance = math.fsum(squares) / len(vector)
    deviation = math.sqrt(variance + EPSILON)
    normed = centred / deviation
    return LayerNormTrace(
        vector, mean, centred, squares, variance, deviation, normed, scale, shift,
        scale * normed + shift,
    )  # fmt: skip


def layernorm_arithmetic(
    trace: LayerNormTrace, step: Step, place: int = 0, decimals: int = 2
) -> ArithmeticLine:
    """One step as a line with its numbers; ``place`` says which of the d numbers, where each has its
    own. Raises IndexError if there is no such place."""
    if not 0 <= place < len(trace.x):
        raise IndexError(f"no number {place} in a vector of {len(trace.x)}")
    d = len(trace.x)
    match step:
        case "mean":
            return arithmetic_line(
                [*trace.x],
                lambda n: rf"\frac{{{_sum(n)}}}{{{d}}}",
                lambda n: math.fsum(n) / d, trace.mean, decimals,
            )  # fmt: skip
        case "centred":
            return arithmetic_line(
                [trace.x[place], trace.mean],
                lambda n: f"{n[0]} - {bracketed(n[1])}",
                lambda n: n[0] - n[1], float(trace.centred[place]), decimals,
            )  # fmt: skip
        case "variance":
            return arithmetic_line(
                [*trace.centred],
                lambda n: rf"\frac{{{_sum([_squared(one) for one in n])}}}{{{d}}}",
                lambda n: math.fsum(one * one for one in n) / d, trace.variance, decimals,
            )  # fmt: skip
        case "deviation":
            return arithmetic_line(
                [trace.variance],
                lambda n: rf"\sqrt{{{n[0]} + {_EPSILON_SHOWN}}}",
                lambda n: math.sqrt(n[0] + EPSILON), trace.deviation, decimals,
            )  # fmt: skip
        case "normed":
            return arithmetic_line(
                [trace.centred[place], trace.deviation],
                lambda n: rf"\frac{{{n[0]}}}{{{n[1]}}}",
                lambda n: n[0] / n[1] if n[1] else math.inf,
                float(trace.normed[place]), decimals,
            )  # fmt: skip
        case "output":
            return arithmetic_line(
                [trace.gamma[place], trace.normed[place], trace.beta[place]],
                lambda n: rf"{n[0]} \cdot {bracketed(n[1])} + {bracketed(n[2])}",
                lambda n: n[0] * n[1] + n[2], float(trace.output[place]), decimals,
            )  # fmt: skip


def _sum(terms: Sequence[str]) -> str:
    return " + ".join([*terms[:1], *map(bracketed, terms[1:])])


def _squared(number: str) -> str:
    return f"{bracketed(number)}^2"
