"""Several heads worked out number by number: split, attend, put side by side, multiply by W_O.

NumPy only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.worked.arithmetic import FEWER_TERMS, SMALLER_TERMS, ArithmeticLine, add, dot
from core.worked.trace import Matrix, Projection, Trace, projected_trace

Step = Literal["x", "project", "split", "attend", "concatenate", "output"]
STEPS: tuple[Step, ...] = ("x", "project", "split", "attend", "concatenate", "output")

SHAPES: dict[Step, str] = {
    "x": "t d",
    "project": "t d, d (h e) -> t (h e)",
    "split": "t (h e) -> h t e",
    "attend": "h q e, h k e, h k e -> h q e",
    "concatenate": "h t e -> t (h e)",
    "output": "t (h e), (h e) d -> t d",
}
"""Letters as in einops: t positions, d the model's width, h heads, e the width of one."""


@dataclass(frozen=True, eq=False)
class MultiHeadTrace:
    """Multi-head attention (Vaswani et al. 2017, section 3.2.2):

        MultiHead(x) = Concat(head_0, …, head_{h-1}) W_O + b_O

    ``x`` [t d]; ``heads``, the h traces of ``core.worked.trace``, each with queries, keys and
    values of width e; ``concatenated`` [t (h e)]; ``w_o`` [(h e) d]; ``b_o`` [d] or None; ``output``
    [t d].
    """

    x: Matrix
    heads: tuple[Trace, ...]
    concatenated: Matrix
    w_o: Matrix
    b_o: Matrix | None
    output: Matrix

    @property
    def width(self) -> int:
        """e: how many numbers one head hands over."""
        return int(self.heads[0].output.shape[1])

    @property
    def weights(self) -> Matrix:
        """Where each head looks, [h q k]."""
        return np.stack([head.weights for head in self.heads])

    @property
    def written(self) -> NDArray[np.float64]:
        """What each head alone adds to the output, [h t d]: its numbers times its own rows of W_O.

        Their sum, and the bias, is the output: Concat(…) W_O = Σ_i head_i W_O^i.
        """
        blocks = self.w_o.reshape(len(self.heads), self.width, -1)
        return np.stack(
            [head.output @ block for head, block in zip(self.heads, blocks, strict=True)]
        )

    def joined(self, name: Literal["q", "k", "v", "output"]) -> Matrix:
        """One matrix of all heads side by side, [t (h e)]: what is cut into heads, or put together."""
        return np.concatenate([getattr(head, name) for head in self.heads], axis=1)


def multi_head_trace(
    projection: Projection,
    heads: int,
    w_o: ArrayLike,
    b_o: ArrayLike | None = None,
    *,
    mask: ArrayLike | None = None,
    tokens: Sequence[str] | None = None,
) -> MultiHeadTrace:
    """Every step from x [t d] and the projections [d (h e)]; head i has columns i·e to (i + 1)·e.

    ``mask`` [q k], True = hidden, is the same for all heads. Raises ValueError where the width does
    not divide into ``heads`` equal parts, or shapes do not fit.
    """
    width = projection.w_q.shape[1]
    if heads < 1 or width % heads:
        raise ValueError(f"a width of {width} cannot be cut into {heads} equal heads")
    traces = [projected_trace(head, mask, tokens=tokens) for head in projection.heads(heads)]
    return joined_trace(projection.x, traces, w_o, b_o)


def joined_trace(
    x: ArrayLike, heads: Sequence[Trace], w_o: ArrayLike, b_o: ArrayLike | None = None
) -> MultiHeadTrace:
    """The last two steps for heads that have been worked out: side by side, times W_O [(h e) d]."""
    concatenated = np.concatenate([head.output for head in heads], axis=1)
    projection = np.asarray(w_o, dtype=np.float64)
    if concatenated.shape[1] != projection.shape[0]:
        raise ValueError(
            f"the heads are {concatenated.shape[1]} numbers wide together, and W_O has "
            f"{projection.shape[0]} rows"
        )
    bias = None if b_o is None else np.asarray(b_o, dtype=np.float64)
    output = concatenated @ projection + (0.0 if bias is None else bias)
    return MultiHeadTrace(
        np.asarray(x, dtype=np.float64), tuple(heads), concatenated, projection, bias, output
    )


def output_arithmetic(
    trace: MultiHeadTrace,
    row: int,
    column: int,
    decimals: int = 2,
    *,
    smaller: str = SMALLER_TERMS,
    shown: int = FEWER_TERMS,
) -> list[ArithmeticLine]:
    """How a number of the output comes about: for each head its numbers times its rows of W_O, which
    is what it writes into this column; then what all heads write, and the bias, added up.

    ``shown``: how many terms of a wide head's sum are on paper.
    """
    e = trace.width
    written = trace.written[:, row, column]
    lines = []
    for number, head in enumerate(trace.heads):
        block = trace.w_o[number * e : (number + 1) * e, column]
        terms, sums = dot(
            head.output[row], block, float(written[number]), decimals, smaller=smaller, shown=shown
        )
        lines.append(terms if e <= 4 else sums)
    last = [] if trace.b_o is None else [float(trace.b_o[column])]
    value = float(trace.output[row, column])
    return [*lines, add([*written.tolist(), *last], value, decimals, smaller=smaller)]


@dataclass(frozen=True)
class Cost:
    """What h heads cost at a given width and length, without biases.

    ``parameters``: of W_Q, W_K, W_V and W_O. ``multiplications``: of the four projections, of Q Kᵀ
    and of A V. ``weights``: numbers in the weights tensor, each an exponential.
    """

    heads: int
    width: int
    parameters: int
    multiplications: int
    weights: int


def cost(d: int, heads: int, t: int) -> Cost:
    """h heads of width e = d / h over t positions: only the softmax has more to do with more heads."""
    if d % heads:
        raise ValueError(f"a width of {d} cannot be cut into {heads} equal heads")
    e = d // heads
    projections = 3 * (d * heads * e) + heads * e * d
    attention = heads * (t * t * e + t * t * e)
    return Cost(heads, e, projections, t * projections + attention, heads * t * t)
