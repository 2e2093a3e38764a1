"""The learner's own text: an upload in whatever encoding, checked before it is used."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass

from core.errors import LearnerError
from core.text.own.decoding import NOT_TEXT, Reading, is_binary, read_bytes
from core.text.words import WordTokenizer

MOST_BYTES = 2_000_000
MOST_CHARACTERS = 2_000_000
FEWEST_CHARACTERS = 200
FEWEST_DISTINCT = 5


@dataclass(frozen=True)
class Preview:
    """What a text is like: how many characters, how many kinds of them, of words and of signs of
    punctuation (as the tokenizers cut them), and its first lines."""

    characters: int
    kinds_of_character: int
    kinds_of_word: int
    beginning: str


def read_file(data: bytes, encoding: str | None = None) -> Reading:
    """The text of a file, in this encoding (of ``ENCODINGS``) or in the one that it seems to be in.

    Raises LearnerError if the file is empty, larger than MOST_BYTES, not text, or unreadable.
    """
    if not data:
        raise LearnerError("The file is empty: choose a file with text in it.")
    if len(data) > MOST_BYTES:
        raise LearnerError(
            "The file has {size} KB, and at most {most} KB can be used: choose a smaller file "
            "or cut this one.",
            size=-(-len(data) // 1000),
            most=MOST_BYTES // 1000,
        )
    return read_bytes(data, encoding)


def read_upload(data: bytes) -> str:
    """The text of ``read_file`` alone."""
    return read_file(data).text


def preview(text: str) -> Preview:
    """Look at a text that has been checked."""
    lines = text.strip("\n")[:_BEGINNING].split("\n")[:_LINES]
    return Preview(
        characters=len(text),
        kinds_of_character=len(set(text)),
        kinds_of_word=len(Counter(WordTokenizer.cut(text))),
        beginning="\n".join(lines),
    )


def check_own_text(text: str) -> str:
    """The text as it will be used, with every line break written "\\n".

    Raises LearnerError if it is empty, too short, too long, or has too few different characters.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    text = _SURROGATES.sub("\ufffd", text)
    distinct = set(text) - set(_BLANKS)
    if not distinct or not text.strip():
        raise LearnerError("There is no text: write or paste a few sentences.")
    if len(distinct) == 1:
        raise LearnerError(
            "The text is one character, “{character}”, again and again: there is nothing to "
            "learn from it. Write or paste a few sentences.",
            character=distinct.pop(),
        )
    if len(text) < FEWEST_CHARACTERS:
        raise LearnerError(
            "The text has {count} characters, and a model needs at least {least}: add more text.",
            count=len(text),
            least=FEWEST_CHARACTERS,
        )
    if len(text) > MOST_CHARACTERS:
        raise LearnerError(
            "The text has {count} characters, and at most {most} can be used: cut it.",
            count=len(text),
            most=MOST_CHARACTERS,
        )
    if len(distinct) < FEWEST_DISTINCT:
        raise LearnerError(
            "The text has only {count} different characters, and a model needs at least {least}: "
            "add sentences with other words.",
            count=len(distinct),
            least=FEWEST_DISTINCT,
        )
    if is_binary(text):
        raise LearnerError(NOT_TEXT)
    return text


def digest(text: str) -> str:
    """SHA-256 of the text in UTF-8, 64 hexadecimal digits: the name of an own text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


_BLANKS = " \t\n\f\v\u3000\u00a0\ufeff"
_SURROGATES = re.compile("[\ud800-\udfff]")
_BEGINNING = 600
"""Characters, and lines, of a text's beginning that are shown."""
_LINES = 6
