r"""Attention with linear biases, number by number (Press et al. 2022, section 3). NumPy only.

From the scaled score of query q and key k a head takes its slope times the distance:

    q·k / √e - m·|q - k|,   m = 2^(-8/h), 2^(-16/h), …, 2^(-8) for h heads, h a power of two
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from core.worked.arithmetic import ArithmeticLine, add, arithmetic_line


def slopes(heads: int) -> NDArray[np.float64]:
    """One slope a head [h]; ``heads`` is a power of two."""
    return np.power(2.0, -8.0 * np.arange(1, heads + 1) / heads)


def biases(heads: int, length: int) -> NDArray[np.float64]:
    """What is added to the scaled scores, [h q k]."""
    places = np.arange(length)
    return np.asarray(-slopes(heads)[:, None, None] * np.abs(places[:, None] - places))


def weights(bias: NDArray[np.float64]) -> NDArray[np.float64]:
    """Attention weights [q k] where all scores are equal, with this bias [q k] and a causal mask."""
    hidden = np.triu(np.ones(bias.shape, dtype=bool), 1)
    raised = np.where(hidden, 0.0, np.exp(bias))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def half_distance(slope: float) -> float:
    """Positions over which a weight falls to one half, the scores being equal."""
    return math.log(2) / slope


def alibi_arithmetic(
    heads: int, head: int, query: int, key: int, decimals: int = 2
) -> dict[str, list[ArithmeticLine]]:
    """``slope``, ``bias``, and ``weight`` (exponential, row's sum, share) for equal scores; a key after
    its query is masked and has no weight."""
    slope = float(slopes(heads)[head])
    bias = -slope * abs(query - key)
    lines = {
        "slope": [
            arithmetic_line(
                [head + 1, heads],
                lambda n: rf"2^{{-8 \cdot {n[0]} / {n[1]}}}",
                lambda n: float(2.0 ** (-8 * n[0] / n[1])),
                slope,
                4,
            )
        ],
        "bias": [
            arithmetic_line(
                [-slope, abs(query - key)],
                lambda n: rf"{n[0]} \cdot {n[1]}",
                lambda n: n[0] * n[1],
                bias,
                decimals,
            )
        ],
    }
    if key <= query:
        terms = [math.exp(-slope * (query - k)) for k in range(query + 1)]
        total = math.fsum(terms)
        raised = math.exp(bias)
        lines["weight"] = [
            arithmetic_line(
                [bias], lambda n: rf"e^{{{n[0]}}}", lambda n: math.exp(n[0]), raised, decimals
            ),
            add(terms, total, decimals),
            arithmetic_line(
                [raised, total],
                lambda n: rf"\frac{{{n[0]}}}{{{n[1]}}}",
                lambda n: n[0] / n[1],
                raised / total,
                decimals,
            ),
        ]
    return lines
