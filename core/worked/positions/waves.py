r"""Sinusoidal positions, number by number (Vaswani et al. 2017, section 3.5). NumPy only.

    PE[t, 2i] = sin(t / 10000^(2i/d)),   PE[t, 2i+1] = cos(t / 10000^(2i/d))

d is the width of the model. Written with the frequency θ = 10000^(-2i/d), the angle is t·θ; rotary
positions turn by the same angles, with the width of a head for d.
"""

from __future__ import annotations

import math
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.worked.arithmetic import ArithmeticLine, arithmetic_line, fixed

BASE = 10_000.0
_TINY = 1e-6

Wave = Literal["sin", "cos"]
Formula = Literal["true", "head", "sine"]
"""``true``: as above. Two slips seen in print: ``head`` has the width of one head, d_k, in the
exponent; ``sine`` takes the sine in every column."""

FORMULAS: tuple[Formula, ...] = ("true", "head", "sine")


def frequencies(width: int, divisor: int | None = None) -> NDArray[np.float64]:
    """θ of each pair of columns, [i]: radians a position. ``divisor`` stands for d in the exponent."""
    return BASE ** (-np.arange(0, width, 2, dtype=np.float64) / (divisor or width))


def wavelength(frequency: float) -> float:
    """Positions until a wave of this frequency begins again."""
    return 2 * math.pi / frequency


def sinusoidal(
    length: int, width: int, formula: Formula = "true", heads: int = 4
) -> NDArray[np.float64]:
    """The table PE [t d] for positions from 0; an even ``width``, shared by ``heads`` if it matters."""
    angles = np.outer(np.arange(length), frequencies(width, _divisor(width, formula, heads)))
    second = np.sin(angles) if formula == "sine" else np.cos(angles)
    return np.stack([np.sin(angles), second], axis=-1).reshape(length, width)


def wave_arithmetic(
    position: int,
    column: int,
    width: int,
    formula: Formula = "true",
    heads: int = 4,
    decimals: int = 2,
) -> list[ArithmeticLine]:
    """How the cell PE[position, column] comes about: exponent, frequency, angle, sine or cosine."""
    pair, divisor = column // 2, _divisor(width, formula, heads)
    exponent = 2 * pair / divisor
    frequency = BASE**-exponent
    name: Wave = "sin" if column % 2 == 0 or formula == "sine" else "cos"
    return [
        arithmetic_line(
            [pair, divisor],
            lambda n: rf"\frac{{2 \cdot {n[0]}}}{{{n[1]}}}",
            lambda n: 2 * n[0] / n[1],
            exponent,
            4,
        ),
        power(exponent, frequency),
        *_wave(position, frequency, name, decimals),
    ]


def power(exponent: float, frequency: float, decimals: int = 4) -> ArithmeticLine:
    """θ = 10000 to the power of minus ``exponent``."""
    if frequency < _TINY:
        return ArithmeticLine(
            rf"10000^{{-{fixed(exponent, 4)}}} \approx {_tiny(frequency)}", frequency, True
        )
    return arithmetic_line(
        [exponent],
        lambda n: rf"10000^{{-{n[0]}}}",
        lambda n: float(BASE ** -n[0]),
        frequency,
        decimals,
    )


def by_distance(table: NDArray[np.float64], position: int, farthest: int) -> NDArray[np.float64]:
    """Dot products [δ] of row ``position`` of a table [t d] with the rows 0, 1, … ``farthest`` later."""
    return np.asarray(table[position : position + farthest + 1] @ table[position])


def cosines(table: NDArray[np.float64]) -> NDArray[np.float64]:
    """Cosine similarity [t t] of every row of a table [t d] with every other; 0 for a row of zeros."""
    lengths = np.linalg.norm(table, axis=1, keepdims=True)
    rows = table / np.where(lengths > 0, lengths, 1.0)
    return np.asarray(rows @ rows.T)


def mean_at_distance(similarity: NDArray[np.float64], distance: int) -> float:
    """The mean of a similarity [t t] over all pairs so many positions apart."""
    return float(np.diagonal(similarity, distance).mean())


def rotation(frequency: float, distance: int) -> NDArray[np.float64]:
    """The matrix [2 2] that takes (sin tθ, cos tθ) to (sin (t+δ)θ, cos (t+δ)θ), for every t."""
    sine, cosine = math.sin(distance * frequency), math.cos(distance * frequency)
    return np.array([[cosine, sine], [-sine, cosine]])


def _wave(position: int, frequency: float, name: Wave, decimals: int) -> list[ArithmeticLine]:
    """The angle and its sine or cosine. Where the wave all but stands still, in powers of ten."""
    angle = position * frequency
    value = math.sin(angle) if name == "sin" else math.cos(angle)
    if 0 < angle < _TINY:
        result = "1" if name == "cos" else _tiny(value)
        return [
            ArithmeticLine(
                rf"{position} \cdot {_tiny(frequency)} \approx {_tiny(angle)}", angle, True
            ),
            ArithmeticLine(rf"\{name}({_tiny(angle)}) \approx {result}", value, True),
        ]
    return [
        arithmetic_line(
            [position, frequency],
            lambda n: rf"{n[0]} \cdot {n[1]}",
            lambda n: n[0] * n[1],
            angle,
            decimals,
        ),
        arithmetic_line(
            [angle],
            lambda n: rf"\{name}({n[0]})",
            lambda n: math.sin(n[0]) if name == "sin" else math.cos(n[0]),
            value,
            decimals,
        ),
    ]


def _tiny(value: float) -> str:
    digits, power_of_ten = f"{value:.2e}".split("e")
    return rf"{digits} \times 10^{{{int(power_of_ten)}}}"


def _divisor(width: int, formula: Formula, heads: int) -> int:
    return width // heads if formula == "head" else width
