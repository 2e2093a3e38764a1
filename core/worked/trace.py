"""One attention head reckoned in float64, from its queries, keys and values to its output. NumPy only."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.wording import N_

Matrix = NDArray[np.float64]
Mask = NDArray[np.bool_]
_Number = TypeVar("_Number", np.float64, np.bool_)

NOTHING_VISIBLE = N_("nothing is visible")
ZERO_ROW = N_(
    "This query may see no key, so nothing can be shared out: its weights and its output are zeros. "
    "PyTorch's plain softmax divides 0 by 0 here and gives NaN."
)

SAFE_EXPONENT = 15.0
"""Rows whose largest score is within ± this are exponentiated as they are; others are shifted."""


@dataclass(frozen=True, eq=False)
class Projection:
    """What queries, keys and values are made from: ``x`` [t d], the projections ``w_q``, ``w_k``, ``w_v``
    [d e] and their biases [e], None where nothing is added. Raises ValueError if shapes do not fit.
    """

    x: Matrix
    w_q: Matrix
    w_k: Matrix
    w_v: Matrix
    b_q: Matrix | None = None
    b_k: Matrix | None = None
    b_v: Matrix | None = None

    def __post_init__(self) -> None:
        for name, weight in (("w_q", self.w_q), ("w_k", self.w_k), ("w_v", self.w_v)):
            if self.x.shape[1] != weight.shape[0]:
                raise ValueError(
                    f"x has width {self.x.shape[1]} but {name} has {weight.shape[0]} rows"
                )

    def projected(self) -> tuple[Matrix, Matrix, Matrix]:
        """Queries, keys and values, each [t e]: x W + b."""
        return (
            _with_bias(self.x @ self.w_q, self.b_q),
            _with_bias(self.x @ self.w_k, self.b_k),
            _with_bias(self.x @ self.w_v, self.b_v),
        )

    def heads(self, count: int) -> list[Projection]:
        """The projections [d (h e)] cut into those of h heads: head i has columns i·e to (i + 1)·e."""
        weights = [np.split(w, count, axis=1) for w in (self.w_q, self.w_k, self.w_v)]
        biases = [
            [None] * count if b is None else np.split(b, count)
            for b in (self.b_q, self.b_k, self.b_v)
        ]
        return [Projection(self.x, *parts) for parts in zip(*weights, *biases, strict=True)]


@dataclass(frozen=True, eq=False)
class Trace:
    """Scaled dot-product attention of one head (Vaswani et al. 2017, equation 1):

        Attention(Q, K, V) = softmax(Q Kᵀ / √e + bias + mask) V

    ``q`` [q e], ``k`` [k e], ``v`` [k e], made from ``projection`` or, where that is None, given;
    ``scores``, ``scaled``, ``masked``, ``exponentials`` and ``weights`` [q k]; ``row_sums`` [q];
    ``output`` [q e]. ``bias`` [q k], part of ``scaled``, is what ALiBi adds for distance (Press et al.
    2022, section 3), and None where nothing is added. ``mask`` [q k] is True where the key is hidden.
    ``shift`` [q] was taken from a row before exp; 0 unless scores are so large that e to their power
    would not fit a number. ``divisor`` is √e, or 1 where the division was left out. A row in which all
    is hidden has sum 0, weights 0 and output 0, as ``core.models.attention`` gives.
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
    projection: Projection | None = None
    bias: Matrix | None = None

    @property
    def is_divided(self) -> bool:
        """False where the division by √e was left out (a head of width 1 is divided by 1 anyway)."""
        return self.divisor != 1.0 or self.q.shape[1] == 1


def attention_trace(
    q: ArrayLike,
    k: ArrayLike,
    v: ArrayLike,
    mask: ArrayLike | None = None,
    *,
    bias: ArrayLike | None = None,
    divide: bool = True,
    tokens: Sequence[str] | None = None,
) -> Trace:
    """Attention of queries [q e] to keys [k e] and their values [k e].

    ``mask`` broadcasts to [q k], True = hidden, and so does ``bias``, which is added to the scaled
    scores. Anything may have a batch axis of one in front. ``divide`` False leaves out the division
    by √e. Raises ValueError if shapes do not fit.
    """
    q_, k_, v_ = _matrix(q), _matrix(k), _matrix(v)
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
        divisor=divisor, tokens=None if tokens is None else tuple(tokens), bias=added,
    )  # fmt: skip


def projected_trace(
    projection: Projection,
    mask: ArrayLike | None = None,
    *,
    bias: ArrayLike | None = None,
    divide: bool = True,
    tokens: Sequence[str] | None = None,
) -> Trace:
    """``attention_trace`` of the queries, keys and values that the projection makes."""
    trace = attention_trace(*projection.projected(), mask, bias=bias, divide=divide, tokens=tokens)
    return replace(trace, projection=projection)


def causal_mask(t: int) -> Mask:
    """True where a key comes after the query, [t t]."""
    return np.triu(np.ones((t, t), dtype=np.bool_), 1)


def padding_mask(lengths: Sequence[int], t: int) -> Mask:
    """True at positions beyond each sequence's length, [b t]; a row hides keys from all queries."""
    return np.arange(t)[None, :] >= np.asarray(lengths, dtype=np.int64)[:, None]


def _with_bias(products: Matrix, bias: Matrix | None) -> Matrix:
    return products + (0.0 if bias is None else bias)


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
