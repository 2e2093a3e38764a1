"""What the exercises of this lesson draw their numbers from, by their ids."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from lessons.compare.task_draws import TASK_DRAWS
from lessons.exercises import Drawn


def factor_of_data(rng: np.random.Generator) -> Drawn:
    """How many times a network comes by each token of its text."""
    text = int(rng.choice((50_000, 80_000, 100_000, 120_000)))
    batch = int(rng.choice((8, 12, 16, 20)))
    window = int(rng.choice((32, 48, 64)))
    steps = int(rng.choice((300, 450, 700, 1000)))
    read = steps * batch * window
    return Drawn(
        {
            "text": f"{text:,}",
            "batch": f"{batch}",
            "window": f"{window}",
            "steps": f"{steps:,}",
            "read": f"{read:,}",
            "answer": f"{read / text:.1f}",
        },
        round(read / text, 1),
        {
            "one_window": round(steps * window / text, 1),
            "flipped": round(text / read, 1),
            "share": round(batch * window / text, 2),
        },
    )


DRAWS: Mapping[str, Callable[[np.random.Generator], Drawn]] = {
    "factor_of_data": factor_of_data,
    **TASK_DRAWS,
}
