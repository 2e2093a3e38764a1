r"""Arithmetic as LaTeX with real numbers, so rounded that it is true as printed. NumPy only.

Each line is ``expression = number``, or ``\approx`` where the number is rounded. All numbers of an
expression are rounded to the same decimals: as many as it takes for the expression, as printed, to
give the result, as printed. A number that is shown whole ends where it ends (1, 0.5); one that is
rounded keeps its zeros (0.50). Of a long sum the largest terms are shown and the others as one.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from core.wording import N_

FEWER_TERMS = 10
"""So many of a long sum's terms are shown: the largest, in their places, and the others as one term."""

_SPARED = 2
"""A sum with no more terms than these beyond the shown ones is not long: hiding so few saves nothing."""

MOST_TERMS = FEWER_TERMS + _SPARED
SMALLER_TERMS = N_("{count} smaller terms")

_MOST_DECIMALS = 15
_NOTHING = 1e-9
_T = TypeVar("_T")


@dataclass(frozen=True)
class ArithmeticLine:
    r"""One line of arithmetic: what is printed, and the exact value it comes to.

    ``rounded`` where it says ``\approx``. ``note`` is a sentence, in English and for translation, on
    what no number of the line says. ``kind`` is what the line does, where a page is to name it.
    ``left_out`` is how many terms of a long sum are shown as one.
    """

    latex: str
    value: float
    rounded: bool = False
    note: str = ""
    kind: str = ""
    left_out: int = 0


def dot(
    left: NDArray[np.float64],
    right: NDArray[np.float64],
    value: float,
    decimals: int = 3,
    bias: float | None = None,
    *,
    exact: bool = False,
    smaller: str = SMALLER_TERMS,
    shown: int = FEWER_TERMS,
) -> list[ArithmeticLine]:
    """A dot product term by term, then the sum of its products; with a bias, it is the last term.

    ``shown``: how many terms a long sum has on paper.
    """
    products = [float(a) * float(b) for a, b in zip(left, right, strict=True)]
    kept, others = _largest(products, shown)
    n = len(kept)
    last = [] if bias is None else [bias]
    rest = [math.fsum(products[i] for i in others)] if others else []

    def terms(numbers: Sequence[str]) -> str:
        pairs = enumerate(_pairs(numbers, n))
        written = [rf"{bracketed(a) if i else a} \cdot {bracketed(b)}" for i, (a, b) in pairs]
        return _joined([*written, *_together(numbers[2 * n :], len(others), smaller)])

    def total(numbers: Sequence[float]) -> float:
        return math.fsum([*(a * b for a, b in _pairs(numbers, n)), *numbers[2 * n :]])

    def sums(numbers: Sequence[str]) -> str:
        return _joined([*numbers[:n], *_together(numbers[n:], len(others), smaller)])

    factors = [*(float(left[i]) for i in kept), *(float(right[i]) for i in kept)]
    lines = [
        arithmetic_line([*factors, *rest, *last], terms, total, value, decimals, exact),
        arithmetic_line(
            [*(products[i] for i in kept), *rest, *last], sums, math.fsum, value, decimals, exact
        ),
    ]
    return [replace(line, left_out=len(others)) for line in lines]


def add(
    terms: Sequence[float],
    value: float,
    decimals: int = 3,
    *,
    exact: bool = False,
    smaller: str = SMALLER_TERMS,
    shown: int = FEWER_TERMS,
) -> ArithmeticLine:
    """A sum, term by term; ``shown`` as for ``dot``."""
    kept, others = _largest(terms, shown)
    rest = [math.fsum(terms[i] for i in others)] if others else []

    def write(numbers: Sequence[str]) -> str:
        return _joined(
            [*numbers[: len(kept)], *_together(numbers[len(kept) :], len(others), smaller)]
        )

    line = arithmetic_line(
        [*(terms[i] for i in kept), *rest], write, math.fsum, value, decimals, exact
    )
    return replace(line, left_out=len(others))


def arithmetic_line(
    operands: Sequence[float],
    write: Callable[[Sequence[str]], str],
    compute: Callable[[Sequence[float]], float],
    value: float,
    decimals: int,
    exact: bool = False,
) -> ArithmeticLine:
    """The line with as many decimals in the operands as make it true as printed.

    With ``exact`` all digits that tell one float64 from the next, and ``=`` means: equal in float64.
    """
    if exact:
        sign = "=" if _same(compute(operands), value) else r"\approx"
        latex = f"{write([full(operand) for operand in operands])} {sign} {full(value)}"
        return ArithmeticLine(latex, value, rounded=sign != "=")
    result = number(value, decimals)
    shown: list[str] = []
    computed = math.nan
    for places in range(decimals, max(decimals, _MOST_DECIMALS) + 1):
        shown = [fixed(operand, places) for operand in operands]
        try:
            computed = compute([float(text) for text in shown])
        except ZeroDivisionError:
            continue  # so few decimals that the divisor is rounded to 0
        if _same(computed, value) or _rounds_alike(computed, value, _places(value, decimals)):
            break
    sign = "=" if _same(float(result), value) and _same(computed, value) else r"\approx"
    return ArithmeticLine(f"{write(shown)} {sign} {result}", value, rounded=sign != "=")


def number(value: float, decimals: int) -> str:
    """A result: what would round to nothing keeps its first two digits, unless it is less than a
    billionth."""
    return fixed(value, _places(value, decimals))


def fixed(value: float, places: int) -> str:
    """So many decimals, without trailing zeros if that is all of it, nor a minus before zero."""
    text = f"{value:.{places}f}"
    nothing = float(text) == 0
    if nothing:
        text = text.lstrip("-")
    if "." in text and (_same(float(text), value) or (nothing and abs(value) < _NOTHING)):
        text = text.rstrip("0").rstrip(".")
    return text


def full(value: float) -> str:
    r"""All digits of a float64 (as repr gives them), with ``\times 10^{…}`` where it is very small
    or large."""
    if value == 0:
        return "0"
    if 1e-7 <= abs(value) < 1e16:
        return str(np.format_float_positional(value, trim="-"))
    digits, _, power = f"{value!r}".partition("e")
    return rf"{digits} \times 10^{{{int(power)}}}"


def bracketed(text: str) -> str:
    """The number, in brackets if it is negative and so cannot follow a sign."""
    return f"({text})" if text.startswith("-") else text


def _largest(terms: Sequence[float], shown: int) -> tuple[list[int], list[int]]:
    """(which terms to show, in their order; which to add up in silence)."""
    if len(terms) <= shown + _SPARED:
        return list(range(len(terms))), []
    order = np.argsort(-np.abs(np.asarray(terms, dtype=np.float64)), kind="stable")
    return sorted(order[:shown].tolist()), sorted(order[shown:].tolist())


def _together(numbers: Sequence[str], count: int, smaller: str) -> list[str]:
    """The last terms of a sum; the first of them is said to be ``count`` terms, if there are any."""
    if not count:
        return list(numbers)
    words = smaller.format(count=count)
    first = rf"\underbrace{{{bracketed(numbers[0])}}}_{{\text{{{words}}}}}"
    return [first, *numbers[1:]]


def _places(value: float, decimals: int) -> int:
    if _NOTHING <= abs(value) < 0.5 * 10.0**-decimals:
        return 1 - math.floor(math.log10(abs(value)))
    return decimals


def _rounds_alike(computed: float, value: float, places: int) -> bool:
    """However the last bits fall: a reader who adds in another order finds the same digits."""
    goal = float(f"{value:.{places}f}")
    nudged = (computed * nudge for nudge in (1 - 1e-10, 1, 1 + 1e-10))
    return all(float(f"{each:.{places}f}") == goal for each in nudged)


def _same(a: float, b: float) -> bool:
    """Equal but for the rounding of float64, which adds in another order than we print."""
    return math.isclose(a, b, rel_tol=1e-12, abs_tol=1e-14)


def _pairs(numbers: Sequence[_T], n: int) -> Iterator[tuple[_T, _T]]:
    return zip(numbers[:n], numbers[n : 2 * n], strict=True)


def _joined(terms: Sequence[str]) -> str:
    """Terms with plus signs; a negative one after the first is bracketed."""
    return " + ".join([*terms[:1], *map(bracketed, terms[1:])]) or "0"
