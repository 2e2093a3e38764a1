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


def witten_bell(rng: np.random.Generator) -> Drawn:
    """Counts after a context, how many different tokens followed, and what the shorter context says; so
    that no mistake comes to the right result or to that of another."""
    while True:
        types = int(rng.integers(5, 8))
        whole = int(rng.choice((20, 25, 40)))
        context, pair, lower = (
            whole - types,
            int(rng.choice((3, 4, 6))),
            int(rng.integers(1, 4)) / 10,
        )
        p = (pair + types * lower) / whole
        slips = {
            "not_below": (pair + types * lower) / context,
            "seen_only": pair / whole,
            "once": (pair + lower) / (context + 1),
            "not_smoothed": pair / context,
        }
        if np.diff(sorted([p, *slips.values()])).min() > 0.005:
            break
    return Drawn(
        {
            "context": f"{context}",
            "pair": f"{pair}",
            "types": f"{types}",
            "lower": f"{lower:g}",
            "above": f"{pair + types * lower:g}",
            "whole": f"{whole}",
            "p": f"{p:.3f}",
        },
        p,
        slips,
    )


def one_discount(rng: np.random.Generator) -> Drawn:
    """The same with a discount taken from each count."""
    discount = float(rng.choice((0.5, 0.6, 0.8)))
    types = int(rng.integers(3, 7))
    context = int(rng.choice((20, 25, 40)))
    pair = int(rng.choice((3, 4, 6)))
    lower = int(rng.integers(1, 4)) / 10
    kept, given = (pair - discount) / context, discount * types / context
    p = kept + given * lower
    return Drawn(
        {
            "context": f"{context}",
            "pair": f"{pair}",
            "types": f"{types}",
            "discount": f"{discount:g}",
            "lower": f"{lower:g}",
            "taken": f"{discount * types:g}",
            "kept": f"{pair - discount:g}",
            "p": f"{p:.4f}",
        },
        p,
        {
            "kept_only": kept,
            "one_type": kept + discount / context * lower,
            "not_taken": pair / context + given * lower,
            "all_of_it": kept + given,
        },
    )


def estimate_discount(rng: np.random.Generator) -> Drawn:
    """The counts of a small table, from which n1, n2 and D follow."""
    ones = int(rng.integers(5, 9))
    twos = int(rng.integers(2, 4))
    larger = rng.choice((3, 4, 5, 7, 9), 4, replace=False)
    counts = rng.permutation(np.concatenate([np.repeat([1, 2], [ones, twos]), larger]))
    d = ones / (ones + 2 * twos)
    return Drawn(
        {
            "counts": ", ".join(f"{count}" for count in counts),
            "ones": f"{ones}",
            "twos": f"{twos}",
            "below": f"{ones + 2 * twos}",
            "d": f"{d:.3f}",
        },
        d,
        {
            "not_twice": ones / (ones + twos),
            "of_all": ones / len(counts),
            "of_the_text": ones / int(counts.sum()),
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


def which_drawn(rng: np.random.Generator) -> Drawn:
    """Three tokens on a line from 0 to 1, and a number well inside of one's stretch; each token as often."""
    cat, dog = int(rng.integers(40, 56)), int(rng.integers(20, 31))
    ends = (0, cat, cat + dog, 100)
    hit = int(rng.integers(3))
    u = int(rng.integers(ends[hit] + 3, ends[hit + 1] - 2))
    tokens = ("cat", "dog", "bird")
    return Drawn(
        {
            **{token: f"{(ends[i + 1] - ends[i]) / 100:.2f}" for i, token in enumerate(tokens)},
            "first": f"{ends[1] / 100:.2f}",
            "second": f"{ends[2] / 100:.2f}",
            "u": f"{u / 100:.2f}",
            "token": tokens[hit],
        },
        tokens[hit],
    )


def possible_ngrams(rng: np.random.Generator) -> Drawn:
    """A small vocabulary and an order, no two of whose wrong ways come to the same."""
    size, order = int(rng.choice((6, 7, 8, 10, 12, 20))), int(rng.choice((3, 4)))
    return Drawn(
        {
            "size": f"{size}",
            "order": f"{order}",
            "product": " · ".join([f"{size}"] * order),
            "answer": f"{size**order:,}",
        },
        float(size**order),
        {
            "times": float(size * order),
            "contexts": float(size ** (order - 1)),
            "turned": float(order**size),
        },
    )


def copied_tokens(rng: np.random.Generator) -> Drawn:
    """Two long and two short copied runs in a text of a round length."""
    while True:
        count = int(rng.choice((40, 50, 80)))
        long = [int(n) for n in rng.choice(np.arange(5, 13), 2, replace=False)]
        short = [int(n) for n in rng.choice((2, 3, 4), 2, replace=False)]
        of_runs = len(long) / (len(long) + len(short))
        if all(abs(sum(some) / count - of_runs) > 0.02 for some in (long, [*long, *short])):
            break
    runs = [int(n) for n in rng.permutation([*long, *short])]
    return Drawn(
        {
            "count": f"{count}",
            "runs": ", ".join(map(str, runs)),
            "long": f"{sum(long)}",
            "share": f"{sum(long) / count:.3g}",
        },
        sum(long) / count,
        {"all": sum(runs) / count, "runs": of_runs},
    )


DRAWS: Mapping[str, Draw] = {
    "count_pairs": count_pairs,
    "bet_divide": divide,
    "bet_add_one": add_one,
    "bet_perplexity": perplexity,
    "witten_bell": witten_bell,
    "one_discount": one_discount,
    "estimate_discount": estimate_discount,
    "which_drawn": which_drawn,
    "possible_ngrams": possible_ngrams,
    "copied_tokens": copied_tokens,
}
