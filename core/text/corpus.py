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

    pronoun: a pronoun and the last mention of whom it means. agreement: a verb, in Chinese 都 or what is
    said of one alone, and the noun whose number it takes. topic: a Chinese verb without a subject and
    the topic it is said of. measure: a Chinese noun and the measure word before it. recall: what is
    bought and where it was said to be needed.
    """

    kind: LinkKind
    source: Span
    target: Span


@dataclass(frozen=True)
class Labelled:
    """A passage of which it is known what it is: the number of its label, counted from 0, and how it was
    made, in a word of the generator's."""

    span: Span
    label: int
    kind: str = ""


@dataclass(frozen=True)
class Corpus:
    """A text, its gold links in the order of their sources, and its labelled passages in theirs."""

    text: str
    links: tuple[Link, ...] = ()
    labelled: tuple[Labelled, ...] = ()
