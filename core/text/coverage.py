"""How much of a text a vocabulary knows, and a loss by which vocabularies of different sizes compare."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass

import numpy as np

from core.text.pieces import UNKNOWN_ID
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


def unknown_pieces(tokenizer: Tokenizer, text: str) -> tuple[str, ...]:
    """What the tokenizer has no token for, each once, the most frequent first; equally frequent ones in their
    order."""
    if tokenizer.lossless:
        return ()
    spans = tokenizer.spans(text)
    unknown = np.flatnonzero(tokenizer.encode(text) == UNKNOWN_ID).tolist()
    counts = Counter(text[slice(*spans[at])].strip() for at in unknown)
    return tuple(piece for piece, _count in counts.most_common() if piece)


def coverage(
    tokenizer: Tokenizer, text: str, *, first: int = 0, most: int | None = None
) -> Coverage:
    """Count what the tokenizer knows of a text: of all tokens, or of at most ``most`` from ``first`` on."""
    last = None if most is None else first + most
    tokens, spans = tokenizer.encode(text)[first:last], tokenizer.spans(text)[first:last]
    text = text[spans[0][0] : spans[-1][1]] if spans else ""
    lengths = [end - start for start, end in spans]
    unknown = [] if tokenizer.lossless else np.flatnonzero(tokens == UNKNOWN_ID).tolist()
    return Coverage(
        tokens=len(tokens),
        unknown=len(unknown),
        characters=len(text),
        hidden=sum(lengths[at] for at in unknown),
        kinds=len(set(text)),
    )
