"""The numbers of this lesson's exercises, drawn for each learner, and the truth computed from them."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from lessons.exercises import Draw, Drawn

_FOURS = ((2, 2, 4, 4), (2, 4, 8, 4), (1, 2, 4, 2), (2, 2, 8, 8), (1, 4, 4, 16))
"""One over four probabilities."""

_SIZES = (50, 200, 500, 1000, 5000, 20000)


def four_tokens(rng: np.random.Generator) -> Drawn:
    """Four probabilities, one over powers of two, and their perplexity."""
    parts = [int(part) for part in rng.permutation(_FOURS[int(rng.integers(len(_FOURS)))])]
    product = math.prod(parts)
    answer = product ** (1 / 4)
    return Drawn(
        {
            "p": ", ".join("1" if part == 1 else f"1/{part}" for part in parts),
            "logarithms": " + ".join(f"ln {part}" for part in parts),
            "product": f"{product}",
            "answer": f"{answer:.2f}",
            "loss": f"{math.log(answer):.2f}",
        },
        answer,
        {"loss": math.log(answer), "mean": sum(parts) / 4, "product": float(product)},
    )


def per_character(rng: np.random.Generator) -> Drawn:
    """Tokens, their mean loss, characters: nats per character."""
    tokens = int(rng.choice((20, 40, 50)))
    each = int(rng.choice((4, 5)))
    loss = float(rng.choice((2.0, 3.0, 4.0)))
    characters = tokens * each
    answer = loss * tokens / characters
    return Drawn(
        {
            "tokens": f"{tokens}",
            "characters": f"{characters}",
            "loss": f"{loss:.1f}",
            "total": f"{loss * tokens:.0f}",
            "answer": f"{answer:.3g}",
        },
        answer,
        {
            "same": loss,
            "turned": loss * characters / tokens,
            "bits": answer / math.log(2),
        },
    )


def top_five(rng: np.random.Generator) -> Drawn:
    """The ranks of eight tokens: how many of them are among the five likeliest."""
    first, near = (int(count) for count in rng.choice((1, 2, 3, 4), size=2, replace=False))
    ranks = [1] * first + [int(rank) for rank in rng.integers(2, 6, size=near)]
    ranks += [int(rank) for rank in rng.integers(6, 60, size=8 - len(ranks))]
    ranks = [int(rank) for rank in rng.permutation(ranks)]
    right = first + near
    return Drawn(
        {
            "ranks": ", ".join(map(str, ranks)),
            "right": f"{right}",
            "answer": f"{right / 8:.3g}",
        },
        right / 8,
        {"accuracy": first / 8, "without_first": near / 8, "count": float(right)},
    )


def guessing(rng: np.random.Generator) -> Drawn:
    """A vocabulary, and what guessing evenly costs in it."""
    size = int(rng.choice(_SIZES))
    return Drawn(
        {"size": f"{size:,}", "answer": f"{math.log(size):.2f}"},
        math.log(size),
        {"share": 1 / size, "bits": math.log2(size), "ten": math.log10(size)},
    )


def gap(rng: np.random.Generator) -> Drawn:
    """One bin of a calibration: how often the model was right, and how sure it was."""
    count = int(rng.choice((40, 50, 80)))
    said = float(rng.choice((0.7, 0.8, 0.9)))
    right = round(count * (said - float(rng.choice((0.1, 0.2, 0.3)))))
    answer = said - right / count
    return Drawn(
        {
            "count": f"{count}",
            "said": f"{said:.0%}",
            "right": f"{right}",
            "happened": f"{right / count:.3g}",
            "share": f"{said:.1f}",
            "answer": f"{answer:.3g}",
        },
        answer,
        {"happened": right / count, "expected": said * count - right},
    )


DRAWS: Mapping[str, Draw] = {
    "four_tokens": four_tokens,
    "per_character": per_character,
    "top_five": top_five,
    "guessing": guessing,
    "gap": gap,
}
