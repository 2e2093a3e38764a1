"""Rotary positions, number by number (Su et al. 2021, section 3.4). NumPy only.

A query at position m and a key at position n are cut into pairs of numbers. Pair i of the query is
turned by the angle m·θ, that of the key by n·θ, with θ = 10000^(-2i/e) for a head of width e. Their
dot product then depends on the distance alone:

    (R(mθ) q)·(R(nθ) k) = (q₀k₀ + q₁k₁) cos (m-n)θ + (q₀k₁ - q₁k₀) sin (m-n)θ
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.worked.arithmetic import ArithmeticLine, arithmetic_line, bracketed
from core.worked.positions.waves import frequencies, power

Pair = tuple[float, float]


def turned(x: ArrayLike, positions: ArrayLike) -> NDArray[np.float64]:
    """Vectors [t e], each turned pair by pair to its position [t]; e is even."""
    vectors = np.atleast_2d(np.asarray(x, dtype=np.float64))
    angles = np.outer(np.asarray(positions), frequencies(vectors.shape[1]))
    even, odd = vectors[:, 0::2], vectors[:, 1::2]
    cosine, sine = np.cos(angles), np.sin(angles)
    pairs = np.stack([even * cosine - odd * sine, even * sine + odd * cosine], axis=-1)
    return np.asarray(pairs.reshape(len(pairs), -1))


def scores_by_distance(q: ArrayLike, k: ArrayLike, distances: Sequence[int]) -> NDArray[np.float64]:
    """Dot products [δ] of a query and a key [e] that stand so many positions before it."""
    key = np.asarray(k, dtype=np.float64)
    before = turned(np.tile(key, (len(distances), 1)), [-distance for distance in distances])
    return np.asarray(before @ turned(q, [0])[0])


@dataclass(frozen=True)
class PairTrace:
    """One pair of a query at position ``m`` and of a key at ``n``, before and after turning."""

    pair: int
    width: int
    m: int
    n: int
    q: Pair
    k: Pair
    frequency: float
    q_turned: Pair
    k_turned: Pair
    score: float


def pair_trace(q: ArrayLike, k: ArrayLike, pair: int, m: int, n: int) -> PairTrace:
    """What becomes of pair ``pair`` of the query and the key [e] at positions ``m`` and ``n``."""
    query, key = np.asarray(q, dtype=np.float64), np.asarray(k, dtype=np.float64)
    place = slice(2 * pair, 2 * pair + 2)
    q_turned, k_turned = turned(query, [m])[0, place], turned(key, [n])[0, place]
    return PairTrace(
        pair=pair,
        width=len(query),
        m=m,
        n=n,
        q=_pair(query[place]),
        k=_pair(key[place]),
        frequency=float(frequencies(len(query))[pair]),
        q_turned=_pair(q_turned),
        k_turned=_pair(k_turned),
        score=float(q_turned @ k_turned),
    )


def rotary_arithmetic(trace: PairTrace, decimals: int = 2) -> dict[str, list[ArithmeticLine]]:
    """The lines by what they give: ``frequency``, ``query``, ``key`` (angle, then the two turned
    numbers), ``score`` (the dot product) and ``distance`` (the same from the distance alone)."""
    exponent = 2 * trace.pair / trace.width
    return {
        "frequency": [power(exponent, trace.frequency)],
        "query": _turn(trace.q, trace.q_turned, trace.m, trace.frequency, decimals),
        "key": _turn(trace.k, trace.k_turned, trace.n, trace.frequency, decimals),
        "score": [
            arithmetic_line(
                [*trace.q_turned, *trace.k_turned],
                lambda n: f"{_times(n[0], n[2])} + {_times(n[1], n[3], inner=True)}",
                lambda n: n[0] * n[2] + n[1] * n[3],
                trace.score,
                decimals,
            )
        ],
        "distance": _from_distance(trace, decimals),
    }


def _from_distance(trace: PairTrace, decimals: int) -> list[ArithmeticLine]:
    (q0, q1), (k0, k1) = trace.q, trace.k
    angle = (trace.m - trace.n) * trace.frequency
    return [
        arithmetic_line(
            [trace.m - trace.n, trace.frequency],
            lambda n: _times(n[0], n[1]),
            lambda n: n[0] * n[1],
            angle,
            decimals,
        ),
        arithmetic_line(
            [q0 * k0 + q1 * k1, angle, q0 * k1 - q1 * k0],
            lambda n: rf"{n[0]} \cdot \cos({n[1]}) + {bracketed(n[2])} \cdot \sin({n[1]})",
            lambda n: n[0] * math.cos(n[1]) + n[2] * math.sin(n[1]),
            trace.score,
            decimals,
        ),
    ]


def _turn(
    before: Pair, after: Pair, position: int, frequency: float, decimals: int
) -> list[ArithmeticLine]:
    angle = position * frequency
    return [
        arithmetic_line(
            [position, frequency],
            lambda n: _times(n[0], n[1]),
            lambda n: n[0] * n[1],
            angle,
            decimals,
        ),
        arithmetic_line(
            [*before, angle],
            lambda n: rf"{n[0]} \cdot \cos({n[2]}) - {bracketed(n[1])} \cdot \sin({n[2]})",
            lambda n: n[0] * math.cos(n[2]) - n[1] * math.sin(n[2]),
            after[0],
            decimals,
        ),
        arithmetic_line(
            [*before, angle],
            lambda n: rf"{n[0]} \cdot \sin({n[2]}) + {bracketed(n[1])} \cdot \cos({n[2]})",
            lambda n: n[0] * math.sin(n[2]) + n[1] * math.cos(n[2]),
            after[1],
            decimals,
        ),
    ]


def _times(a: str, b: str, inner: bool = False) -> str:
    return rf"{bracketed(a) if inner else a} \cdot {bracketed(b)}"


def _pair(numbers: NDArray[np.float64]) -> Pair:
    return float(numbers[0]), float(numbers[1])
