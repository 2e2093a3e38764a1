"""What is known at each token of a text: quotation, depth in brackets, place in the line, number."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from types import MappingProxyType
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.errors import LearnerError
from core.protocol import Tokens
from core.text.corpus import Corpus, Span
from core.text.tokenizers import Tokenizer

Tracked = Literal["quotes", "brackets", "line", "number"]
TRACKED: tuple[Tracked, ...] = ("quotes", "brackets", "line", "number")
"""quotes: 1 between quotation marks, else 0. brackets: how deep in them. line: how many tokens of the line
stand before. number: of a sentence between its subject and its verb, 0 for one and 1 for many."""

IS_A_NUMBER = frozenset({"line"})
"""These are numbers to be met closely; the others are one of a few classes."""

LONGEST_PASSAGE = 128
"""Tokens of a passage that are read."""

_MANY = frozenset({"were", "are", "都"})
"""The verbs, and the one adverb, that say that the subject is many."""

_OPENING, _CLOSING, _EITHER = "“「«", "”」»", '"'
_DEEPER, _SHALLOWER = "(（[", ")）]"


@dataclass(frozen=True, eq=False)
class Passage:
    """Tokens [t] of a passage, and what is true after each has been read [t]; NaN where nothing is asked."""

    tokens: Tokens
    truth: NDArray[np.float64]

    @property
    def variety(self) -> float:
        """How much what is true changes in it; -1 if nothing is known."""
        known = self.truth[~np.isnan(self.truth)]
        return float(known.std()) if len(known) else -1.0


def passages(
    corpus: Corpus, part: Span, tokenizer: Tokenizer, what: Tracked, most: int
) -> list[Passage]:
    """The first ``most`` passages of a part of the corpus, each up to the next blank line; a long one is
    cut into several, of LONGEST_PASSAGE tokens each, once it is known what is true in the whole of it."""
    links = [link for link in corpus.links if what == "number" and link.kind == "agreement"]
    sources = [link.source[0] for link in links]
    found: list[Passage] = []
    for start, end in _pieces(corpus.text, part):
        text = corpus.text[start:end]
        subjects = [
            ((link.target[1] - start, link.source[0] - start), corpus.text[slice(*link.source)])
            for link in links[bisect_left(sources, start) : bisect_left(sources, end)]
            if start <= link.target[0] and link.source[1] <= end
        ]
        tokens = tokenizer.encode(text)
        truth = _TRUTHS[what](text, tokenizer.spans(text), subjects)
        for first in range(0, len(tokens), LONGEST_PASSAGE):
            cut = slice(first, first + LONGEST_PASSAGE)
            found.append(Passage(tokens[cut], truth[cut]))
        if len(found) >= most:
            break
    return found[:most]


def truth_of(pieces: Sequence[str], what: Tracked) -> NDArray[np.float64]:
    """What is true of somebody's own text after each of its tokens [t], as they are spelled; the number of
    a subject is not known there."""
    ends = list(accumulate(map(len, pieces)))
    spans = [(end - len(piece), end) for piece, end in zip(pieces, ends, strict=True)]
    return _TRUTHS[what]("".join(pieces), spans, [])


LEAST = 30
"""Tokens of each kind, at least, for a probe to learn from."""


def check(found: Sequence[Passage], what: Tracked) -> None:
    """Raises LearnerError if the passages have too little of it to look for anything."""
    truth = np.concatenate([np.empty(0), *(passage.truth for passage in found)])
    known = truth[~np.isnan(truth)]
    kinds, counts = np.unique(known, return_counts=True)
    enough = len(known) >= LEAST if what in IS_A_NUMBER else (counts >= LEAST).sum() >= 2
    if enough and len(kinds) >= 2:
        return
    match what:
        case "quotes":
            raise LearnerError(
                "The text that this model learned from has hardly anything between quotation marks, so "
                "there is nothing to look for: choose a model that was trained on the Asides or the "
                "Tiny tales."
            )
        case "brackets":
            raise LearnerError(
                "The text that this model learned from has hardly any brackets, so there is nothing to "
                "look for: choose a model that was trained on the Asides."
            )
        case "number":
            raise LearnerError(
                "Nobody has noted in the text of this model which subjects are many: choose a model that "
                "was trained on the Asides or, in English, the Tiny tales."
            )
        case "line":
            raise LearnerError(
                "The lines of this model's text are too few or too alike to look for a place in them."
            )


Subjects = Sequence[tuple[Span, str]]
"""Of each subject, from where it ends to where its verb begins, and the verb."""


def _pieces(text: str, part: Span) -> list[Span]:
    """From blank line to blank line."""
    start, end = part
    cuts = [(m.start(), m.end()) for m in re.compile(r"\n\s*\n").finditer(text, start, end)]
    begins = [start, *(after for _before, after in cuts)]
    ends = [*(before for before, _after in cuts), end]
    return [(one, other) for one, other in zip(begins, ends, strict=True) if one < other]


def _quoted(text: str, spans: Sequence[Span], _subjects: Subjects) -> NDArray[np.float64]:
    inside = False
    truth = np.empty(len(spans))
    for place, (start, end) in enumerate(spans):
        signs = [sign for sign in text[start:end] if sign in _OPENING + _CLOSING + _EITHER]
        for sign in signs:
            inside = sign in _OPENING or (sign in _EITHER and not inside)
        truth[place] = math.nan if signs else float(inside)
    return truth


def _depth(text: str, spans: Sequence[Span], _subjects: Subjects) -> NDArray[np.float64]:
    depth = 0
    truth = np.empty(len(spans))
    for place, (start, end) in enumerate(spans):
        steps = [(s in _DEEPER) - (s in _SHALLOWER) for s in text[start:end]]
        depth = max(0, depth + sum(steps))
        truth[place] = math.nan if any(steps) else float(depth)
    return truth


def _in_line(text: str, spans: Sequence[Span], _subjects: Subjects) -> NDArray[np.float64]:
    before = 0
    truth = np.empty(len(spans))
    for place, (start, end) in enumerate(spans):
        if "\n" in text[start:end]:
            before, truth[place] = 0, math.nan
        else:
            truth[place] = before
            before += 1
    return truth


def _number(_text: str, spans: Sequence[Span], subjects: Subjects) -> NDArray[np.float64]:
    truth = np.full(len(spans), math.nan)
    for (after, until), verb in subjects:
        for place, (start, end) in enumerate(spans):
            if after <= start and end <= until:
                truth[place] = float(verb in _MANY)
    return truth


_TRUTHS: Mapping[Tracked, Callable[[str, Sequence[Span], Subjects], NDArray[np.float64]]] = (
    MappingProxyType({"quotes": _quoted, "brackets": _depth, "line": _in_line, "number": _number})
)
