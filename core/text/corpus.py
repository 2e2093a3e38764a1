"""What a corpus is: a text, and the answers that came with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Span = tuple[int, int]
"""Characters from the first to before the second, as in ``text[start:end]``."""

LinkKind = Literal["pronoun", "agreement", "topic", "measure", "recall"]


@dataclass(frozen=True)
class Link:
    """A gold answer: what is written at ``source`` looks back at ``target``.

    pronoun: a pronoun and the last mention of whom it means. agreement: a verb and the noun whose
    number it takes. topic: a Chinese verb without a subject and the topic it is said of. measure: a
    Chinese noun and the measure word before it. recall: what is bought and where it was said to be
    needed.
    """

    kind: LinkKind
    source: Span
    target: Span


@dataclass(frozen=True)
class Corpus:
    """A text and its gold links, in the order of their sources."""

    text: str
    links: tuple[Link, ...] = ()
