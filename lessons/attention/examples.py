"""Queries, keys and values chosen by hand, so that attention can be followed on paper.

Matrices are [t e]: a row for each token. All examples of the bench have at most MOST_TOKENS tokens and
MOST_COLUMNS columns.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

MOST_TOKENS = 6
MOST_COLUMNS = 4

Matrix = NDArray[np.float64]


def N_(message: str) -> str:
    """Mark a sentence for translation where it is written; it is translated where it is shown."""
    return message


@dataclass(frozen=True, eq=False)
class Example:
    """``q``, ``k``, ``v`` [t e]; ``columns`` names the e numbers; ``note`` says what to look for."""

    slug: str
    title: str
    note: str
    tokens: tuple[str, ...]
    columns: tuple[str, ...]
    q: Matrix
    k: Matrix
    v: Matrix
    causal: bool = True


@dataclass(frozen=True)
class Printed:
    """A row of numbers as printed in an article, beside what the formula gives.

    ``adds_up`` says whether it is a row of weights, which must add up to 1.
    """

    slug: str
    title: str
    claim: str
    printed: tuple[float, ...]
    computed: tuple[float, ...]
    verdict: str
    adds_up: bool = True


def softmax(scores: ArrayLike) -> Matrix:
    """Softmax of the last axis: exponentials, divided by their sum."""
    values = np.asarray(scores, dtype=np.float64)
    exponentials = np.exp(values - values.max(axis=-1, keepdims=True))
    return np.asarray(exponentials / exponentials.sum(axis=-1, keepdims=True))


def example(slug: str) -> Example:
    """The example of that name; KeyError if there is none."""
    for candidate in EXAMPLES:
        if candidate.slug == slug:
            return candidate
    raise KeyError(slug)


def resized(matrix: Matrix, rows: int, columns: int) -> Matrix:
    """The matrix [t e] cut or filled with zeros to ``rows`` × ``columns``."""
    result = np.zeros((rows, columns))
    part = matrix[:rows, :columns]
    result[: part.shape[0], : part.shape[1]] = part
    return result


def _matrix(*rows: tuple[float, ...]) -> Matrix:
    return np.array(rows, dtype=np.float64)


_FOUR = ("Tom", "saw", "a", "cat")
_NUMBERED = ("1", "2", "3", "4")

EXAMPLES: tuple[Example, ...] = (
    Example(
        slug="sentence",
        title=N_("Mia gave Tom her ball"),
        note=N_(
            "“her” asks for a girl and finds Mia; each token's value says what kind of word it is."
        ),
        tokens=("Mia", "gave", "Tom", "her", "ball"),
        columns=(N_("girl"), N_("boy"), N_("action"), N_("thing")),
        q=_matrix((0, 0, 0, 1), (2, 1, 0, 0), (0, 0, 1, 0), (2, -1, 0, 0), (0, 0, 2, 0)),
        k=_matrix((3, 0, 0, 0), (0, 0, 3, 0), (0, 3, 0, 0), (0, 0, 1, 0), (0, 0, 0, 3)),
        v=_matrix((1, 0, 0, 0), (0, 0, 1, 0), (0, 1, 0, 0), (0.5, 0, 0, 0), (0, 0, 0, 1)),
    ),
    Example(
        slug="previous",
        title=N_("Look at the previous token"),
        note=N_("Keys say “I am number i”, queries ask for the number before."),
        tokens=_FOUR,
        columns=_NUMBERED,
        q=3 * np.eye(4, k=-1),
        k=3 * np.eye(4),
        v=np.eye(4),
    ),
    Example(
        slug="itself",
        title=N_("Look at itself"),
        note=N_("Each query is the token's own key, and no two keys have anything in common."),
        tokens=_FOUR,
        columns=_NUMBERED,
        q=3 * np.eye(4),
        k=3 * np.eye(4),
        v=np.eye(4),
    ),
    Example(
        slug="uniform",
        title=N_("Look at everything alike"),
        note=N_("Queries of zeros score every key 0, so each visible key gets an equal share."),
        tokens=_FOUR,
        columns=_NUMBERED,
        q=np.zeros((4, 4)),
        k=3 * np.eye(4),
        v=np.eye(4),
    ),
    Example(
        slug="two_tokens",
        title=N_("Corrected: two tokens"),
        note=N_(
            "An article's example whose shapes did not fit, made to fit: one number for each token."
        ),
        tokens=("x₁", "x₂"),
        columns=("1",),
        q=_matrix((1,), (1,)),
        k=_matrix((1,), (0,)),
        v=_matrix((0,), (1,)),
        causal=False,
    ),
    Example(
        slug="four_scores",
        title=N_("Corrected: scores 1, 0.1, 0.1, 0.1"),
        note=N_("An article prints four weights of 0.2 here. Look at the first row after softmax."),
        tokens=("x₁", "x₂", "x₃", "x₄"),
        columns=("1",),
        q=np.ones((4, 1)),
        k=_matrix((1,), (0.1,), (0.1,), (0.1,)),
        v=_matrix((1,), (0,), (0,), (0,)),
        causal=False,
    ),
)
"""What the bench can be set to, the lesson's own sentence first."""

_TWO = example("two_tokens")
_FOUR_SCORES = example("four_scores")
_HEADS = ((0.2, 0.2, 0.2, 0.2), (0.1, 0.3, 0.1, 0.5))

PRINTED: tuple[Printed, ...] = (
    Printed(
        slug="two_tokens",
        title=N_("two tokens"),
        claim=N_("Two tokens with the scores (1, 0): the weights are printed as (1, 1)."),
        printed=(1.0, 1.0),
        computed=tuple(map(float, softmax((_TWO.q @ _TWO.k.T)[0]))),
        verdict=N_(
            "Printed weights add up to {printed:.2f}: not shares at all. The formula gives weights that "
            "add up to {computed:.2f}."
        ),
    ),
    Printed(
        slug="four_scores",
        title=N_("four scores"),
        claim=N_("Softmax of (1, 0.1, 0.1, 0.1) is printed as (0.2, 0.2, 0.2, 0.2)."),
        printed=(0.2, 0.2, 0.2, 0.2),
        computed=tuple(map(float, softmax((_FOUR_SCORES.q @ _FOUR_SCORES.k.T)[0]))),
        verdict=N_(
            "Printed weights add up to {printed:.2f}, and unequal scores cannot give equal weights. The "
            "formula's add up to {computed:.2f}."
        ),
    ),
    Printed(
        slug="two_heads",
        title=N_("two heads"),
        claim=N_(
            "“Concatenating” the heads (0.2, 0.2, 0.2, 0.2) and (0.1, 0.3, 0.1, 0.5) is printed as a sum "
            "of four numbers."
        ),
        printed=tuple(map(float, np.add(*_HEADS))),
        computed=tuple(map(float, np.concatenate(_HEADS))),
        verdict=N_(
            "To concatenate is to put side by side: 4 + 4 numbers are {count}, not 4. Adding would mix the "
            "two heads so that nobody could tell them apart again."
        ),
        adds_up=False,
    ),
)
"""Mistakes found in popular articles on attention."""
