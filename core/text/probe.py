"""The fixed sentence whose attention is drawn while a model trains. No torch."""

from __future__ import annotations

from dataclasses import dataclass

from core.protocol import Tokens
from core.text.corpora import Corpus
from core.text.tokenizers import Tokenizer

LONGEST = 20
"""Tokens: as many as a head map can show with its numbers."""
PROMPT_TOKENS = 4
"""A sample of what a model writes begins with so many of the probe's tokens."""


@dataclass(frozen=True, eq=False)
class Probe:
    """The first tokens [t] of a held-out passage; ``start`` is where it begins in the corpus."""

    start: int
    tokens: Tokens
    shown: tuple[str, ...]


def choose_probe(corpus: Corpus, validation: str, tokenizer: Tokenizer, context: int) -> Probe:
    """The first held-out story with a pronoun, and what it stands for, among its first tokens;
    where the corpus knows of no pronoun, the beginning of the validation text.

    At most LONGEST tokens, and no more than the model's context. The validation text ends the corpus.
    """
    longest = min(LONGEST, context)
    held_out = len(corpus.text) - len(validation)
    for link in corpus.links:
        if link.kind != "pronoun" or link.source[0] < held_out:
            continue
        start = max(held_out, _story_start(corpus.text, link.source[0]))
        if link.target[0] >= start:
            story = corpus.text[start : link.source[1]]
            if len(tokenizer.encode(story)) <= longest:
                return _probe(corpus.text, start, tokenizer, longest)
    return _probe(corpus.text, held_out, tokenizer, longest)


def _story_start(text: str, place: int) -> int:
    gap = text.rfind("\n\n", 0, place)
    return 0 if gap < 0 else gap + 2


def _probe(text: str, start: int, tokenizer: Tokenizer, longest: int) -> Probe:
    # Enough characters for the longest probe: all that follows could be a megabyte.
    beginning = text[start : start + 60 * longest].lstrip("\n").split("\n\n")[0]
    tokens = tokenizer.encode(beginning)[:longest]
    return Probe(start, tokens, tuple(tokenizer.show(int(token)) for token in tokens))
