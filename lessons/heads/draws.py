"""The numbers that this lesson's exercises draw from a learner's seed, and their true answers."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike

from lessons.exercises import Draw, Drawn

_CUTS = ((48, 6), (64, 4), (96, 8), (96, 12), (120, 6), (128, 8), (192, 12), (512, 8), (768, 12))
_SMALL = ((8, 2), (8, 4), (10, 5), (12, 3), (12, 4), (16, 4), (20, 4), (20, 5))


def _head_width(rng: np.random.Generator) -> Drawn:
    d, h = _CUTS[int(rng.integers(len(_CUTS)))]
    shown = {"d": str(d), "h": str(h), "e": str(d // h)}
    return Drawn(shown, d // h, {"whole": d, "heads": h, "wider": d * h})


def _parameters(rng: np.random.Generator) -> Drawn:
    d, h = _SMALL[int(rng.integers(len(_SMALL)))]
    e = d // h
    shown = {"d": str(d), "h": str(h), "e": str(e), "square": str(d * d), "all": str(4 * d * d)}
    slips = {"times_heads": 4 * d * d * h, "three": 3 * d * d, "one": d * d, "narrow": 4 * d * e}
    return Drawn(shown, 4 * d * d, slips)


def _weights_entries(rng: np.random.Generator) -> Drawn:
    # No two of them alike, so that each slip is told from the others.
    b, h, t = int(rng.integers(2, 4)), int(rng.choice([4, 6, 8])), int(rng.choice([5, 10, 20]))
    shown = {"b": str(b), "h": str(h), "t": str(t), "all": str(b * h * t * t)}
    slips = {"no_heads": b * t * t, "one_text": h * t * t, "rows": b * h * t}
    return Drawn(shown, b * h * t * t, slips)


def _concat_w_o(rng: np.random.Generator) -> Drawn:
    while True:
        first, second = rng.integers(-2, 4, (2, 2))
        w_o = rng.integers(-1, 3, (4, 2))
        beside = np.concatenate([first, second])
        wrong = {
            "added": (first + second) @ w_o[:2],
            "first_only": first @ w_o[:2],
            "swapped": np.concatenate([second, first]) @ w_o,
        }
        answers = [tuple(row.tolist()) for row in (beside @ w_o, *wrong.values())]
        if len(set(answers)) == len(answers) and (first != 0).any() and (second != 0).any():
            break
    shown = {
        "first": _row(first),
        "second": _row(second),
        "beside": _row(beside),
        "w_o": _latex(w_o),
        "one": " + ".join(
            f"{_bracketed(int(a))}·{_bracketed(int(w))}"
            for a, w in zip(beside, w_o[:, 0], strict=True)
        ),
    }
    slips = {name: [row.astype(float).tolist()] for name, row in wrong.items()}
    return Drawn(shown, [(beside @ w_o).astype(float).tolist()], slips)


def _row(values: ArrayLike) -> str:
    return "(" + ", ".join(_signed(int(value)) for value in np.asarray(values)) + ")"


def _signed(value: int) -> str:
    return str(value).replace("-", "−")


def _bracketed(value: int) -> str:
    return f"({_signed(value)})" if value < 0 else str(value)


def _latex(values: ArrayLike) -> str:
    lines = (" & ".join(str(int(value)) for value in row) for row in np.asarray(values))
    return r"\begin{bmatrix} " + r" \\ ".join(lines) + r" \end{bmatrix}"


DRAWS: Mapping[str, Draw] = {
    "head_width": _head_width,
    "parameters": _parameters,
    "weights_entries": _weights_entries,
    "concat_w_o": _concat_w_o,
}
