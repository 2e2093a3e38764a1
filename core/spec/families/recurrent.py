"""Recurrent networks: which options there are, and what there is to say about them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar, Literal

from pydantic import Field

from core.spec.family import FamilySpec, Shipped
from core.spec.knobs import Choice, Knob, Range
from core.spec.limits import LONGEST_CONTEXT
from core.spec.recipe import RecipeSpec
from core.wording import N_, Phrase

Cell = Literal["rnn", "lstm", "gru"]

SUMS: Mapping[Cell, int] = MappingProxyType({"rnn": 1, "gru": 3, "lstm": 4})
"""How many sums of word and state each unit makes at a token."""


class RecurrentSpec(FamilySpec):
    """An RNN, an LSTM or a GRU that carries its state from token to token.

    ``forget_bias`` is where the bias of an LSTM's forget gates begins; other cells have none.
    ``cut``: in training no gradient passes back beyond a multiple of so many tokens of the window.
    """

    family: Literal["recurrent"] = "recurrent"
    cell: Cell = "lstm"
    layers: int = Field(default=1, ge=1, le=4)
    width: int = Field(default=128, ge=4, le=512)
    context: int = Field(default=64, ge=2, le=LONGEST_CONTEXT)
    dropout: float = Field(default=0.0, ge=0, lt=1)
    forget_bias: float = Field(default=1.0, ge=-10, le=10)
    cut: int | None = Field(default=None, ge=1, le=LONGEST_CONTEXT)

    place: ClassVar[int] = 2
    knobs: ClassVar[tuple[Knob, ...]] = (
        Choice(
            "cell",
            N_("Cell"),
            ("lstm", "gru", "rnn"),
            {"lstm": "LSTM", "gru": "GRU", "rnn": "RNN"},
        ),
        Range("layers", N_("Layers"), 1, 2),
        Choice("width", N_("Width d of the model"), (32, 64, 96, 128, 192)),
    )
    later_options: ClassVar[Mapping[str, object]] = MappingProxyType(
        {"forget_bias": 1.0, "cut": None}
    )

    def parameters(self, vocabulary: int) -> int:
        """With width d and V tokens: table V·d, each layer g·(2d² + 2d) with g = 4 for the LSTM, 3
        for the GRU and 1 for the RNN, output d·V + V."""
        d = self.width
        layer = SUMS[self.cell] * (2 * d * d + 2 * d)
        return vocabulary * d + self.layers * layer + d * vocabulary + vocabulary

    def in_words(self) -> tuple[Phrase, ...]:
        words = [Phrase(self.cell.upper()), Phrase(N_("width {d}"), {"d": self.width})]
        if self.cell == "lstm" and self.forget_bias != 1:
            words.append(Phrase(N_("forget bias {b}"), {"b": f"{self.forget_bias:g}"}))
        if self.cut is not None:
            words.append(Phrase(N_("gradient cut every {k} tokens"), {"k": self.cut}))
        return tuple(words)

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
