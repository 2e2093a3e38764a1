"""Writing stories from templates while noting where everything stands.

A template is a sentence with slots, ``"{hero} lost {hero.his} {thing}."``. A language
(``tales.py``, ``tales_zh.py``) says what each slot writes; the writer keeps the character spans,
so that every gold link is exact by construction.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Protocol, TypeVar

import numpy as np

from core.text.corpus import Corpus, Link, LinkKind, Span

Item = TypeVar("Item")

STORY_BREAK = "\n\n"

Plot = tuple[tuple[str, ...], ...]
"""A row of sentences, each sentence a choice of templates."""


class Cast(Protocol):
    """Who and what one story is about, in one language."""

    def fill(self, slot: str) -> None:
        """Write one slot of a template."""


def write_stories(
    stories: int, seed: int, plots: Sequence[Plot], cast_of: Callable[[StoryWriter], Cast]
) -> Corpus:
    """``stories`` small stories, a blank line between two; the same seed begins the same way.

    ``cast_of`` draws the cast of one story.
    """
    writer = StoryWriter(np.random.default_rng(seed))
    for number in range(stories):
        if number:
            writer.write(STORY_BREAK)
        cast = cast_of(writer)
        for sentence in writer.choose(plots):
            writer.tell(writer.choose(sentence), cast.fill)
        writer.end_story()
    writer.write("\n")
    return writer.corpus()


class StoryWriter:
    """The text so far, the last mention of each character and thing, and the links."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        self._pieces: list[str] = []
        self._length = 0
        self._mentions: dict[str, Span] = {}
        self._links: list[Link] = []

    def choose(self, items: Sequence[Item]) -> Item:
        """One of the items, each equally likely."""
        return items[int(self._rng.random() * len(items))]

    def chance(self, probability: float) -> bool:
        return bool(self._rng.random() < probability)

    def write(self, text: str) -> Span:
        """Append the text; its span."""
        start = self._length
        self._pieces.append(text)
        self._length += len(text)
        return start, self._length

    def mention(self, key: str, text: str) -> Span:
        """Append the text, from now on the last mention of ``key``."""
        span = self.write(text)
        self.note(key, span)
        return span

    def note(self, key: str, span: Span) -> None:
        """From now on ``span`` is the last mention of ``key``."""
        self._mentions[key] = span

    def refer(self, kind: LinkKind, key: str, text: str) -> Span:
        """Append the text, linked to the last mention of ``key``.

        Raises KeyError if the template refers to what this story has not mentioned.
        """
        target = self._mentions[key]
        source = self.write(text)
        self._links.append(Link(kind, source, target))
        return source

    def tell(self, template: str, fill: Callable[[str], None]) -> None:
        """Write the template; ``fill`` writes each slot."""
        for place, part in enumerate(_parts(template)):
            if place % 2:
                fill(part)
            elif part:
                self.write(part)

    def end_story(self) -> None:
        """Forget whom the story was about."""
        self._mentions.clear()

    def corpus(self) -> Corpus:
        return Corpus("".join(self._pieces), tuple(self._links))


@cache
def _parts(template: str) -> tuple[str, ...]:
    """Plain text at even places, slot names at odd ones."""
    return tuple(re.split(r"\{([^{}]+)\}", template))
