"""Words as tokens, in scripts with spaces and in Chinese."""

from __future__ import annotations

from collections.abc import Iterable
from unicodedata import is_normalized, normalize

import regex

from core.text.pieces import PieceTokenizer

UNSPACED = (
    r"\u3005-\u3007\u3040-\u3098\u309b-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    r"\U00020000-\U0003ffff"
)
"""Han characters and kana: scripts without spaces between words, one token a character. The two
voicing marks between them combine, and are none. To stand between the brackets of a pattern."""

_LETTER = rf"(?![{UNSPACED}])[\p{{L}}\p{{Nl}}\p{{Pc}}][\p{{M}}\u200c\u200d]*+"
"""With its accents and vowel signs, and the two joiners that Persian and Hindi write within a word."""

LETTERS = f"(?:{_LETTER})++"
"""A run of letters, as a pattern."""

_PIECE = regex.compile(
    rf"[{UNSPACED}]\p{{M}}*+"
    rf"| ?{LETTERS}(?:['’]{LETTERS})*+"
    r"| ?(?:\p{Nd}\p{M}*+)++"
    rf"| ?(?![\s{UNSPACED}])\X"
    r"|\s",
)


class WordTokenizer(PieceTokenizer):
    """A word, a number or a sign of punctuation is a token together with the space before it.

    So " cat" and "cat" are two entries and joining tokens gives the text back. A Han character, a
    line break and a blank that is before no word are tokens by themselves. Whatever else a reader
    takes for one sign is one token, such as an emoji of several code points (Unicode's extended
    grapheme clusters, UAX 29), and so is a letter with its accents, however it is written: "é"
    is the same in one code point and in two, and is decoded in one (normal form C, UAX 15).
    """

    kind: str = "words"

    @staticmethod
    def cut(text: str) -> Iterable[str]:
        pieces: list[str] = _PIECE.findall(text)
        return pieces

    @classmethod
    def entries(cls, text: str) -> Iterable[str]:
        pieces = cls.cut(text)
        if is_normalized("NFC", text):  # then all its parts are
            return pieces
        return (normalize("NFC", piece) for piece in pieces)
