"""The drawn numbers of the positions lesson, and their truths."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import numpy as np

from core.worked.positions.alibi import biases, slopes
from core.worked.positions.waves import frequencies, sinusoidal
from lessons.exercises import Drawn

_WIDTH, _COLUMN = 8, 2
_HEAD_WIDTH = 8
_QUERIES, _KEYS = (2, 3), (0, 1, 2)


def draw_wave(rng: np.random.Generator) -> Drawn:
    """One cell of the sinusoidal table of width 8, in the pair of frequency 0.1: there a sine is far from
    what each mistake makes of it."""
    position = int(rng.integers(5, 16))
    theta = float(frequencies(_WIDTH)[_COLUMN // 2])
    angle = position * theta
    mistaken = 10_000.0 ** (-2 * _COLUMN / _WIDTH)
    return Drawn(
        shown={
            "t": str(position),
            "column": str(_COLUMN),
            "i": str(_COLUMN // 2),
            "exponent": f"{2 * (_COLUMN // 2) / _WIDTH:g}",
            "theta": f"{theta:g}",
            "angle": f"{angle:g}",
            "wave": "sin",
            "value": f"{math.sin(angle):.3f}",
        },
        answer=float(sinusoidal(position + 1, _WIDTH)[position, _COLUMN]),
        slips={
            "other": math.cos(angle),
            "degrees": math.sin(math.radians(angle)),
            "column": math.sin(position * mistaken),
        },
    )


def draw_angle(rng: np.random.Generator) -> Drawn:
    """The angle between a turned query and a turned key that pointed the same way."""
    pair = int(rng.integers(1, 3))
    key = int(rng.integers(2, 20))
    distance = int(rng.integers(2, 10))
    query, theta = key + distance, float(frequencies(_HEAD_WIDTH)[pair])
    return Drawn(
        shown={
            "m": str(query),
            "n": str(key),
            "pair": str(pair),
            "exponent": f"{2 * pair / _HEAD_WIDTH:g}",
            "theta": f"{theta:g}",
            "distance": str(distance),
            "angle": f"{distance * theta:g}",
        },
        answer=distance * theta,
        slips={
            "sum": (query + key) * theta,
            "query": query * theta,
            "frequency": float(distance),
        },
    )


def draw_alibi(rng: np.random.Generator) -> Drawn:
    """The biases of one head for two queries and three keys."""
    heads = int(rng.choice([4, 8]))
    head = int(rng.integers(0, 2))
    slope = float(slopes(heads)[head])
    table = biases(heads, 4)[head]
    answer = [[float(table[query, key]) + 0.0 for key in _KEYS] for query in _QUERIES]
    from_zero = 2.0 ** (-8 * head / heads)
    return Drawn(
        shown={
            "heads": str(heads),
            "head": str(head),
            "number": str(head + 1),
            "power": f"{8 * (head + 1) / heads:g}",
            "slope": f"{slope:g}",
            "example": f"{3 * slope:g}",
        },
        answer=answer,
        slips={
            "sign": [[-value for value in row] for row in answer],
            "zero": [[value / slope * from_zero for value in row] for row in answer],
            "distance": [[-value / slope + 0.0 for value in row] for row in answer],
        },
        given=[[None, None, answer[0][2]], [None, None, None]],
    )


DRAWS: Mapping[str, Callable[[np.random.Generator], Drawn]] = {
    "pe_value": draw_wave,
    "angle": draw_angle,
    "alibi_matrix": draw_alibi,
}
