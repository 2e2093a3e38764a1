"""What tokenizers share: text is cut into pieces, and each piece has an id."""

from __future__ import annotations

import json
import re
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Self
from unicodedata import category

import numpy as np

from core.protocol import Tokens
from core.text.corpus import Span

UNKNOWN = "<unk>"
UNKNOWN_ID = 0
REPLACEMENT = "�"

TAUGHT = 200
"""One token in so many of a training text is an unknown one, if no more are."""


class PieceTokenizer(ABC):
    """A list of pieces; the place in the list is the id, and 0 stands for every other piece.

    A subclass says how text is cut. The pieces of a text must join to the text again.
    """

    kind: str
    lossless: bool = False

    def __init__(self, pieces: Sequence[str]) -> None:
        """``pieces`` as saved: all different, the unknown piece first."""
        if not pieces or pieces[0] != UNKNOWN:
            raise ValueError("the first piece of a vocabulary is the unknown one")
        self._pieces = tuple(pieces)
        self._ids = {piece: token for token, piece in enumerate(self._pieces) if token}

    @classmethod
    def train(cls, text: str, vocabulary: int) -> Self:
        """Keep the most frequent pieces, ``vocabulary`` entries with the unknown one.

        Of equally frequent pieces the one that comes first in code-point order is kept. If nearly all
        would be, some of those that occur only once are left out, up to one token in TAUGHT: a model can
        only learn how often a word is unknown if its training text has some.
        """
        counts = Counter(cls.entries(text))
        ranked = sorted(counts, key=lambda piece: (-counts[piece], piece))
        total = counts.total()
        kept, seen = ranked[: vocabulary - 1], total - unknown_wanted(total)
        known = sum(counts[piece] for piece in kept)
        while known > seen and counts[kept[-1]] == 1:
            kept.pop()
            known -= 1
        return cls((UNKNOWN, *kept))

    @staticmethod
    @abstractmethod
    def cut(text: str) -> Iterable[str]:
        """The pieces of the text, in order."""

    @classmethod
    def entries(cls, text: str) -> Iterable[str]:
        """For each piece of the text, in order, how it is spelled in the vocabulary."""
        return cls.cut(text)

    @property
    def vocabulary_size(self) -> int:
        return len(self._pieces)

    def encode(self, text: str) -> Tokens:
        return np.array([self._ids.get(piece, 0) for piece in self.entries(text)], dtype=np.int64)

    def spans(self, text: str) -> list[Span]:
        spans = []
        start = 0
        for piece in self.cut(text):
            spans.append((start, start + len(piece)))
            start += len(piece)
        return spans

    def decode(self, ids: Sequence[int] | Tokens) -> str:
        return "".join(self._pieces[token] if token else REPLACEMENT for token in ids)

    def show(self, token: int) -> str:
        return visible(self._pieces[token]) if token else REPLACEMENT

    def save(self, path: Path) -> None:
        content = {"kind": self.kind, "pieces": self._pieces}
        path.write_text(json.dumps(content), encoding="utf-8")


def unknown_wanted(tokens: int) -> int:
    """How many of so many training tokens are to be unknown, at least: none of a short text."""
    return tokens // TAUGHT


def encodable(text: str) -> str:
    """Lone surrogates, which no encoding has, become "�"; every other text stays as it is."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def visible(text: str) -> str:
    """The text with its blanks to be seen, and other control characters by their number.

    What joins signs into one, as in "👩‍🚀", stays what it is behind a sign; an accent alone gets a
    circle to stand on.
    """
    shown = text.translate(_SHOWN)
    parts = [_visible(sign, place == 0) for place, sign in enumerate(shown)]
    return "".join(parts)


def _visible(sign: str, alone: bool) -> str:
    if alone and category(sign).startswith("M"):
        return f"◌{sign}"
    if sign.isprintable() or (not alone and _JOINS.match(sign)):
        return sign
    return f"<U+{ord(sign):04X}>"


_JOINS = re.compile("[\u200c\u200d\U000e0020-\U000e007f]")
"""The two joiners, and the tags of which flags of regions are made."""

_SHOWN = str.maketrans({" ": "␣", "\n": "⏎", "\t": "⇥"})
