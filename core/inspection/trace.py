"""One attention head reckoned in float64, stage by stage, down to the arithmetic of one cell.

NumPy only.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.inspection.arithmetic import Line, add, bracketed, dot, line, number

Matrix = NDArray[np.float64]
Mask = NDArray[np.bool_]
Stage = Literal["q", "k", "v", "scores", "scaled", "mask", "softmax", "output"]

SAFE_EXPONENT = 15.0
"""Rows whose largest score is within ± this are exponentiated as they are; others are shifted."""


@dataclass(frozen=True, eq=False)
class Trace:
    """Scaled dot-product attention of one head (Vaswani et al. 2017, equation 1):

        Attention(Q, K, V) = softmax(Q Kᵀ / √e + mask) V

    ``x`` [q d], the projections ``w_q``, ``w_k``, ``w_v`` [d e] and their biases [e] are None where q,
    k, v were given directly. ``q`` [q e], ``k`` [k e], ``v`` [k e]; ``scores``, ``scaled``, ``masked``,
    ``exponentials`` and ``weights`` [q k]; ``row_sums`` [q]; ``output`` [q e]. ``mask`` [q k] is True
    where the key is hidden. ``shift`` [q] was taken from a row before exp; 0 unless scores are so
    large that e to their power would not fit a number. A row in which all is hidden has sum 0 and
    weights 0.
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
    tokens: tuple[str, ...] | None = None
    x: Matrix | None = None
    w_q: Matrix | None = None
    w_k: Matrix | None = None
    w_v: Matrix | None = None
    b_q: Matrix | None = None
    b_k: Matrix | None = None
    b_v: Matrix | None = None


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
    tokens: Sequence[str] | None = None,
) -> Trace:
    """Every stage from q, k, v or, where one of them is None, from x and its projection.

    ``mask`` broadcasts to [q k], True = hidden. Raises ValueError if shapes do not fit.
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
    scaled = scores / np.sqrt(q_.shape[1])
    hidden = np.zeros(scores.shape, dtype=np.bool_)
    if mask is not None:
        hidden |= np.asarray(mask, dtype=np.bool_)
    masked = np.where(hidden, -np.inf, scaled)
    largest = np.where(hidden.all(axis=1), 0.0, masked.max(axis=1, initial=-np.inf))
    shift = np.where(np.abs(largest) > SAFE_EXPONENT, largest, 0.0)
    exponentials = np.exp(masked - shift[:, None])
    row_sums = exponentials.sum(axis=1)
    weights = exponentials / np.where(row_sums > 0, row_sums, 1.0)[:, None]
    return Trace(
        q=q_, k=k_, v=v_, scores=scores, scaled=scaled, mask=hidden, masked=masked, shift=shift,
        exponentials=exponentials, row_sums=row_sums, weights=weights, output=weights @ v_,
        tokens=None if tokens is None else tuple(tokens),
        x=inputs, w_q=w_q_, w_k=w_k_, w_v=w_v_, b_q=b_q_, b_k=b_k_, b_v=b_v_,
    )  # fmt: skip


def arithmetic(
    trace: Trace, stage: Stage, row: int, column: int, decimals: int = 3, hidden: str = "hidden"
) -> list[Line]:
    """How the cell (row, column) of a stage comes about.

    ``q``, ``k``, ``v``: row of x times column of the projection. ``scores``: query times key.
    ``scaled``: by √e. ``mask``: what is added; ``hidden`` is the word for a hidden cell. ``softmax``:
    exponential, row sum, weight. ``output``: the row's weights times a column of v.
    Raises ValueError if the trace does not hold what the stage needs.
    """
    match stage:
        case "q" | "k" | "v":
            return _projection(trace, stage, row, column, decimals)
        case "scores":
            return dot(trace.q[row], trace.k[column], float(trace.scores[row, column]), decimals)
        case "scaled":
            e = trace.q.shape[1]
            score, value = float(trace.scores[row, column]), float(trace.scaled[row, column])
            return [
                line(
                    [score], lambda n: rf"\frac{{{n[0]}}}{{\sqrt{{{e}}}}}",
                    lambda n: n[0] / math.sqrt(e), value, decimals,
                )
            ]  # fmt: skip
        case "mask":
            return [_mask(trace, row, column, decimals, hidden)]
        case "softmax":
            return _softmax(trace, row, column, decimals, hidden)
        case "output":
            value = float(trace.output[row, column])
            return dot(trace.weights[row], trace.v[:, column], value, decimals)


def causal_mask(t: int) -> Mask:
    """True where a key comes after the query, [t t]."""
    return np.triu(np.ones((t, t), dtype=np.bool_), 1)


def padding_mask(lengths: Sequence[int], t: int) -> Mask:
    """True at positions beyond each sequence's length, [b t]; a row hides keys from all queries."""
    return np.arange(t)[None, :] >= np.asarray(lengths, dtype=np.int64)[:, None]


def _projection(trace: Trace, stage: str, row: int, column: int, decimals: int) -> list[Line]:
    weight: Matrix | None = getattr(trace, f"w_{stage}")
    bias: Matrix | None = getattr(trace, f"b_{stage}")
    if trace.x is None or weight is None:
        raise ValueError(f"this trace begins at {stage}: it has no x and w_{stage}")
    value = float(getattr(trace, stage)[row, column])
    extra = None if bias is None else float(bias[column])
    return dot(trace.x[row], weight[:, column], value, decimals, extra)


def _mask(trace: Trace, row: int, column: int, decimals: int, hidden: str) -> Line:
    scaled = float(trace.scaled[row, column])
    if trace.mask[row, column]:
        shown = number(scaled, decimals)
        return Line(rf"{shown} + (-\infty) = -\infty \quad \text{{({hidden})}}", -math.inf)
    return line([scaled], lambda n: f"{n[0]} + 0", lambda n: n[0], scaled, decimals)


def _softmax(trace: Trace, row: int, column: int, decimals: int, hidden: str) -> list[Line]:
    shift, row_sum = float(trace.shift[row]), float(trace.row_sums[row])
    masked, weight = float(trace.masked[row, column]), float(trace.weights[row, column])
    exponential = float(trace.exponentials[row, column])
    if trace.mask[row, column]:
        power = Line(rf"e^{{-\infty}} = 0 \quad \text{{({hidden})}}", 0.0)
    elif shift:
        power = line(
            [masked, shift], lambda n: rf"e^{{{n[0]} - {bracketed(n[1])}}}",
            lambda n: math.exp(n[0] - n[1]), exponential, decimals,
        )  # fmt: skip
    else:
        power = line(
            [masked], lambda n: rf"e^{{{n[0]}}}", lambda n: math.exp(n[0]), exponential, decimals
        )
    if row_sum == 0.0:
        return [power, Line(rf"0 \quad \text{{({hidden})}}", 0.0)]
    visible = [float(e) for e in trace.exponentials[row][~trace.mask[row]]]
    share = line(
        [exponential, row_sum], lambda n: rf"\frac{{{n[0]}}}{{{n[1]}}}",
        lambda n: n[0] / n[1], weight, decimals,
    )  # fmt: skip
    return [power, add(visible, row_sum, decimals), share]


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
    matrix = np.asarray(values, dtype=np.float64)
    if matrix.ndim != 2:
        raise ValueError(f"a matrix has two axes, not {matrix.ndim}")
    return matrix
