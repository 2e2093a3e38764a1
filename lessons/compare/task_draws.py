"""The numbers of the exercises on tasks, and their truths, computed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import log2

import numpy as np

from lessons.exercises import Drawn


def chance(rng: np.random.Generator) -> Drawn:
    """Of n letters out of k all are guessed right: k⁻ⁿ."""
    while True:
        k, n = int(rng.integers(2, 9)), int(rng.integers(2, 5))
        right = float(k) ** -n
        slips = {"one": 1 / k, "added": 1 / (n * k), "swapped": float(n) ** -k}
        if all(abs(right - slip) > 2e-4 for slip in slips.values()):
            break
    return Drawn(
        shown={"n": str(n), "k": str(k), "all": f"{k**n:,}", "chance": f"{right:.4f}"},
        answer=right,
        slips=slips,
    )


def order(rng: np.random.Generator) -> Drawn:
    """What an N-gram must see to copy n letters: they and the sign that asks, and one more for itself."""
    n = int(rng.integers(3, 15))
    letters = "".join(rng.choice(list("abcdefgh"), size=n))
    return Drawn(
        shown={
            "n": str(n),
            "line": f"`{letters}={letters}`",
            "back": str(n + 1),
            "order": str(n + 2),
        },
        answer=float(n + 2),
        slips={"back": float(n + 1), "no_sign": float(n)},
    )


def bits(rng: np.random.Generator) -> Drawn:
    """n letters out of k = 2ᵇ: n · b."""
    k, n = int(rng.choice((4, 8, 16, 32))), int(rng.integers(3, 21))
    each = int(log2(k))
    return Drawn(
        shown={"n": str(n), "k": str(k), "each": str(each), "bits": str(n * each)},
        answer=float(n * each),
        slips={"letters": float(n), "kinds": float(n * k)},
    )


TASK_DRAWS: Mapping[str, Callable[[np.random.Generator], Drawn]] = {
    "chance_of_guessing": chance,
    "ngram_order": order,
    "copy_bits": bits,
}
