"""The arithmetic of a recurrent step as lines of LaTeX, each with what it does. NumPy only."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from core.worked.arithmetic import ArithmeticLine, add, arithmetic_line, bracketed, dot
from core.worked.cell_arithmetic import ArithmeticStyle
from core.worked.recurrent.cell import Numbers

StepLine = Literal[
    "word", "state", "products", "sum", "sigmoid", "tanh", "kept", "written", "cell", "hidden",
    "recalled", "reset", "mixture", "mixture_sum",
]  # fmt: skip
"""What a line of a cell's arithmetic does, its ``kind``: for a page to say in words."""


def product_lines(
    kind: StepLine, left: Numbers, right: Numbers, value: float, style: ArithmeticStyle
) -> list[ArithmeticLine]:
    """A row of a matrix times a vector: term by term, then the sum of its products."""
    terms, sums = dot(
        left, right, value, style.decimals,
        exact=style.exact, smaller=style.smaller, shown=style.shown,
    )  # fmt: skip
    return [replace(terms, kind=kind), replace(sums, kind="products")]


def sum_line(terms: Sequence[float], value: float, style: ArithmeticStyle) -> ArithmeticLine:
    """A sum, term by term."""
    line = add(
        [float(term) for term in terms], float(value), style.decimals,
        exact=style.exact, smaller=style.smaller, shown=style.shown,
    )  # fmt: skip
    return replace(line, kind="sum")


def times_line(
    kind: StepLine, left: float, right: float, value: float, style: ArithmeticStyle
) -> ArithmeticLine:
    """One number times another."""
    line = arithmetic_line(
        [float(left), float(right)],
        lambda m: rf"{bracketed(m[0])} \cdot {bracketed(m[1])}",
        lambda m: m[0] * m[1],
        float(value),
        style.decimals,
        style.exact,
    )
    return replace(line, kind=kind)


def squash_line(
    kind: Literal["sigmoid", "tanh"], total: float, value: float, style: ArithmeticStyle
) -> ArithmeticLine:
    """What σ or tanh makes of a sum."""
    sign = r"\sigma" if kind == "sigmoid" else r"\tanh"
    line = arithmetic_line(
        [float(total)],
        lambda m: rf"{sign}({m[0]})",
        lambda m: 0.5 * (1 + math.tanh(m[0] / 2)) if kind == "sigmoid" else math.tanh(m[0]),
        float(value),
        style.decimals,
        style.exact,
    )
    return replace(line, kind=kind)
