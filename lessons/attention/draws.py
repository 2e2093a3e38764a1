"""The numbers of this lesson's exercises, drawn for each learner, and the truth computed from them."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from lessons.exercises import Draw, Drawn

_WEIGHTS = (0.6, 0.7, 0.75, 0.8, 0.9)


def one_weight(rng: np.random.Generator) -> Drawn:
    """Two scores, the second 0; e to the first is close to a whole number."""
    power = int(rng.choice([2, 3, 4, 5, 9]))
    weight = power / (power + 1)
    return Drawn(
        {"score": f"{math.log(power):.2f}", "power": f"{power}", "weight": f"{weight:.2f}"},
        weight,
        {"no_exponential": 1.0, "exponential": power, "other": 1 - weight},
    )


def one_output(rng: np.random.Generator) -> Drawn:
    """Two weights and two whole values that are far enough apart to tell the slips from each other."""
    first = float(rng.choice(_WEIGHTS))
    second = round(1 - first, 2)
    b = int(rng.integers(1, 5))
    a = b + 2 * int(rng.integers(1, 4))
    output = first * a + second * b
    return Drawn(
        {
            "first": f"{first:g}",
            "second": f"{second:g}",
            "a": f"{a}",
            "b": f"{b}",
            "output": f"{output:g}",
        },
        output,
        {"average": (a + b) / 2, "winner": a, "swapped": first * b + second * a, "sum": a + b},
    )


def fill_weights(rng: np.random.Generator) -> Drawn:
    """Exponentials of three tokens under the causal mask; every row adds up to a friendly number."""
    second = rng.permutation([(1, 3), (1, 4), (2, 3)][int(rng.integers(3))])
    third = rng.permutation([(1, 1, 2), (1, 2, 2), (2, 3, 5), (1, 3, 6)][int(rng.integers(4))])
    exponentials = np.zeros((3, 3))
    exponentials[0, 0] = rng.integers(2, 6)
    exponentials[1, :2], exponentials[2] = second, third
    weights = exponentials / exponentials.sum(axis=1, keepdims=True)
    lines = r" \\ ".join(" & ".join(f"{value:g}" for value in line) for line in exponentials)
    visible = np.tril(np.ones((3, 3), dtype=bool))
    return Drawn(
        {
            "exponentials": rf"\begin{{pmatrix}} {lines} \end{{pmatrix}}",
            "last_sum": f"{third.sum():g}",
            "last_first": f"{third[0]:g}",
        },
        weights.tolist(),
        {
            "columns": (exponentials / exponentials.sum(axis=0)).tolist(),
            "total": (exponentials / exponentials.sum()).tolist(),
            "exponentials": exponentials.tolist(),
        },
        given=[[None if seen else 0.0 for seen in line] for line in visible],
    )


DRAWS: Mapping[str, Draw] = {
    "one_weight": one_weight,
    "one_output": one_output,
    "fill_weights": fill_weights,
}
