"""The numbers of this lesson's exercises, drawn for each learner, and the truth computed from them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import pairwise

import numpy as np

from lessons.exercises import Draw, Drawn

_TRIPLES = ((3, 4, 5), (4, 3, 5), (5, 12, 13), (12, 5, 13), (8, 6, 10), (6, 8, 10))
"""Two numbers and the length of the vector that they make."""


def look_up(rng: np.random.Generator) -> Drawn:
    """A one-hot vector of four words times a table of two columns: one number of the product."""
    row, column = int(rng.integers(1, 3)), int(rng.integers(2))
    while True:
        values = [int(value) for value in rng.choice(np.arange(-9, 10), size=8, replace=False)]
        rows = [values[2 * row : 2 * row + 2] for row in range(4)]
        answer = rows[row][column]
        slips = {
            "first": float(rows[row - 1][column]),
            "other": float(rows[row][1 - column]),
            "sum": float(sum(one[column] for one in rows)),
        }
        if _apart(answer, slips, 0.5):
            break
    return Drawn(
        {
            "x": "(" + ", ".join(str(int(place == row)) for place in range(4)) + ")",
            "rows": ", ".join(f"({_signed(one[0])}, {_signed(one[1])})" for one in rows),
            "column": f"{column + 1}",
            "place": f"{row + 1}",
            "row": f"({_signed(rows[row][0])}, {_signed(rows[row][1])})",
            "answer": _signed(answer),
        },
        float(answer),
        slips,
    )


def count_pairs(rng: np.random.Generator) -> Drawn:
    """How many pairs a sentence makes with a window."""
    words, window = int(rng.integers(6, 11)), int(rng.integers(1, 4))
    missing = window * (window + 1)
    answer = 2 * window * words - missing
    return Drawn(
        {
            "words": f"{words}",
            "window": f"{window}",
            "each": f"{2 * window}",
            "all": f"{2 * window * words}",
            "missing": f"{missing}",
            "answer": f"{answer}",
        },
        float(answer),
        {
            "edges": float(2 * window * words),
            "once": answer / 2,
            "one": float(2 * window),
        },
    )


def cosine_of(rng: np.random.Generator) -> Drawn:
    """Two vectors of two numbers with whole lengths, and their cosine."""
    while True:
        first, second = rng.choice(len(_TRIPLES), size=2, replace=False)
        a, b = _TRIPLES[int(first)], _TRIPLES[int(second)]
        if rng.integers(2):
            b = (b[0], -b[1], b[2])
        dot = a[0] * b[0] + a[1] * b[1]
        answer = dot / (a[2] * b[2])
        slips = {
            "dot": float(dot),
            "one_length": dot / a[2],
            "squares": dot / (a[2] ** 2 * b[2] ** 2),
        }
        if answer < 0.995 and _apart(answer, slips, 0.05):
            break
    return Drawn(
        {
            "a": f"({a[0]}, {a[1]})",
            "b": f"({b[0]}, {_signed(b[1])})",
            "dot": _signed(dot),
            "length_a": f"{a[2]}",
            "length_b": f"{b[2]}",
            "answer": _signed(round(answer, 3)),
        },
        answer,
        slips,
    )


def nudge(rng: np.random.Generator) -> Drawn:
    """One number of v after a step on a drawn word."""
    probability = float(rng.choice((0.6, 0.7, 0.8, 0.9)))
    u, v = float(rng.choice((-2, -1, 1, 2))), float(rng.choice((0.5, 1.0, 1.5)))
    rate = 0.5
    answer = v - rate * probability * u
    return Drawn(
        {
            "p": f"{probability:.1f}",
            "u": _signed(u),
            "v": f"{v:.1f}",
            "rate": f"{rate:.1f}",
            "change": _signed(round(rate * probability * u, 3)),
            "answer": _signed(round(answer, 3)),
        },
        answer,
        {
            "up": v + rate * probability * u,
            "true": v - rate * (probability - 1) * u,
            "rate": v - probability * u,
        },
    )


def pmi_of(rng: np.random.Generator) -> Drawn:
    """Counts of pairs, and the PMI of two words."""
    total = 1000
    a, b = int(rng.choice((50, 100, 200))), int(rng.choice((20, 40, 50)))
    times = int(rng.choice((2, 4, 5)))
    expected = a * b / total
    both = round(expected * times)
    answer = math.log(both * total / (a * b))
    return Drawn(
        {
            "total": f"{total:,}",
            "a": f"{a}",
            "b": f"{b}",
            "both": f"{both}",
            "expected": f"{expected:g}",
            "ratio": f"{both / expected:g}",
            "answer": f"{answer:.2f}",
        },
        answer,
        {
            "ratio": both / expected,
            "turned": -answer,
            "bits": answer / math.log(2),
        },
    )


def _apart(answer: float, slips: Mapping[str, float], least: float) -> bool:
    """Whether the answer and all slips differ from one another by more than that."""
    values = sorted((answer, *slips.values()))
    return all(b - a > least for a, b in pairwise(values))


def _signed(value: float) -> str:
    return f"{value:g}".replace("-", "−")


DRAWS: Mapping[str, Draw] = {
    "look_up": look_up,
    "count_pairs": count_pairs,
    "cosine_of": cosine_of,
    "nudge": nudge,
    "pmi_of": pmi_of,
}
