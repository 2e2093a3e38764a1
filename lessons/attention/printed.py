"""Mistakes found in popular articles on attention: what was printed, what is true, where the slip is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.wording import N_
from core.worked.stages import StageName
from lessons.attention.presets import softmax


@dataclass(frozen=True)
class Product:
    """A matrix product as an article would need it: ``name`` in LaTeX, the shapes of its factors."""

    name: str
    left: tuple[int, int]
    right: tuple[int, int]

    @property
    def fits(self) -> bool:
        return self.left[1] == self.right[0]


@dataclass(frozen=True)
class Printed:
    """A row of numbers as printed in an article, beside what the formula gives.

    ``adds_up`` says whether it is a row of weights, which must add up to 1. ``slip`` says in a
    sentence where the article goes wrong: at the cell ``slip_row``, ``slip_column`` of ``slip_stage``
    in the trace of the example ``repaired``, or in the shapes of its ``products``.
    """

    slug: str
    title: str
    claim: str
    printed: tuple[float, ...]
    computed: tuple[float, ...]
    verdict: str
    adds_up: bool = True
    slip: str = ""
    slip_stage: StageName | None = None
    slip_row: int = 0
    slip_column: int = 0
    products: tuple[Product, ...] = ()
    repaired: str = ""


@dataclass(frozen=True)
class Written:
    """A wrong statement without numbers: what is claimed, what is true, where the slip is."""

    slug: str
    title: str
    claim: str
    truth: str
    slip: str


_HEADS = ((0.2, 0.2, 0.2, 0.2), (0.1, 0.3, 0.1, 0.5))

PRINTED: tuple[Printed, ...] = (
    Printed(
        slug="two_tokens",
        title=N_("two tokens"),
        claim=N_("Two tokens with the scores (1, 0): the weights are printed as (1, 1)."),
        printed=(1.0, 1.0),
        computed=tuple(map(float, softmax((1, 0)))),
        verdict=N_(
            "Printed weights add up to {printed:.2f}: not shares at all. The formula gives weights that "
            "add up to {computed:.2f}."
        ),
        slip=N_(
            "X has two rows, but q = (1, 1), k = (1, 0) and v = (0, 1) are one row each: one query and "
            "one key make one score, and softmax of a single score is (1). Two weights times one row "
            "of values is a 1 × 2 matrix times a 1 × 2 matrix, which does not fit; the printed output "
            "(0, 1) is v itself. Read as columns of the projections, the numbers fit: each token then "
            "has one number in q, k and v, and the output is 0.27 for both."
        ),
        slip_stage="softmax",
        slip_column=1,
        products=(
            Product(r"q\,k^\top", (1, 2), (2, 1)),
            Product(r"A\,v", (1, 2), (1, 2)),
        ),
        repaired="two_tokens",
    ),
    Printed(
        slug="four_scores",
        title=N_("four scores"),
        claim=N_("Softmax of (1, 0.1, 0.1, 0.1) is printed as (0.2, 0.2, 0.2, 0.2)."),
        printed=(0.2, 0.2, 0.2, 0.2),
        computed=tuple(map(float, softmax((1, 0.1, 0.1, 0.1)))),
        verdict=N_(
            "Printed weights add up to {printed:.2f}, and unequal scores cannot give equal weights. The "
            "formula's add up to {computed:.2f}."
        ),
        slip=N_(
            "The slip is in the division: each exponential must be divided by the sum of its own row. "
            "The first score is the largest, so its weight must be the largest, 0.45; the other three "
            "are 0.18 each."
        ),
        slip_stage="softmax",
        repaired="four_scores",
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
        slip=N_(
            "The slip is in the shape: two heads of width 4 side by side are 8 wide. The "
            "matrix that mixes them, W_O, has 8 rows for them, and a sum of width 4 would not fit it."
        ),
        products=(
            Product(r"[\,h_0\;h_1\,]\,W_O", (1, 8), (8, 4)),
            Product(r"(h_0 + h_1)\,W_O", (1, 4), (8, 4)),
        ),
    ),
)
"""Mistakes with numbers."""

WRITTEN: tuple[Written, ...] = (
    Written(
        slug="heads_multiplied",
        title=N_("heads, multiplied"),
        claim=N_(
            "Multi-head attention is written as one attention times another, number by number (⊙)."
        ),
        truth=N_(
            "Heads are put side by side and then multiplied by one matrix: Concat(head₀, …, headₕ₋₁) W_O."
        ),
        slip=N_(
            "Multiplying number by number would keep only what both heads found. Side by side, W_O can "
            "weigh each number of each head for itself."
        ),
    ),
    Written(
        slug="layer_without_mlp",
        title=N_("a layer of two attentions"),
        claim=N_("A Transformer layer is written as two attentions, one after the other."),
        truth=N_(
            "A layer is attention and then an MLP, a small network that works on each token alone. (A "
            "later lesson builds it.)"
        ),
        slip=N_(
            "The MLP is missing, and it holds about two thirds of all numbers that the layer learns. (A "
            "model that looks into a second text, such as one to translate, does have two attentions, and "
            "an MLP after them.)"
        ),
    ),
)
"""Mistakes in formulas."""
