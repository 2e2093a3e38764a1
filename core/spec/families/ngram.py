"""N-grams: which options there are, and what there is to say about them."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from core.spec.family import FamilySpec, Shipped
from core.spec.limits import LONGEST_CONTEXT
from core.spec.recipe import RecipeSpec
from core.wording import N_, Phrase


class NGramSpec(FamilySpec):
    """The next token from counts of what followed the last ``order`` - 1 tokens."""

    family: Literal["ngram"] = "ngram"
    order: int = Field(default=3, ge=1, le=8)
    smoothing: Literal["mle", "add_k", "kneser_ney", "stupid_backoff"] = "kneser_ney"
    k: float = Field(default=0.1, gt=0, le=10)
    discount: float = Field(default=0.75, gt=0, lt=1)
    backoff: float = Field(default=0.4, gt=0, le=1)

    place: ClassVar[int] = 1
    descends: ClassVar[bool] = False

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
