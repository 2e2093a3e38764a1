"""What character and word tokenizers share: text is cut into pieces, and each piece has an id."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Self

import numpy as np

from core.protocol import Tokens
from core.text.corpus import Span

UNKNOWN = "<unk>"
REPLACEMENT = "�"


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

        Of equally frequent pieces the one that comes first in code-point order is kept.
        """
        counts = Counter(cls.cut(text))
        ranked = sorted(counts, key=lambda piece: (-counts[piece], piece))
        return cls((UNKNOWN, *ranked[: vocabulary - 1]))

    @staticmethod
    @abstractmethod
    def cut(text: str) -> Iterable[str]:
        """The pieces of the text, in order."""

    @property
    def vocabulary_size(self) -> int:
        return len(self._pieces)

    def encode(self, text: str) -> Tokens:
        return np.array([self._ids.get(piece, 0) for piece in self.cut(text)], dtype=np.int64)

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


def visible(text: str) -> str:
    """The text with its blanks to be seen, and other control characters by their number."""
    shown = text.translate(_SHOWN)
    return "".join(sign if sign.isprintable() else f"<U+{ord(sign):04X}>" for sign in shown)


_SHOWN = str.maketrans({" ": "␣", "\n": "⏎", "\t": "⇥"})
