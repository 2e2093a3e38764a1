"""One attention head reckoned in float64, stage by stage, down to the arithmetic of one cell.

NumPy only.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeVar, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.inspection.arithmetic import SMALLER_TERMS, Line, add, bracketed, dot, full, line, number
from core.wording import N_

Matrix = NDArray[np.float64]
Mask = NDArray[np.bool_]
Stage = Literal["q", "k", "v", "scores", "scaled", "mask", "exp", "softmax", "output"]
STAGES: tuple[Stage, ...] = get_args(Stage)
_Number = TypeVar("_Number", np.float64, np.bool_)

NOTHING_VISIBLE = N_("nothing is visible")
ZERO_ROW = N_(
    "This query may see no key, so nothing can be shared out: its weights and its output are zeros. "
    "PyTorch's plain softmax divides 0 by 0 here and gives NaN."
)

SAFE_EXPONENT = 15.0
"""Rows whose largest score is within ± this are exponentiated as they are; others are shifted."""


@dataclass(frozen=True, eq=False)
class Trace:
    """Scaled dot-product attention of one head (Vaswani et al. 2017, equation 1):

        Attention(Q, K, V) = softmax(Q Kᵀ / √e + bias + mask) V

    ``x`` [q d], the projections ``w_q``, ``w_k``, ``w_v`` [d e] and their biases [e] are None where q,
    k, v were given directly. ``q`` [q e], ``k`` [k e], ``v`` [k e]; ``scores``, ``scaled``, ``masked``,
    ``exponentials`` and ``weights`` [q k]; ``row_sums`` [q]; ``output`` [q e]. ``bias`` [q k], part of
    ``scaled``, is what ALiBi adds for distance (Press et al. 2022, section 3), and None where nothing
    is added. ``mask`` [q k] is True where the key is hidden. ``shift`` [q] was taken from a row before
    exp; 0 unless scores are so large that e to their power would not fit a number. ``divisor`` is √e,
    or 1 where the division was left out. A row in which all is hidden has sum 0, weights 0 and
    output 0, as ``core.models.attention`` gives.
    """

    q: Matrix
    k: Matrix
    v: Matrix
    scores: Matrix
    scaled: Matrix
    mask: Mask
    masked: Matrix
    shift: Matrix
    exponentials: Matrix
    row_sums: Matrix
    weights: Matrix
    output: Matrix
    divisor: float
    tokens: tuple[str, ...] | None = None
    x: Matrix | None = None
    w_q: Matrix | None = None
    w_k: Matrix | None = None
    w_v: Matrix | None = None
    b_q: Matrix | None = None
    b_k: Matrix | None = None
    b_v: Matrix | None = None
    bias: Matrix | None = None


def attention_trace(
    q: ArrayLike | None = None,
    k: ArrayLike | None = None,
    v: ArrayLike | None = None,
    mask: ArrayLike | None = None,
    *,
    x: ArrayLike | None = None,
    w_q: ArrayLike | None = None,
    w_k: ArrayLike | None = None,
    w_v: ArrayLike | None = None,
    b_q: ArrayLike | None = None,
    b_k: ArrayLike | None = None,
    b_v: ArrayLike | None = None,
    bias: ArrayLike | None = None,
    tokens: Sequence[str] | None = None,
    divide: bool = True,
) -> Trace:
    """Every stage from q, k, v or, where one of them is None, from x and its projection.

    ``mask`` broadcasts to [q k], True = hidden, and so does ``bias``, which is added to the scaled
    scores. Anything may have a batch axis of one in front. ``divide`` False leaves out the division
    by √e. Raises ValueError if shapes do not fit.
    """
    inputs = None if x is None else _matrix(x)
    q_, w_q_, b_q_ = _project(q, inputs, w_q, b_q, "q")
    k_, w_k_, b_k_ = _project(k, inputs, w_k, b_k, "k")
    v_, w_v_, b_v_ = _project(v, inputs, w_v, b_v, "v")
    if q_.shape[1] != k_.shape[1]:
        raise ValueError(f"queries have width {q_.shape[1]} and keys {k_.shape[1]}")
    if len(k_) != len(v_):
        raise ValueError(f"{len(k_)} keys but {len(v_)} values")
    scores = q_ @ k_.T
    divisor = math.sqrt(q_.shape[1]) if divide else 1.0
    scaled = scores / divisor
    added = None
    if bias is not None:
        given = _unbatched(np.asarray(bias, dtype=np.float64))
        added = np.broadcast_to(given, scores.shape).copy()
        scaled = scaled + added
    hidden = np.zeros(scores.shape, dtype=np.bool_)
    if mask is not None:
        hidden |= _unbatched(np.asarray(mask, dtype=np.bool_))
    masked = np.where(hidden, -np.inf, scaled)
    largest = np.where(hidden.all(axis=1), 0.0, masked.max(axis=1, initial=-np.inf))
    shift = np.where(np.abs(largest) > SAFE_EXPONENT, largest, 0.0)
    exponentials = np.exp(masked - shift[:, None])
    row_sums = exponentials.sum(axis=1)
    weights = exponentials / np.where(row_sums > 0, row_sums, 1.0)[:, None]
    return Trace(
        q=q_, k=k_, v=v_, scores=scores, scaled=scaled, mask=hidden, masked=masked, shift=shift,
        exponentials=exponentials, row_sums=row_sums, weights=weights, output=weights @ v_,
        divisor=divisor, tokens=None if tokens is None else tuple(tokens),
        x=inputs, w_q=w_q_, w_k=w_k_, w_v=w_v_, b_q=b_q_, b_k=b_k_, b_v=b_v_, bias=added,
    )  # fmt: skip


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
    weights times a column of v. ``exact`` gives all digits. ``hidden``, ``nothing`` and ``smaller`` (with {count}) are the words
    for a hidden cell, a row without visible keys, and the terms that a long sum does not show.
    Raises ValueError if the trace does not hold what the stage needs.
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


def causal_mask(t: int) -> Mask:
    """True where a key comes after the query, [t t]."""
    return np.triu(np.ones((t, t), dtype=np.bool_), 1)


def padding_mask(lengths: Sequence[int], t: int) -> Mask:
    """True at positions beyond each sequence's length, [b t]; a row hides keys from all queries."""
    return np.arange(t)[None, :] >= np.asarray(lengths, dtype=np.int64)[:, None]


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


def _project(
    given: ArrayLike | None,
    x: Matrix | None,
    weight: ArrayLike | None,
    bias: ArrayLike | None,
    name: str,
) -> tuple[Matrix, Matrix | None, Matrix | None]:
    """(the matrix, its projection, its bias): as given, else x W + b."""
    w = None if weight is None else _matrix(weight)
    b = None if bias is None else np.asarray(bias, dtype=np.float64)
    if given is not None:
        return _matrix(given), w, b
    if x is None or w is None:
        raise ValueError(f"give {name}, or x and w_{name}")
    if x.shape[1] != w.shape[0]:
        raise ValueError(f"x has width {x.shape[1]} but w_{name} has {w.shape[0]} rows")
    return x @ w + (0.0 if b is None else b), w, b


def _matrix(values: ArrayLike) -> Matrix:
    matrix = _unbatched(np.asarray(values, dtype=np.float64))
    if matrix.ndim != 2:
        raise ValueError(f"a matrix has two axes, not {matrix.ndim}")
    return matrix


def _unbatched(array: NDArray[_Number]) -> NDArray[_Number]:
    """Without axes of one in front of the last two."""
    while array.ndim > 2 and array.shape[0] == 1:
        array = array[0]
    return array
