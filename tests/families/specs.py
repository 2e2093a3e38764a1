"""Two families that exist in these tests only: what each is, without torch."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar, Literal

from pydantic import Field

from core.spec.family import FamilySpec, Shipped
from core.spec.knobs import Choice, Knob, Range
from core.spec.recipe import RecipeSpec
from core.wording import Phrase


class UnigramSpec(FamilySpec):
    """A language model that knows how common each token is and looks at nothing else."""

    family: Literal["unigram"] = "unigram"
    context: int = Field(default=8, ge=2, le=64)
    sharpness: int = Field(default=1, ge=1, le=4)
    begins: Literal["flat", "rough"] = "flat"
    shift: float = 0.0

    place: ClassVar[int] = 9
    snapshot_arrays: ClassVar[tuple[str, ...]] = ("frequencies",)
    knobs: ClassVar[tuple[Knob, ...]] = (
        Range("sharpness", "Sharpness", 1, 4),
        Choice("begins", "It begins", ("flat", "rough"), {"rough": "at random"}),
    )
    later_options: ClassVar[Mapping[str, object]] = MappingProxyType({"shift": 0.0})

    def parameters(self, vocabulary: int) -> int:
        return vocabulary

    def in_words(self) -> tuple[Phrase, ...]:
        return Phrase("Unigram"), Phrase("sharpness {n}", {"n": self.sharpness})

    def longest_window(self) -> int:
        return self.context

    @classmethod
    def shipped(cls) -> Shipped:
        return Shipped("unigram", cls(), "Unigram: it guesses", "The commonest token, always.")


class PairsSpec(FamilySpec):
    """Vectors of tokens that stand beside each other: no language model, no context, no sample."""

    family: Literal["pairs"] = "pairs"
    width: int = Field(default=4, ge=1, le=16)

    language_model: ClassVar[bool] = False
    snapshot_arrays: ClassVar[tuple[str, ...]] = ("vectors", "lengths")

    def parameters(self, vocabulary: int) -> int:
        return vocabulary * self.width

    def in_words(self) -> tuple[Phrase, ...]:
        return (Phrase("Pairs"),)

    def tokens_a_step(self, recipe: RecipeSpec) -> int:
        return 2 * recipe.batch
