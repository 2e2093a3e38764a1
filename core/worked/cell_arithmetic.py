"""The arithmetic behind one cell of each stage of a trace. NumPy only."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from core.worked.arithmetic import (
    FEWER_TERMS,
    SMALLER_TERMS,
    ArithmeticLine,
    add,
    arithmetic_line,
    bracketed,
    dot,
    full,
    number,
)
from core.worked.trace import NOTHING_VISIBLE, ZERO_ROW, Matrix, Trace

LineKind = Literal[
    "projection", "score", "mixture", "products", "division", "biased_division", "mask",
    "exponential", "shifted_exponential", "row_sum", "share",
]  # fmt: skip
"""What a line of a cell's arithmetic does: for a page to say in words."""


@dataclass(frozen=True)
class ArithmeticStyle:
    """How numbers and words are to be written.

    ``exact`` gives all digits. ``hidden``, ``nothing`` and ``smaller`` (with {count}) are the words for
    a hidden cell, a row without visible keys, and the terms that a long sum does not show; ``shown`` is
    how many it shows.
    """

    decimals: int = 2
    exact: bool = False
    hidden: str = "hidden"
    nothing: str = NOTHING_VISIBLE
    smaller: str = SMALLER_TERMS
    shown: int = FEWER_TERMS


CellArithmetic = Callable[[Trace, int, int, ArithmeticStyle], list[ArithmeticLine]]
"""How the cell (row, column) of a stage comes about."""


def projection_arithmetic(name: Literal["q", "k", "v"]) -> CellArithmetic:
    """Row of x times column of the projection, plus its bias."""

    def lines(trace: Trace, row: int, column: int, style: ArithmeticStyle) -> list[ArithmeticLine]:
        made = trace.projection
        if made is None:
            raise ValueError(f"this trace begins at {name}: it has no x and w_{name}")
        weight: Matrix = getattr(made, f"w_{name}")
        bias: Matrix | None = getattr(made, f"b_{name}")
        value = float(getattr(trace, name)[row, column])
        last = None if bias is None else float(bias[column])
        return _dot("projection", made.x[row], weight[:, column], value, style, last)

    return lines


def score_arithmetic(
    trace: Trace, row: int, column: int, style: ArithmeticStyle
) -> list[ArithmeticLine]:
    """Query times key."""
    value = float(trace.scores[row, column])
    return _dot("score", trace.q[row], trace.k[column], value, style)


def scaled_arithmetic(
    trace: Trace, row: int, column: int, style: ArithmeticStyle
) -> list[ArithmeticLine]:
    """The score divided by √e, plus the bias if there is one."""
    divisor, e = trace.divisor, trace.q.shape[1]
    root = "1" if divisor == 1.0 and e != 1 else rf"\sqrt{{{e}}}"
    score, value = float(trace.scores[row, column]), float(trace.scaled[row, column])
    added = [] if trace.bias is None else [float(trace.bias[row, column])]
    line = _line(
        "biased_division" if added else "division",
        [score, *added],
        lambda n: " + ".join([rf"\frac{{{n[0]}}}{{{root}}}", *map(bracketed, n[1:])]),
        lambda n: math.fsum([n[0] / divisor, *n[1:]]),
        value,
        style,
    )
    return [line]


def mask_arithmetic(
    trace: Trace, row: int, column: int, style: ArithmeticStyle
) -> list[ArithmeticLine]:
    """What is added: 0 to a visible key's score, −∞ to a hidden one's."""
    scaled = float(trace.scaled[row, column])
    if trace.mask[row, column]:
        text = full(scaled) if style.exact else number(scaled, style.decimals)
        latex = rf"{text} + (-\infty) = -\infty \quad \text{{({style.hidden})}}"
        return [ArithmeticLine(latex, -math.inf, note=_note(trace, row), kind="mask")]
    return [_line("mask", [scaled], lambda n: f"{n[0]} + 0", lambda n: n[0], scaled, style)]


def exponential_arithmetic(
    trace: Trace, row: int, column: int, style: ArithmeticStyle
) -> list[ArithmeticLine]:
    """The cell's exponential, then the sum of its row."""
    visible: list[float] = trace.exponentials[row][~trace.mask[row]].tolist()
    power = _exponential(trace, row, column, style)
    if not visible:
        return [power, _nothing("row_sum", trace, row, style)]
    total = add(
        visible, float(trace.row_sums[row]), style.decimals,
        exact=style.exact, smaller=style.smaller, shown=style.shown,
    )  # fmt: skip
    return [power, replace(total, kind="row_sum")]


def weight_arithmetic(
    trace: Trace, row: int, column: int, style: ArithmeticStyle
) -> list[ArithmeticLine]:
    """The two lines of the exponential, then the division by the row's sum."""
    lines = exponential_arithmetic(trace, row, column, style)
    if trace.mask[row].all():
        return [*lines, _nothing("share", trace, row, style)]
    share = _line(
        "share",
        [float(trace.exponentials[row, column]), float(trace.row_sums[row])],
        lambda n: rf"\frac{{{n[0]}}}{{{n[1]}}}",
        lambda n: n[0] / n[1],
        float(trace.weights[row, column]),
        style,
    )
    return [*lines, share]


def mixture_arithmetic(
    trace: Trace, row: int, column: int, style: ArithmeticStyle
) -> list[ArithmeticLine]:
    """The row's weights times a column of v."""
    value = float(trace.output[row, column])
    lines = _dot("mixture", trace.weights[row], trace.v[:, column], value, style)
    return [replace(line, note=_note(trace, row)) for line in lines]


def _exponential(trace: Trace, row: int, column: int, style: ArithmeticStyle) -> ArithmeticLine:
    shift = float(trace.shift[row])
    masked, value = float(trace.masked[row, column]), float(trace.exponentials[row, column])
    kind: LineKind = "shifted_exponential" if shift else "exponential"
    if trace.mask[row, column]:
        latex = rf"e^{{-\infty}} = 0 \quad \text{{({style.hidden})}}"
        return ArithmeticLine(latex, 0.0, kind=kind)
    if shift:
        return _line(
            kind,
            [masked, shift],
            lambda n: rf"e^{{{n[0]} - {bracketed(n[1])}}}",
            lambda n: math.exp(n[0] - n[1]),
            value,
            style,
        )
    return _line(kind, [masked], lambda n: rf"e^{{{n[0]}}}", lambda n: math.exp(n[0]), value, style)


def _dot(
    kind: LineKind,
    left: Matrix,
    right: Matrix,
    value: float,
    style: ArithmeticStyle,
    bias: float | None = None,
) -> list[ArithmeticLine]:
    terms, sums = dot(
        left, right, value, style.decimals, bias,
        exact=style.exact, smaller=style.smaller, shown=style.shown,
    )  # fmt: skip
    return [replace(terms, kind=kind), replace(sums, kind="products")]


def _line(
    kind: LineKind,
    operands: Sequence[float],
    write: Callable[[Sequence[str]], str],
    compute: Callable[[Sequence[float]], float],
    value: float,
    style: ArithmeticStyle,
) -> ArithmeticLine:
    line = arithmetic_line(operands, write, compute, value, style.decimals, style.exact)
    return replace(line, kind=kind)


def _nothing(kind: LineKind, trace: Trace, row: int, style: ArithmeticStyle) -> ArithmeticLine:
    latex = rf"0 \quad \text{{({style.nothing})}}"
    return ArithmeticLine(latex, 0.0, note=_note(trace, row), kind=kind)


def _note(trace: Trace, row: int) -> str:
    return ZERO_ROW if trace.mask[row].all() else ""
