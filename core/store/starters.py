"""The runs that ship with the course: one of each family, on the same text. No torch."""

from __future__ import annotations

from dataclasses import dataclass

from core.spec.run import (
    CorpusSpec,
    GPTSpec,
    NGramSpec,
    RecipeSpec,
    RecurrentSpec,
    RunSpec,
    TokenizerSpec,
)

_TALES = CorpusSpec(name="tales", size=2000, seed=7)
_WORDS = TokenizerSpec(kind="words", vocabulary=1000)


@dataclass(frozen=True)
class Starter:
    """A shipped run under the name that pages know it by."""

    slug: str
    spec: RunSpec


STARTERS: tuple[Starter, ...] = (
    Starter("ngram", RunSpec(corpus=_TALES, tokenizer=_WORDS, model=NGramSpec(order=3))),
    Starter(
        "lstm",
        RunSpec(
            corpus=_TALES,
            tokenizer=_WORDS,
            model=RecurrentSpec(cell="lstm", layers=1, width=128, context=64),
            recipe=RecipeSpec(steps=700, batch=16, learning_rate=8e-3),
        ),
    ),
    Starter(
        "gpt",
        RunSpec(
            corpus=_TALES,
            tokenizer=_WORDS,
            model=GPTSpec(layers=2, heads=4, width=80, context=64),
            recipe=RecipeSpec(steps=900, batch=16, learning_rate=1e-2, weight_decay=0.05),
        ),
    ),
)
