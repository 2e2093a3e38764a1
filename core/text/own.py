"""The learner's own text: an upload in whatever encoding, checked before it is used."""

from __future__ import annotations

import codecs
import hashlib
import re
import unicodedata

from charset_normalizer import from_bytes

from core.errors import LearnerError

MOST_BYTES = 1_000_000
MOST_CHARACTERS = 1_000_000
FEWEST_CHARACTERS = 200
FEWEST_DISTINCT = 5


def read_upload(data: bytes) -> str:
    """The text of an uploaded file: UTF-8, UTF-16, GB18030, or what charset-normalizer finds.

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
    text = _decode(data)
    if _is_binary(text):
        raise LearnerError(_NOT_TEXT)
    return text


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
    if _is_binary(text):
        raise LearnerError(_NOT_TEXT)
    return text


def digest(text: str) -> str:
    """SHA-256 of the text in UTF-8, 64 hexadecimal digits: the name of an own text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


_NOT_TEXT = (
    "This is not text but some other kind of file: choose a plain text file (.txt). "
    "From a word processor or a PDF, copy the text and paste it."
)
_UNREADABLE = (
    "The letters of this file cannot be told apart: save it as UTF-8 text and choose it again."
)
_BLANKS = " \t\n\f\v\u3000\u00a0\ufeff"
_SURROGATES = re.compile("[\ud800-\udfff]")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins like UTF-16, so it is asked first
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LEGACY = ["gb18030", "big5", "shift_jis", "euc_kr", "cp1252", "cp1251"]
_SIGNATURES = (
    b"%PDF",
    b"PK\x03\x04",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"\x1f\x8b",
    b"\x7fELF",
)


def _decode(data: bytes) -> str:
    if data.startswith(_SIGNATURES):
        raise LearnerError(_NOT_TEXT)
    try:
        for mark, encoding in _MARKS:
            if data.startswith(mark):
                return data.decode(encoding)
    except UnicodeDecodeError:
        raise LearnerError(_UNREADABLE) from None
    if b"\0" in data:
        try:
            return data.decode(_wide_encoding(data))
        except UnicodeDecodeError:
            raise LearnerError(_NOT_TEXT) from None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _guess(data)


def _wide_encoding(data: bytes) -> str:
    """UTF-16 without a mark: of the two bytes of a character, the high one varies less."""
    return "utf-16-be" if len(set(data[0::2])) < len(set(data[1::2])) else "utf-16-le"


def _guess(data: bytes) -> str:
    """A legacy encoding. Chinese is asked first: a short text is too little for statistics."""
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        pass
    else:
        foreign = [sign for sign in text if not sign.isascii()]
        if sum(map(_is_common_chinese, foreign)) > 0.8 * len(foreign):
            return text
    best = from_bytes(data, cp_isolation=_LEGACY).best()
    if best is None:
        raise LearnerError(_NOT_TEXT if _is_binary(data.decode("latin-1")) else _UNREADABLE)
    return str(best)


def _is_common_chinese(sign: str) -> bool:
    """Whether it is in GB 2312's punctuation or its first level, the 3,755 frequent characters."""
    code = sign.encode("gb2312", "ignore")
    return len(code) == 2 and (0xA1 <= code[0] <= 0xA3 or 0xB0 <= code[0] <= 0xD7)


def _is_binary(text: str) -> bool:
    """Whether control characters or unassigned ones are more than one in a hundred."""
    strange = sum(
        unicodedata.category(character) in ("Cc", "Cn", "Co") and character not in _BLANKS + "\r"
        for character in text
    )
    return "\0" in text or strange * 100 > len(text)
