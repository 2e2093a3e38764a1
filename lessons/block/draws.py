"""The numbers of the block lesson's drawn exercises, and their truths, computed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from core.worked.budget import Plan, block_parameters, work
from core.worked.layernorm import layernorm_trace
from lessons.exercises import Drawn

WIDTHS = (10, 20, 30, 40, 50, 60, 80, 100, 200)

_FRIENDLY = ((-1, -1, 1, 1), (-2, -2, 2, 2), (-4, 0, 0, 4), (-3, -1, -1, 5), (-1, -1, -1, 3))
"""Differences from the mean, which sum to 0."""


def layer_norm(rng: np.random.Generator) -> Drawn:
    """Four whole numbers with a whole mean: differences, then LayerNorm with γ = 1 and β = 0."""
    centred = rng.permutation(_FRIENDLY[int(rng.integers(len(_FRIENDLY)))])
    mean = int(rng.integers(-2, 6))
    x = (centred + mean).astype(float)
    trace = layernorm_trace(x)
    unbiased = np.sqrt((centred**2).sum() / 3)
    return Drawn(
        shown={"x": ", ".join(f"{number:.0f}" for number in x), "mean": str(mean)},
        answer=[trace.centred.tolist(), trace.normed.tolist()],
        slips={
            "variance": [trace.centred.tolist(), (trace.centred / trace.variance).tolist()],
            "unbiased": [trace.centred.tolist(), (trace.centred / unbiased).tolist()],
            "uncentred": [trace.centred.tolist(), (x / trace.deviation).tolist()],
            "flipped": [(-trace.centred).tolist(), (-trace.normed).tolist()],
        },
    )


def block_count(rng: np.random.Generator) -> Drawn:
    """The parameters of one block of a drawn width."""
    d = int(rng.choice(WIDTHS))
    square = d * d
    return Drawn(
        shown={
            "d": str(d),
            "four": str(4 * d),
            "square": f"{square:,}",
            "twelve": f"{12 * square:,}",
            "thirteen": f"{13 * d:,}",
            "all": f"{block_parameters(d):,}",
        },
        answer=float(block_parameters(d)),
        slips={
            "squares": 12 * square,
            "attention": 4 * square + 4 * d,
            "no_norms": 12 * square + 9 * d,
            "two_attentions": 8 * square + 8 * d + 4 * d,
            "no_output": 11 * square + 12 * d,
            "narrow": 6 * square + 6 * d + 4 * d,
        },
    )


def neuron_weights(rng: np.random.Generator) -> Drawn:
    """What one neuron of an MLP has to learn: a key, a value and its bias."""
    d = int(rng.choice((16, 32, 48, 64, 80, 96, 128)))
    return Drawn(
        shown={"d": str(d), "all": str(2 * d + 1)},
        answer=float(2 * d + 1),
        slips={
            "key": d,
            "key_bias": d + 1,
            "no_bias": 2 * d,
            "wide": 8 * d,
            "two_biases": 2 * d + 2,
        },
    )


def flops(rng: np.random.Generator) -> Drawn:
    """Operations of one block for one of t tokens."""
    d = int(rng.choice((10, 20, 50, 100)))
    t = int(rng.choice((10, 20, 50, 100, 200)))
    done = work(Plan(layers=1, heads=1, width=d, context=t, vocabulary=0), t)
    squares = 12 * d * d
    return Drawn(
        shown={
            "d": str(d),
            "t": str(t),
            "weights": f"{squares:,}",
            "products": f"{2 * squares:,}",
            "pairs": f"{4 * t * d:,}",
            "all": f"{done.total:,}",
        },
        answer=float(done.total),
        slips={
            "once": squares + 2 * t * d,
            "no_pairs": 2 * squares,
            "only_scores": 2 * squares + 2 * t * d,
            "all_tokens": t * done.total,
        },
    )


DRAWS: Mapping[str, Callable[[np.random.Generator], Drawn]] = {
    "ln_by_hand": layer_norm,
    "block_count": block_count,
    "neuron_weights": neuron_weights,
    "flops": flops,
}
