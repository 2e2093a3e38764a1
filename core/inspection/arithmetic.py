r"""Arithmetic as LaTeX with real numbers, so rounded that it is true as printed. NumPy only.

Each line is ``expression = number``, or ``\approx`` where the number is rounded. The numbers of the
expression carry as many decimals as it takes for the expression, as printed, to give the result, as
printed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

_MOST_DECIMALS = 15
_NOTHING = 1e-9
_T = TypeVar("_T")


@dataclass(frozen=True)
class Line:
    """One line of arithmetic: what is printed, and the exact value it comes to."""

    latex: str
    value: float


def dot(
    left: NDArray[np.float64],
    right: NDArray[np.float64],
    value: float,
    decimals: int = 3,
    bias: float | None = None,
) -> list[Line]:
    """A dot product term by term, then the sum of its products; with a bias, it is the last term."""
    n = len(left)
    last = [] if bias is None else [bias]

    def terms(numbers: Sequence[str]) -> str:
        pairs = enumerate(_pairs(numbers, n))
        products = [rf"{bracketed(a) if i else a} \cdot {bracketed(b)}" for i, (a, b) in pairs]
        return _joined([*products, *numbers[2 * n :]])

    def total(numbers: Sequence[float]) -> float:
        return math.fsum([*(a * b for a, b in _pairs(numbers, n)), *numbers[2 * n :]])

    products = [float(a) * float(b) for a, b in zip(left, right, strict=True)]
    return [
        line([*map(float, left), *map(float, right), *last], terms, total, value, decimals),
        add([*products, *last], value, decimals),
    ]


def add(terms: Sequence[float], value: float, decimals: int = 3) -> Line:
    """A sum, term by term."""
    return line(terms, _joined, math.fsum, value, decimals)


def line(
    operands: Sequence[float],
    write: Callable[[Sequence[str]], str],
    compute: Callable[[Sequence[float]], float],
    value: float,
    decimals: int,
) -> Line:
    """The line with as many decimals in the operands as make it true as printed."""
    result = number(value, decimals)
    shown: list[str] = []
    computed = math.nan
    for places in range(decimals, max(decimals, _MOST_DECIMALS) + 1):
        shown = [number(operand, places) for operand in operands]
        computed = compute([float(text) for text in shown])
        if _same(computed, value) or _rounds_to(result, computed, decimals):
            break
    sign = "=" if _same(float(result), value) and _same(computed, value) else r"\approx"
    return Line(f"{write(shown)} {sign} {result}", value)


def number(value: float, decimals: int) -> str:
    """A decimal number without trailing zeros, nor a minus before zero. What would round to nothing
    keeps its first two digits, unless it is less than a billionth."""
    if _NOTHING <= abs(value) < 0.5 * 10.0**-decimals:
        decimals = 1 - math.floor(math.log10(abs(value)))
    text = f"{value:.{decimals}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def bracketed(text: str) -> str:
    """The number, in brackets if it is negative and so cannot follow a sign."""
    return f"({text})" if text.startswith("-") else text


def _rounds_to(result: str, computed: float, decimals: int) -> bool:
    """However the last bits fall: a reader who adds in another order finds the same digits."""
    return all(number(computed * nudge, decimals) == result for nudge in (1 - 1e-10, 1, 1 + 1e-10))


def _same(a: float, b: float) -> bool:
    """Equal but for the rounding of float64, which adds in another order than we print."""
    return math.isclose(a, b, rel_tol=1e-12, abs_tol=1e-14)


def _pairs(numbers: Sequence[_T], n: int) -> Iterator[tuple[_T, _T]]:
    return zip(numbers[:n], numbers[n : 2 * n], strict=True)


def _joined(terms: Sequence[str]) -> str:
    """Terms with plus signs; a negative one after the first is bracketed."""
    return " + ".join([*terms[:1], *map(bracketed, terms[1:])]) or "0"
