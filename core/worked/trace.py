"""One attention head reckoned in float64, stage by stage. NumPy only."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

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


def causal_mask(t: int) -> Mask:
    """True where a key comes after the query, [t t]."""
    return np.triu(np.ones((t, t), dtype=np.bool_), 1)


def padding_mask(lengths: Sequence[int], t: int) -> Mask:
    """True at positions beyond each sequence's length, [b t]; a row hides keys from all queries."""
    return np.arange(t)[None, :] >= np.asarray(lengths, dtype=np.int64)[:, None]


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
