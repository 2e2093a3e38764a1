"""*Picture book*: what things are like, said of one thing after another, in words of the *Tiny tales*.

    The kites are light and fast. The cat beside the gate is sleepy. The dogs are brown.

No word of it is new to a model of the tales, but nobody does anything, nothing is past and no story is
told: what such a model must change is its habits, not its vocabulary. Words are from ``lexicon.py``.
"""

from __future__ import annotations

from itertools import chain

import numpy as np

from core.text.corpus import Corpus
from core.text.lexicon import ANIMALS, SPOTS, THING_GROUPS, WORDS, Noun
from core.text.story_writer import STORY_BREAK, StoryWriter

_NOUNS: tuple[Noun, ...] = (*ANIMALS, *chain.from_iterable(THING_GROUPS))
_SENTENCES = 4
"""On each page of the book."""


def picture_book(pages: int, seed: int) -> Corpus:
    """``pages`` pages, a blank line between two; the same seed begins the same way."""
    writer = StoryWriter(np.random.default_rng(seed))
    for page in range(pages):
        if page:
            writer.write(STORY_BREAK)
        writer.write(" ".join(_sentence(writer) for _ in range(_SENTENCES)))
    writer.write("\n")
    return writer.corpus()


def _sentence(writer: StoryWriter) -> str:
    noun, plural = writer.choose(_NOUNS), writer.chance(0.5)
    where = f" {_place(writer)}" if writer.chance(0.4) else ""
    like = writer.choose(noun.adjectives)
    others = [word for word in noun.adjectives if word != like]
    more = f" and {writer.choose(others)}" if others and writer.chance(0.5) else ""
    word = noun.plural if plural else noun.singular
    return f"The {word}{where} {'are' if plural else 'is'} {like}{more}."


def _place(writer: StoryWriter) -> str:
    spot, plural = writer.choose(SPOTS), writer.chance(0.5)
    return f"{writer.choose(WORDS['near'])} the {spot.plural if plural else spot.singular}"
