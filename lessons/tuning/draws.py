"""The numbers of this lesson's exercises, drawn for each learner, and the truth computed from them."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from lessons.exercises import Draw, Drawn


def tokens_read(rng: np.random.Generator) -> Drawn:
    """Tokens of the steps that a model makes while it goes on."""
    first = int(rng.choice((400, 450, 500, 900)))
    more = int(rng.choice((100, 150, 200, 300)))
    batch = int(rng.choice((8, 12, 16)))
    window = int(rng.choice((32, 48, 64)))
    step = batch * window
    return Drawn(
        {
            "first": f"{first}",
            "more": f"{more}",
            "batch": f"{batch}",
            "window": f"{window}",
            "answer": f"{more * step:,}",
            "before": f"{first * step:,}",
        },
        float(more * step),
        {"all": float((first + more) * step), "windows": float(more * batch), "one": float(step)},
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


DRAWS: Mapping[str, Draw] = {"tokens_read": tokens_read, "times_unsure": times_unsure}
