"""Words as tokens, in scripts with spaces and in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterable

from core.text.pieces import PieceTokenizer

_UNSPACED = "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Han characters and kana: scripts without spaces between words, one token a character."""

_LETTERS = f"(?:(?![{_UNSPACED}])[^\\W\\d])+"
_PIECE = re.compile(
    rf"[{_UNSPACED}]"
    rf"| ?{_LETTERS}(?:['’]{_LETTERS})*"
    r"| ?\d+"
    rf"| ?[^\s{_UNSPACED}]"
    r"|\s",
)


class WordTokenizer(PieceTokenizer):
    """A word, a number or a sign of punctuation is a token together with the space before it.

    So " cat" and "cat" are two entries and joining tokens gives the text back. A Han character, a
    line break and a blank that is before no word are tokens by themselves.
    """

    kind: str = "words"

    @staticmethod
    def cut(text: str) -> Iterable[str]:
        return _PIECE.findall(text)
