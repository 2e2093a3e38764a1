"""A layer of attention small enough for paper: random matrices with one decimal. NumPy only."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.worked.multihead import MultiHeadTrace, multi_head_trace
from core.worked.trace import Projection, causal_mask

Matrix = NDArray[np.float64]

TOKENS = ("Mia", "gave", "Tom", "cake", "so")
WIDTH = 4
HEADS = (1, 2, 4)
"""Into how many heads a width of 4 can be cut."""


def inputs(seed: int, t: int) -> Matrix:
    """x [t d]."""
    return _short(np.random.default_rng((seed, 0)), t, WIDTH)


def layer(x: Matrix, heads: int, seed: int) -> MultiHeadTrace:
    """The seed's own projections on these inputs [t d], cut into ``heads``: the same numbers for any."""
    rng = np.random.default_rng((seed, 1))
    w_q, w_k, w_v, w_o = (_short(rng, WIDTH, WIDTH) for _ in range(4))
    b_o = np.round(rng.uniform(-0.5, 0.5, WIDTH), 1) + 0.0
    t = len(x)
    projection = Projection(x, w_q, w_k, w_v)
    return multi_head_trace(projection, heads, w_o, b_o, mask=causal_mask(t), tokens=TOKENS[:t])


def _short(rng: np.random.Generator, *shape: int) -> Matrix:
    # Adding 0 turns the -0 that rounding leaves into 0.
    return np.round(rng.uniform(-1.5, 1.5, shape), 1) + 0.0
