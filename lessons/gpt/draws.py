"""The numbers of this lesson's exercises, drawn for each learner, and the truth computed from them."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from core.spec.families.gpt import GPTSpec
from lessons.exercises import Draw, Drawn


def tied(rng: np.random.Generator) -> Drawn:
    """How many parameters a table of the vocabulary has: what is saved where there is one, not two."""
    size = int(rng.choice((300, 500, 700, 1000, 2000)))
    width = int(rng.choice((20, 40, 60, 80)))
    model = GPTSpec(width=width, heads=1)
    untied = model.model_copy(update={"tied": False})
    saved = untied.parameters(size) - model.parameters(size)
    return Drawn(
        {"size": f"{size}", "width": f"{width}", "saved": f"{saved:,}"},
        float(saved),
        {"both": 2.0 * saved, "square": float(width * width), "vocabulary": float(size)},
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


def times_unsure(rng: np.random.Generator) -> Drawn:
    """How many times the perplexity is, after the loss has grown."""
    before = float(rng.choice((1.1, 1.2, 1.3, 1.4)))
    gap = float(rng.choice((0.7, 1.1, 1.6, 2.1)))
    after = round(before + gap, 1)
    times = round(math.exp(gap), 1)
    return Drawn(
        {
            "before": f"{before:.1f}",
            "after": f"{after:.1f}",
            "gap": f"{gap:.1f}",
            "low": f"{math.exp(before):.1f}",
            "high": f"{math.exp(after):.1f}",
            "times": f"{times:.1f}",
        },
        times,
        {"ratio": after / before, "difference": gap, "perplexity": math.exp(after)},
    )


DRAWS: Mapping[str, Draw] = {
    "bet_tied": tied,
    "bet_questions": questions,
    "bet_purpose": purpose,
    "times_unsure": times_unsure,
}
