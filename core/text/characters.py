"""Characters as tokens: the smallest vocabulary and the longest sequences."""

from __future__ import annotations

from collections.abc import Iterable

from core.text.pieces import PieceTokenizer


class CharacterTokenizer(PieceTokenizer):
    """Each Unicode code point is a token."""

    kind: str = "characters"

    @staticmethod
    def cut(text: str) -> Iterable[str]:
        return text
