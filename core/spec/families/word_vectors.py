"""Vectors of words: which options there are, and what there is to say about them."""

from __future__ import annotations

import math
from typing import ClassVar, Literal

from pydantic import Field

from core.spec.family import FamilySpec, Shipped
from core.spec.knobs import Choice, Knob, Range
from core.spec.recipe import RecipeSpec
from core.spec.text import TokenizerSpec
from core.wording import N_, Phrase


class WordVectorsSpec(FamilySpec):
    """Two vectors for each word, learned by telling the words that stand near it from others.

    Skip-gram: from the word in the middle each word near it (Mikolov et al. 2013a, section 3.2). CBOW:
    from the mean of the words near it the one in the middle (section 3.1). Both with ``negatives`` drawn
    words for each true one (Mikolov et al. 2013b, section 2.2). No language model: it says of two words
    whether they go together, and not which comes next.
    """

    family: Literal["word_vectors"] = "word_vectors"
    objective: Literal["skipgram", "cbow"] = "skipgram"
    dimension: int = Field(default=32, ge=2, le=300)
    window: int = Field(default=4, ge=1, le=10)
    """Words to each side that may count as near."""
    negatives: int = Field(default=5, ge=1, le=20)
    shrink: bool = True
    """Whether the window of each word is drawn anew between 1 and ``window``, so that nearer words
    count more often."""
    subsample: float = Field(default=0.0, ge=0, le=1)
    """Words whose share of the text is above it are passed over now and then (Mikolov et al. 2013b,
    section 2.3); 0: never."""
    passage: int = Field(default=64, ge=8, le=256)
    """Words that are read in one piece; each of them is once the word in the middle."""

    place: ClassVar[int] = 5
    language_model: ClassVar[bool] = False
    tokenizers: ClassVar[tuple[str, ...]] = ("bare", "words", "characters", "bpe")
    snapshot_arrays: ClassVar[tuple[str, ...]] = ("vectors",)
    knobs: ClassVar[tuple[Knob, ...]] = (
        Choice(
            "objective",
            N_("What is guessed"),
            ("skipgram", "cbow"),
            {
                "skipgram": N_("skip-gram: the words nearby"),
                "cbow": N_("CBOW: the word in the middle"),
            },
        ),
        Choice("dimension", N_("Numbers in each vector"), (2, 4, 8, 16, 32, 64, 128)),
        Range("window", N_("Words looked at on each side"), 1, 10),
        Range("negatives", N_("Drawn words for each true one"), 1, 20),
    )

    def parameters(self, vocabulary: int) -> int:
        """2·V·d: a vector for each word in the middle and one for each word near another."""
        return 2 * vocabulary * self.dimension

    def in_words(self) -> tuple[Phrase, ...]:
        return (
            Phrase("skip-gram" if self.objective == "skipgram" else "CBOW"),
            Phrase(N_("{n} numbers a word"), {"n": self.dimension}),
            Phrase(N_("window {n}"), {"n": self.window}),
        )

    def longest_window(self) -> int:
        return self.passage

    def guessing(self) -> float:
        """The loss in nats of a model that holds every pair for as likely true as drawn: where it begins."""
        return (1 + self.negatives) * math.log(2)

    @classmethod
    def shipped(cls) -> Shipped:
        return Shipped(
            "word_vectors",
            cls(),
            title=N_("Words as vectors: it places them"),
            idea=N_("Words that keep like company come to lie together."),
            recipe=RecipeSpec(steps=1000, batch=32, learning_rate=0.05, warmup=0, weight_decay=0.0),
            tokenizer=TokenizerSpec(kind="bare", vocabulary=1000),
        )


FAMILY = WordVectorsSpec
