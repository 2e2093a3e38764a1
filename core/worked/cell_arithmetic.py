"""The arithmetic behind one cell of a trace, stage by stage. NumPy only."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from core.worked.arithmetic import (
    SMALLER_TERMS,
    Line,
    add,
    bracketed,
    dot,
    full,
    line,
    number,
)
from core.worked.trace import NOTHING_VISIBLE, ZERO_ROW, Matrix, Stage, Trace


def arithmetic(
    trace: Trace,
    stage: Stage,
    row: int,
    column: int,
    decimals: int = 2,
    hidden: str = "hidden",
    exact: bool = False,
    *,
    nothing: str = NOTHING_VISIBLE,
    smaller: str = SMALLER_TERMS,
) -> list[Line]:
    """How the cell (row, column) of a stage comes about.

    ``q``, ``k``, ``v``: row of x times column of the projection. ``scores``: query times key.
    ``scaled``: by √e, plus the bias if there is one. ``mask``: what is added. ``exp``: the exponential,
    then the row's sum. ``softmax``: the same two lines, then the division. ``output``: the row's
    weights times a column of v. ``exact`` gives all digits. ``hidden``, ``nothing`` and ``smaller``
    (with {count}) are the words for a hidden cell, a row without visible keys, and the terms that a
    long sum does not show. Raises ValueError if the trace does not hold what the stage needs.
    """
    say = _Say(decimals, exact, hidden, nothing, smaller)
    match stage:
        case "q" | "k" | "v":
            return _projection(trace, stage, row, column, say)
        case "scores":
            return say.dot(trace.q[row], trace.k[column], float(trace.scores[row, column]))
        case "scaled":
            return [_scaled(trace, row, column, say)]
        case "mask":
            return [_mask(trace, row, column, say)]
        case "exp":
            return _exponential(trace, row, column, say)
        case "softmax":
            return _softmax(trace, row, column, say)
        case "output":
            value = float(trace.output[row, column])
            lines = say.dot(trace.weights[row], trace.v[:, column], value)
            return [replace(each, note=_note(trace, row)) for each in lines]


@dataclass(frozen=True)
class _Say:
    """How numbers and words are to be written."""

    decimals: int
    exact: bool
    hidden: str
    nothing: str
    smaller: str

    def dot(
        self, left: Matrix, right: Matrix, value: float, bias: float | None = None
    ) -> list[Line]:
        return dot(left, right, value, self.decimals, bias, exact=self.exact, smaller=self.smaller)

    def line(
        self,
        operands: Sequence[float],
        write: Callable[[Sequence[str]], str],
        compute: Callable[[Sequence[float]], float],
        value: float,
    ) -> Line:
        return line(operands, write, compute, value, self.decimals, self.exact)


def _projection(trace: Trace, stage: str, row: int, column: int, say: _Say) -> list[Line]:
    weight: Matrix | None = getattr(trace, f"w_{stage}")
    bias: Matrix | None = getattr(trace, f"b_{stage}")
    if trace.x is None or weight is None:
        raise ValueError(f"this trace begins at {stage}: it has no x and w_{stage}")
    value = float(getattr(trace, stage)[row, column])
    extra = None if bias is None else float(bias[column])
    return say.dot(trace.x[row], weight[:, column], value, extra)


def _scaled(trace: Trace, row: int, column: int, say: _Say) -> Line:
    divisor, e = trace.divisor, trace.q.shape[1]
    root = "1" if divisor == 1.0 and e != 1 else rf"\sqrt{{{e}}}"
    score, value = float(trace.scores[row, column]), float(trace.scaled[row, column])
    added = [] if trace.bias is None else [float(trace.bias[row, column])]
    return say.line(
        [score, *added],
        lambda n: " + ".join([rf"\frac{{{n[0]}}}{{{root}}}", *map(bracketed, n[1:])]),
        lambda n: math.fsum([n[0] / divisor, *n[1:]]),
        value,
    )


def _mask(trace: Trace, row: int, column: int, say: _Say) -> Line:
    scaled = float(trace.scaled[row, column])
    if trace.mask[row, column]:
        shown = full(scaled) if say.exact else number(scaled, say.decimals)
        return Line(
            rf"{shown} + (-\infty) = -\infty \quad \text{{({say.hidden})}}",
            -math.inf,
            note=_note(trace, row),
        )
    return say.line([scaled], lambda n: f"{n[0]} + 0", lambda n: n[0], scaled)


def _exponential(trace: Trace, row: int, column: int, say: _Say) -> list[Line]:
    """The cell's exponential and the sum of its row."""
    shift, row_sum = float(trace.shift[row]), float(trace.row_sums[row])
    masked, value = float(trace.masked[row, column]), float(trace.exponentials[row, column])
    if trace.mask[row, column]:
        power = Line(rf"e^{{-\infty}} = 0 \quad \text{{({say.hidden})}}", 0.0)
    elif shift:
        power = say.line(
            [masked, shift], lambda n: rf"e^{{{n[0]} - {bracketed(n[1])}}}",
            lambda n: math.exp(n[0] - n[1]), value,
        )  # fmt: skip
    else:
        power = say.line([masked], lambda n: rf"e^{{{n[0]}}}", lambda n: math.exp(n[0]), value)
    visible: list[float] = trace.exponentials[row][~trace.mask[row]].tolist()
    if not visible:
        return [power, _nothing(trace, row, say)]
    total = add(visible, row_sum, say.decimals, exact=say.exact, smaller=say.smaller)
    return [power, total]


def _softmax(trace: Trace, row: int, column: int, say: _Say) -> list[Line]:
    lines = _exponential(trace, row, column, say)
    if trace.mask[row].all():
        return [*lines, _nothing(trace, row, say)]
    share = say.line(
        [float(trace.exponentials[row, column]), float(trace.row_sums[row])],
        lambda n: rf"\frac{{{n[0]}}}{{{n[1]}}}", lambda n: n[0] / n[1],
        float(trace.weights[row, column]),
    )  # fmt: skip
    return [*lines, share]


def _nothing(trace: Trace, row: int, say: _Say) -> Line:
    return Line(rf"0 \quad \text{{({say.nothing})}}", 0.0, note=_note(trace, row))


def _note(trace: Trace, row: int) -> str:
    return ZERO_ROW if trace.mask[row].all() else ""
