"""The numbers of this lesson's exercises, drawn for each learner, and the truth computed from them."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from core.worked.kept import FLOAT16, kept_bytes
from lessons.exercises import Draw, Drawn


def wrong_softmax(rng: np.random.Generator) -> Drawn:
    """Two logits, both above 0, so that their shares look like probabilities and are none."""
    while True:
        x1, x2, a1, a2, b1, b2 = (int(n) for n in rng.integers(0, 4, size=6))
        z1, z2 = a1 * x1 + a2 * x2, b1 * x1 + b2 * x2
        if min(x1, x2) >= 1 and 1 <= z2 < z1 <= z2 + 3 and z1 <= 9:
            break
    right, share = 1 / (1 + math.exp(z2 - z1)), z1 / (z1 + z2)
    return Drawn(
        {
            **{"x1": f"{x1}", "x2": f"{x2}", "a1": f"{a1}", "a2": f"{a2}", "b1": f"{b1}"},
            **{"b2": f"{b2}", "z1": f"{z1}", "z2": f"{z2}", "gap": f"{z1 - z2}"},
            **{"right": f"{right:.2f}", "wrong": f"{share:.2f}"},
        },
        "share",
    )


def questions(rng: np.random.Generator) -> Drawn:
    """Predictions of one training step."""
    windows = int(rng.choice((8, 10, 16, 20)))
    length = int(rng.choice((32, 50, 64, 100)))
    return Drawn(
        {"windows": f"{windows}", "length": f"{length}", "answer": f"{windows * length:,}"},
        float(windows * length),
        {
            "one_each": float(windows),
            "length": float(length),
            "without_last": float(windows * (length - 1)),
        },
    )


def purpose(rng: np.random.Generator) -> Drawn:
    """The temperature at which one of two tokens is so many times as probable as the other."""
    odds, power = ((3, 2), (4, 2), (5, 2), (2, 3), (3, 3), (2, 4), (3, 4))[int(rng.integers(7))]
    wanted = odds**power
    return Drawn(
        {
            "odds": f"{odds}",
            "power": f"{power}",
            "wanted": f"{wanted}",
            "answer": f"{1 / power:.2f}",
        },
        1 / power,
        {"hotter": float(power), "linear": odds / wanted, "unchanged": 1.0},
    )


def long_chat(rng: np.random.Generator) -> Drawn:
    """Gigabytes of a long chat's keys and values, in numbers of 16 bits."""
    layers, width = ((32, 4096), (40, 5120), (48, 6144))[int(rng.integers(3))]
    tokens = int(rng.choice((8000, 12000, 16000, 20000)))
    size = kept_bytes(layers, width, tokens, FLOAT16)
    gigabytes = size / 1e9
    return Drawn(
        {
            **{"layers": f"{layers}", "width": f"{width:,}", "tokens": f"{tokens:,}"},
            **{"bytes": f"{size:,}", "answer": f"{gigabytes:.1f}"},
        },
        gigabytes,
        {"half": gigabytes / 2, "double": 2 * gigabytes, "layer": gigabytes / layers},
    )


DRAWS: Mapping[str, Draw] = {
    "wrong_softmax": wrong_softmax,
    "long_chat": long_chat,
    "bet_questions": questions,
    "bet_purpose": purpose,
}
