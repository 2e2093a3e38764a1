"""Classifiers of texts: which options there are, and what there is to say about them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar, Literal

from pydantic import Field

from core.spec.families.recurrent import SUMS
from core.spec.family import FamilySpec
from core.spec.knobs import Choice, Knob
from core.spec.limits import LONGEST_CONTEXT
from core.wording import N_, Phrase

Reader = Literal["bag", "rnn", "lstm", "gru"]
READERS: Mapping[Reader, str] = MappingProxyType(
    {"bag": N_("bag of words"), "rnn": "RNN", "lstm": "LSTM", "gru": "GRU"}
)


class ClassifierSpec(FamilySpec):
    """Says which of a few labels a passage has, after reading it once.

    A ``bag`` of words adds a number for each token and label, whatever the order (logistic regression);
    the others carry a state, and the label is read off the last one. ``labels``: how many there are.
    ``context``: the most tokens that are read of a passage.
    """

    family: Literal["classifier"] = "classifier"
    reader: Reader = "lstm"
    width: int = Field(default=32, ge=4, le=512)
    labels: int = Field(default=2, ge=2, le=20)
    context: int = Field(default=48, ge=2, le=LONGEST_CONTEXT)
    dropout: float = Field(default=0.0, ge=0, lt=1)

    place: ClassVar[int] = 20
    language_model: ClassVar[bool] = False
    knobs: ClassVar[tuple[Knob, ...]] = (
        Choice("reader", N_("What reads"), tuple(READERS), dict(READERS.items())),
        Choice("width", N_("Width d of the model"), (16, 32, 64, 128)),
    )

    def parameters(self, vocabulary: int) -> int:
        """With V tokens and k labels: a bag V·k + k; another, of width d, its table V·d, its layer
        g·(2d² + 2d) with g sums a unit, and k·d + k from the state to the labels."""
        d, k = self.width, self.labels
        if self.reader == "bag":
            return vocabulary * k + k
        return vocabulary * d + SUMS[self.reader] * (2 * d * d + 2 * d) + k * d + k

    def in_words(self) -> tuple[Phrase, ...]:
        named = Phrase(READERS[self.reader])
        judge = Phrase(N_("classifier"))
        if self.reader == "bag":
            return judge, named
        return judge, named, Phrase(N_("width {d}"), {"d": self.width})

    def longest_window(self) -> int:
        return self.context


FAMILY = ClassifierSpec
