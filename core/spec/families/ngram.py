"""N-grams: which options there are, and what there is to say about them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar, Literal

from pydantic import Field

from core.spec.family import FamilySpec, Shipped
from core.spec.limits import LONGEST_CONTEXT
from core.spec.recipe import RecipeSpec
from core.wording import N_, Phrase

Smoothing = Literal[
    "mle",
    "add_k",
    "jelinek_mercer",
    "witten_bell",
    "absolute",
    "kneser_ney",
    "katz",
    "stupid_backoff",
]


class NGramSpec(FamilySpec):
    """The next token from counts of what followed the last ``order`` - 1 tokens."""

    family: Literal["ngram"] = "ngram"
    order: int = Field(default=3, ge=1, le=8)
    smoothing: Smoothing = "kneser_ney"
    k: float = Field(default=0.1, gt=0, le=10)
    """Of add-k."""
    discount: float | None = Field(default=0.75, gt=0, lt=1)
    """Of absolute discounting and Kneser–Ney; None: estimated from the counts of each order."""
    backoff: float = Field(default=0.4, gt=0, le=1)
    """Of stupid back-off."""
    interpolation: float | None = Field(default=0.5, gt=0, lt=1)
    """Jelinek–Mercer's weight of the longer context, at each order; None: estimated for each."""
    cutoff: int = Field(default=5, ge=2, le=10)
    """Katz discounts counts up to it."""

    place: ClassVar[int] = 1
    descends: ClassVar[bool] = False
    later_options: ClassVar[Mapping[str, object]] = MappingProxyType(
        {"interpolation": 0.5, "cutoff": 5}
    )

    def parameters(self, vocabulary: int) -> int:
        """0: it has counts instead."""
        return 0

    def in_words(self) -> tuple[Phrase, ...]:
        return Phrase(N_("N-gram")), Phrase(N_("order {n}"), {"n": self.order})

    def training_window(self, recipe: RecipeSpec) -> int:
        """It counts the text as one stream, whatever the recipe says of windows."""
        return LONGEST_CONTEXT

    @classmethod
    def shipped(cls) -> Shipped:
        return Shipped(
            "ngram",
            cls(order=3),
            title=N_("N-gram: it counts"),
            idea=N_("Which token followed these few tokens most often?"),
        )


FAMILY = NGramSpec
