"""Matrices chosen by hand, so that attention can be followed on paper.

Matrices are [t e]: a row for each token. The bench takes at most MOST_TOKENS tokens and MOST_COLUMNS
columns, and so have all examples.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.wording import N_
from lessons.attention.presets import (
    Matrix,
    attend_itself,
    attend_previous,
    attend_uniformly,
    random_inputs,
    random_matrices,
    softmax,
)
from lessons.attention.printed import PRINTED, WRITTEN, Printed, Product, Written

__all__ = [
    "EXAMPLES",
    "MOST_COLUMNS",
    "MOST_TOKENS",
    "PRINTED",
    "WRITTEN",
    "Example",
    "Matrix",
    "Printed",
    "Product",
    "Written",
    "attend_itself",
    "attend_previous",
    "attend_uniformly",
    "example",
    "random_inputs",
    "random_matrices",
    "resized",
    "softmax",
]

MOST_TOKENS = 32
MOST_COLUMNS = 8


@dataclass(frozen=True, eq=False)
class Example:
    """``q``, ``k``, ``v`` [t e]; ``columns`` names the e numbers; ``note`` says what to look for.

    Where the example begins with its tokens' vectors ``x`` [t d] (``features`` names the d numbers)
    and projections ``w_q``, ``w_k``, ``w_v`` [d e], the three are x times each of them.
    """

    slug: str
    title: str
    note: str
    tokens: tuple[str, ...]
    columns: tuple[str, ...]
    q: Matrix
    k: Matrix
    v: Matrix
    causal: bool = True
    features: tuple[str, ...] = ()
    x: Matrix | None = None
    w_q: Matrix | None = None
    w_k: Matrix | None = None
    w_v: Matrix | None = None


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


def _projected(
    *,
    x: Matrix,
    w_q: Matrix,
    w_k: Matrix,
    w_v: Matrix,
    slug: str,
    title: str,
    note: str,
    tokens: tuple[str, ...],
    columns: tuple[str, ...],
    features: tuple[str, ...],
    causal: bool = True,
) -> Example:
    """An example whose queries, keys and values are x times its projections."""
    return Example(
        slug,
        title,
        note,
        tokens,
        columns,
        x @ w_q,
        x @ w_k,
        x @ w_v,
        causal,
        features,
        x,
        w_q,
        w_k,
        w_v,
    )


def _pointing(slug: str, title: str, note: str, matrices: tuple[Matrix, Matrix, Matrix]) -> Example:
    return Example(slug, title, note, ("Tom", "saw", "a", "cat"), ("1", "2", "3", "4"), *matrices)


EXAMPLES: tuple[Example, ...] = (
    _projected(
        slug="sentence",
        title=N_("Mia gave Tom her ball"),
        note=N_(
            "“her” asks for a girl and finds Mia; each token's value says what kind of word it is."
        ),
        tokens=("Mia", "gave", "Tom", "her", "ball"),
        columns=(N_("girl"), N_("boy"), N_("action"), N_("thing")),
        features=(N_("girl"), N_("boy"), N_("action"), N_("thing"), N_("points back")),
        x=_matrix(
            (1, 0, 0, 0, 0), (0, 0, 1, 0, 0), (0, 1, 0, 0, 0), (1, 0, 0, 0, 1), (0, 0, 0, 1, 0)
        ),
        w_q=_matrix((0, 0, 0, 1), (0, 0, 1, 0), (2, 1, 0, 0), (0, 0, 2, 0), (2, -1, 0, -1)),
        w_k=_matrix((3, 0, 0, 0), (0, 3, 0, 0), (0, 0, 3, 0), (0, 0, 0, 3), (-3, 0, 1, 0)),
        w_v=_matrix((1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1), (-0.5, 0, 0, 0)),
    ),
    _pointing(
        "previous",
        N_("Look at the previous token"),
        N_("Keys say “I am number i”, queries ask for the number before."),
        attend_previous(4, 4),
    ),
    _pointing(
        "itself",
        N_("Look at itself"),
        N_("Each query is the token's own key, and no two keys have anything in common."),
        attend_itself(4, 4),
    ),
    _pointing(
        "uniform",
        N_("Look at everything alike"),
        N_("Queries of zeros score every key 0, so each visible key gets an equal share."),
        attend_uniformly(4, 4),
    ),
    _projected(
        slug="two_tokens",
        title=N_("Corrected: two tokens"),
        note=N_(
            "An article's example whose shapes did not fit, made to fit: one number for each token."
        ),
        tokens=("x₁", "x₂"),
        columns=("1",),
        features=("1", "2"),
        x=np.eye(2),
        w_q=_matrix((1,), (1,)),
        w_k=_matrix((1,), (0,)),
        w_v=_matrix((0,), (1,)),
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
