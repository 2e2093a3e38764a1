"""Recurrent networks: which options there are, and what there is to say about them."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from core.spec.family import FamilySpec, Shipped
from core.spec.knobs import Choice, Knob, Range
from core.spec.limits import LONGEST_CONTEXT
from core.spec.recipe import RecipeSpec
from core.wording import N_, Phrase


class RecurrentSpec(FamilySpec):
    """An RNN or an LSTM that carries its state from token to token."""

    family: Literal["recurrent"] = "recurrent"
    cell: Literal["rnn", "lstm"] = "lstm"
    layers: int = Field(default=1, ge=1, le=4)
    width: int = Field(default=128, ge=4, le=512)
    context: int = Field(default=64, ge=2, le=LONGEST_CONTEXT)
    dropout: float = Field(default=0.0, ge=0, lt=1)

    place: ClassVar[int] = 2
    knobs: ClassVar[tuple[Knob, ...]] = (
        Choice("cell", N_("Cell"), ("lstm", "rnn"), {"lstm": "LSTM", "rnn": "RNN"}),
        Range("layers", N_("Layers"), 1, 2),
        Choice("width", N_("Width d of the model"), (32, 64, 96, 128, 192)),
    )

    def parameters(self, vocabulary: int) -> int:
        """With width d and V tokens: table V·d, each layer g·(2d² + 2d) with g = 4 gates for the
        LSTM and 1 for the RNN, output d·V + V."""
        d = self.width
        gates = 4 if self.cell == "lstm" else 1
        return (
            vocabulary * d + self.layers * gates * (2 * d * d + 2 * d) + d * vocabulary + vocabulary
        )

    def in_words(self) -> tuple[Phrase, ...]:
        return Phrase(self.cell.upper()), Phrase(N_("width {d}"), {"d": self.width})

    def longest_window(self) -> int:
        return self.context

    def depth(self) -> int:
        return self.layers

    @classmethod
    def shipped(cls) -> Shipped:
        return Shipped(
            "lstm",
            cls(cell="lstm", layers=1, width=128, context=64),
            title=N_("LSTM: it remembers"),
            idea=N_("It reads token by token and keeps a memory."),
            recipe=RecipeSpec(steps=700, batch=16, learning_rate=8e-3, unknown=0.01),
        )


FAMILY = RecurrentSpec
