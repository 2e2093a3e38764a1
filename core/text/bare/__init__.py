"""Words alone as tokens: what vectors of words are made of."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Self
from unicodedata import normalize

import regex

from core.protocol import Tokens
from core.text.bare.chinese import cut_han
from core.text.pieces import REPLACEMENT, UNKNOWN, PieceTokenizer
from core.text.words import LETTERS, UNSPACED

_WORD = regex.compile(
    rf"(?P<han>(?:[{UNSPACED}]\p{{M}}*+)++)"
    rf"|{LETTERS}(?:['’\-]{LETTERS})*+"
    r"|(?:\p{Nd}\p{M}*+)++"
)
_OFTEN = 0.1
"""Where so much of a word's occurrences are in small letters, its capital only begins a sentence."""


class BareWordTokenizer(PieceTokenizer):
    """Every word and every number is a token; blanks and punctuation are none.

    "The" and "the" are one entry, shown as it is written where no sentence begins: "the", "Anna".
    Chinese is cut into words by ``cut_han``. The piece of the text that belongs to a token goes on to
    the next word, so that the pieces together are the whole text; of a text without any word there
    are none.
    """

    kind: str = "bare"

    def __init__(self, pieces: Sequence[str]) -> None:
        super().__init__(pieces)
        self._ids = {_folded(piece): token for token, piece in enumerate(self._pieces) if token}

    @classmethod
    def train(cls, text: str, vocabulary: int) -> Self:
        written: dict[str, Counter[str]] = defaultdict(Counter)
        for word in _words(text):
            written[_folded(word)][word] += 1
        kept = super().train(text, vocabulary)._pieces
        return cls((UNKNOWN, *(_as_written(written[entry]) for entry in kept[1:])))

    @staticmethod
    def cut(text: str) -> Iterable[str]:
        starts = [start for start, _end in _places(text)]
        edges = [0, *starts[1:], len(text)] if starts else []
        return [text[start:end] for start, end in pairwise(edges)]

    @classmethod
    def entries(cls, text: str) -> Iterable[str]:
        return map(_folded, _words(text))

    def decode(self, ids: Sequence[int] | Tokens) -> str:
        """The words with a space between two, but for two of a script that has none."""
        text = ""
        for token in ids:
            word = self._pieces[token] if token else REPLACEMENT
            unspaced = text and _HAN.match(text[-1]) and _HAN.match(word)
            text += word if not text or unspaced else f" {word}"
        return text


_HAN = regex.compile(rf"[{UNSPACED}]")


def _places(text: str) -> Iterator[tuple[int, int]]:
    """Where each word begins and ends."""
    for found in _WORD.finditer(text):
        start, end = found.span()
        if found["han"] is None:
            yield start, end
            continue
        for word in cut_han(found.group()):
            yield start, start + len(word)
            start += len(word)


def _words(text: str) -> Iterator[str]:
    return (normalize("NFC", text[start:end]) for start, end in _places(text))


def _folded(word: str) -> str:
    return normalize("NFC", word).casefold()


def _as_written(written: Counter[str]) -> str:
    """How a word is shown: in small letters if it is often enough written so, else as it mostly is."""
    best = max(written, key=lambda form: (written[form], form))
    small = written[best.lower()]
    return best.lower() if small >= _OFTEN * written.total() else best
