"""The numbers of the memory lesson's drawn exercises, and their truths, computed."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping

import numpy as np

from lessons.exercises import Drawn

_APART = 0.02
"""Two answers that differ by less could not be told apart when they are typed with two decimals."""


def step(rng: np.random.Generator) -> Drawn:
    """One unit's new cell: f · c + i · g, with one decimal each."""
    while True:
        c, g = (float(rng.integers(3, 10)) / 10 for _ in range(2))
        f, i = (float(rng.integers(2, 10)) / 10 for _ in range(2))
        kept, written = f * c, i * g
        new = kept + written
        slips = {
            "kept": kept,
            "whole": kept + g,
            "mixed": f * c + (1 - f) * g,
            "tanh": math.tanh(new),
            "swapped": i * c + f * g,
        }
        if _told_apart(new, slips.values()):
            break
    return Drawn(
        shown={
            **{"c": f"{c:g}", "f": f"{f:g}", "i": f"{i:g}", "g": f"{g:g}"},
            **{"kept": f"{kept:.2f}", "written": f"{written:.2f}", "new": f"{new:.2f}"},
        },
        answer=new,
        slips=slips,
    )


def update(rng: np.random.Generator) -> Drawn:
    """One unit's new state in a GRU: (1 − z) · n + z · h."""
    while True:
        h, n = (float(rng.integers(1, 10)) / 10 for _ in range(2))
        z = float(rng.choice((0.1, 0.2, 0.3, 0.7, 0.8, 0.9)))
        new = (1 - z) * n + z * h
        slips = {"swapped": z * n + (1 - z) * h, "kept": z * h, "added": z * h + n}
        if _told_apart(new, slips.values()):
            break
    return Drawn(
        shown={
            **{"h": f"{h:g}", "n": f"{n:g}", "z": f"{z:g}", "rest": f"{1 - z:.1f}"},
            **{"kept": f"{z * h:.2f}", "written": f"{(1 - z) * n:.2f}", "new": f"{new:.2f}"},
        },
        answer=new,
        slips=slips,
    )


def count(rng: np.random.Generator) -> Drawn:
    """The weights of an LSTM layer: 4 · (e + d + 1) · d."""
    e = int(rng.choice((50, 100, 128, 200, 256, 300)))
    d = int(rng.choice((64, 100, 128, 200)))
    one = (e + d + 1) * d
    return Drawn(
        shown={"e": str(e), "d": str(d), "one": f"{e + d + 1}", "all": f"{4 * one:,}"},
        answer=float(4 * one),
        slips={
            "one": one,
            "three": 3 * one,
            "no_biases": 4 * (e + d) * d,
            "no_state": 4 * (e + 1) * d,
        },
    )


def _told_apart(answer: float, slips: Iterable[float]) -> bool:

    return all(abs(answer - other) > _APART for other in slips)


DRAWS: Mapping[str, Callable[[np.random.Generator], Drawn]] = {
    "bet_step": step,
    "update_gate": update,
    "bet_count": count,
}
