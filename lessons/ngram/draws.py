"""The numbers of this lesson's exercises, drawn for each learner, and the truth computed from them."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from lessons.exercises import Draw, Drawn

_CUBES = ((2, 4, 8), (1, 4, 16), (1, 3, 9), (3, 9, 27), (1, 8, 27), (2, 4, 27), (1, 5, 25))
"""One over three probabilities; the product is a cube."""


def count_pairs(rng: np.random.Generator) -> Drawn:
    """A text of two words whose table of counts is not the same when rows and columns are swapped."""
    while True:
        text = rng.integers(2, size=9)
        counts = np.zeros((2, 2))
        np.add.at(counts, (text[:-1], text[1:]), 1)
        if counts.min() >= 1 and counts[0, 1] != counts[1, 0]:
            break
    shares = counts / counts.sum(axis=1, keepdims=True)
    return Drawn(
        {
            "text": " ".join(("ha", "ho")[token] for token in text),
            "tokens": f"{len(text)}",
            "pairs": f"{len(text) - 1}",
        },
        counts.tolist(),
        {"swapped": counts.T.tolist(), "shares": shares.tolist()},
    )


def divide(rng: np.random.Generator) -> Drawn:
    """How often a context occurs, the token alone, and both together."""
    context = int(rng.choice((15, 16, 18, 20)))
    pair = int(rng.choice((3, 6)))
    token = pair + int(rng.integers(1, 4))
    return Drawn(
        {
            "context": f"{context}",
            "pair": f"{pair}",
            "token": f"{token}",
            "p": f"{pair / context:.3g}",
        },
        pair / context,
        {"backwards": pair / token, "every": token / context},
    )


def add_one(rng: np.random.Generator) -> Drawn:
    """The same counts with a vocabulary, smoothed by add-k with k = 1."""
    context = int(rng.choice((12, 15, 18, 20)))
    pair = int(rng.choice((2, 3, 5)))
    size = int(rng.choice((50, 80, 100)))
    p = (pair + 1) / (context + size)
    return Drawn(
        {
            "context": f"{context}",
            "pair": f"{pair}",
            "size": f"{size}",
            "above": f"{pair + 1}",
            "below": f"{context + size}",
            "p": f"{p:.4f}",
        },
        p,
        {
            "once": (pair + 1) / (context + 1),
            "not_above": pair / (context + size),
            "not_smoothed": pair / context,
        },
    )


def perplexity(rng: np.random.Generator) -> Drawn:
    """Three probabilities whose geometric mean is one over a whole number."""
    parts = [int(part) for part in rng.permutation(_CUBES[int(rng.integers(len(_CUBES)))])]
    product = math.prod(parts)
    answer = round(product ** (1 / 3))
    return Drawn(
        {
            "p": ", ".join("1" if part == 1 else f"1/{part}" for part in parts),
            "logarithms": " + ".join(f"ln {part}" for part in parts),
            "product": " · ".join(map(str, parts)),
            "whole": f"{product}",
            "answer": f"{answer}",
            "loss": f"{math.log(answer):.2f}",
        },
        float(answer),
        {
            "loss": math.log(answer),
            "mean": sum(parts) / 3,
            "of_mean": 3 / sum(1 / part for part in parts),
            "product": float(product),
        },
    )


DRAWS: Mapping[str, Draw] = {
    "count_pairs": count_pairs,
    "bet_divide": divide,
    "bet_add_one": add_one,
    "bet_perplexity": perplexity,
}
