"""How much of a text a vocabulary knows, and a loss by which vocabularies of different sizes compare."""

from __future__ import annotations

import math
from dataclasses import dataclass

from core.text.tokenizers import Tokenizer


@dataclass(frozen=True)
class Coverage:
    """Of a text: its tokens, how many of them are unknown, its characters, how many of them stand in unknown
    tokens, and how many different ones there are."""

    tokens: int
    unknown: int
    characters: int
    hidden: int
    kinds: int

    @property
    def share(self) -> float:
        """The share of tokens that are unknown."""
        return self.unknown / self.tokens if self.tokens else 0.0

    def nats_per_character(self, loss: float) -> float:
        """From a loss in nats per token. "Unknown" says nothing of the letters that it stands for, so each of
        these, and the end of the word, costs what blind guessing among all kinds does: a vocabulary that
        knows less cannot seem to predict better.
        """
        spelled = (self.hidden + self.unknown) * math.log(self.kinds + 1)
        return (loss * self.tokens + spelled) / self.characters if self.characters else math.nan


def coverage(tokenizer: Tokenizer, text: str) -> Coverage:
    """Count what the tokenizer knows of a text."""
    tokens = tokenizer.encode(text)
    lengths = [end - start for start, end in tokenizer.spans(text)]
    unknown = [] if tokenizer.lossless else [at for at, token in enumerate(tokens) if token == 0]
    return Coverage(
        tokens=len(tokens),
        unknown=len(unknown),
        characters=len(text),
        hidden=sum(lengths[at] for at in unknown),
        kinds=len(set(text)),
    )
