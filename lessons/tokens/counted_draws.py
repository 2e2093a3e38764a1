"""What the exercises on sizes, laws and vectors are drawn from."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lessons.exercises import Draw, Drawn


def table_rows(rng: np.random.Generator) -> Drawn:
    """A vocabulary that grows, and how wide its rows are."""
    width = int(rng.choice((16, 32, 64)))
    low, high = ((1000, 3000), (2000, 5000), (500, 2000))[int(rng.integers(3))]
    more = high - low
    return Drawn(
        {
            "each": f"{width}",
            "low": f"{low:,}",
            "high": f"{high:,}",
            "more": f"{more:,}",
            "answer": f"{more * width:,}",
        },
        float(more * width),
        {"all": float(high * width), "entries": float(more)},
    )


def zipf_rank(rng: np.random.Generator) -> Drawn:
    """How often the commonest word comes, and a rank."""
    rank = int(rng.choice((3, 4, 5, 6, 10)))
    first = rank * int(rng.choice((60, 90, 120, 180)))
    return Drawn(
        {"first": f"{first:,}", "rank": f"{rank}", "answer": f"{first // rank}"},
        first / rank,
        {"halved": first / 2 ** (rank - 1), "less": float(first - rank)},
    )


def distance(rng: np.random.Generator) -> Drawn:
    """A vocabulary, and the zeros of a one-hot vector."""
    size = int(rng.choice((738, 1000, 5000, 30_000)))
    return Drawn(
        {"size": f"{size:,}", "answer": f"{size - 1:,}"},
        float(size - 1),
        {"all": float(size), "one": 1.0},
    )


DRAWS: Mapping[str, Draw] = {
    "table_rows": table_rows,
    "zipf_rank": zipf_rank,
    "distance": distance,
}
