"""Which characters a file's bytes are: told from the bytes, or, where these leave it open, guessed."""

from __future__ import annotations

import codecs
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from charset_normalizer import from_bytes

from core.errors import LearnerError
from core.wording import N_

ENCODINGS: Mapping[str, str] = MappingProxyType(
    {
        "utf-8": N_("UTF-8"),
        "utf-16": N_("UTF-16"),
        "gb18030": N_("Chinese (GB 18030)"),
        "big5": N_("Chinese (Big5)"),
        "cp949": N_("Korean (EUC-KR)"),
        "cp932": N_("Japanese (Shift JIS)"),
        "euc_jp": N_("Japanese (EUC-JP)"),
        "cp1252": N_("Western European (Windows-1252)"),
        "cp1251": N_("Cyrillic (Windows-1251)"),
    }
)
"""Every encoding that a file may be read in, and what people call it."""

NOT_TEXT = N_(
    "This is not text but some other kind of file: choose a plain text file (.txt). "
    "From a word processor or a PDF, copy the text and paste it."
)
_UNREADABLE = N_(
    "The letters of this file cannot be told apart: save it as UTF-8 text and choose it again."
)


@dataclass(frozen=True)
class Reading:
    """A file as text. ``certain``: the bytes say the encoding, as those of UTF-8 do; else it was guessed.
    ``lost`` characters could not be read: one that was cut through at an end of the file, or damaged ones.
    """

    text: str
    encoding: str
    certain: bool
    lost: int


def read_bytes(data: bytes, encoding: str | None = None) -> Reading:
    """Read a file, in this one of ENCODINGS if it is given.

    Raises LearnerError if the file is not text, or cannot be read so.
    """
    if data.startswith(_SIGNATURES):
        raise LearnerError(NOT_TEXT)
    if encoding is not None:
        return _must_be_text(_in_that(data, encoding))
    return _must_be_text(_marked(data) or _unmarked(data))


def is_binary(text: str) -> bool:
    """Whether control characters or unassigned ones are more than one in a hundred."""
    counts = Counter(text)
    strange = sum(
        count
        for sign, count in counts.items()
        if sign not in _BLANKS and unicodedata.category(sign) in ("Cc", "Cn", "Co")
    )
    return "\0" in counts or strange * 100 > len(text)


_BLANKS = " \t\n\r\f\v\u3000\u00a0\ufeff"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-16", "utf-32"),  # begins like UTF-16, so it is asked first
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16"),
)
_LEGACY = ["gb18030", "big5", "shift_jis", "euc_jp", "euc_kr", "cp1252", "cp1251"]
_LARGER = {"euc_kr": "cp949", "shift_jis": "cp932"}
"""The larger sets that systems write under these names."""
_SIGNATURES = (
    b"%PDF",
    b"PK\x03\x04",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"\x1f\x8b",
    b"\x7fELF",
)
_FREQUENT_CHINESE = frozenset("的一是了不我在人有他这中大来上个国到说们为子和你地出道也时年")
_FREQUENT_KOREAN = frozenset("이다는을의에가고하지를은한기도로사서그나어자아리대시해인수")
_DAMAGED = 20
"""Of so many characters that are no ASCII one may be damaged in what is still taken for UTF-8."""


def _marked(data: bytes) -> Reading | None:
    """What begins with a byte order mark."""
    for mark, encoding, codec in _MARKS:
        if data.startswith(mark):
            found = _decoded(data, codec)
            if found is None or not found[0]:
                raise LearnerError(_UNREADABLE)
            return Reading(found[0], encoding, True, found[1])
    return None


def _unmarked(data: bytes) -> Reading:
    if _is_wide(data):
        found = _decoded(data, _wide_codec(data))
        if found is None:
            raise LearnerError(NOT_TEXT)
        return Reading(found[0], "utf-16", True, found[1])
    return _utf_8(data) or _guessed(data)


def _in_that(data: bytes, encoding: str) -> Reading:
    codec = _wide_codec(data) if encoding == "utf-16" else encoding
    if encoding == "utf-8" and (reading := _utf_8(data)) is not None:
        return reading
    found = _decoded(data, codec)
    if found is None:
        raise LearnerError(
            "The file cannot be read as {encoding}: choose another encoding.", encoding=encoding
        )
    return Reading(found[0], encoding, True, found[1])


def _utf_8(data: bytes) -> Reading | None:
    """UTF-8, also if it was cut through a character at either end, or a few bytes are damaged."""
    begin = next((i for i in range(min(4, len(data))) if data[i] & 0xC0 != 0x80), 4)
    if begin < 4 and (found := _decoded(data[begin:], "utf-8")) is not None:
        text, lost = found
        # One foreign byte alone, at an end of English, is more likely a letter of a legacy encoding.
        if not text.isascii() or len(data) - len(text) != 1:
            return Reading(text, "utf-8", True, lost + bool(begin))
    text = data.decode("utf-8", "replace")
    damaged = text.count("\ufffd") - data.count("\ufffd".encode())
    whole = sum(count for sign, count in Counter(text).items() if not sign.isascii()) - damaged
    if damaged and damaged * _DAMAGED <= whole:
        return Reading(text, "utf-8", False, damaged)
    return None


def _guessed(data: bytes) -> Reading:
    """A legacy encoding. Korean and Chinese are asked first: a short text is too little for statistics."""
    if _is_korean(data):
        return _guess(data, "cp949")
    chinese = _decoded(data, "gb18030")
    if chinese is not None:
        foreign = [sign for sign in chinese[0] if not sign.isascii()]
        if sum(map(_is_common_chinese, foreign)) > 0.8 * len(foreign):
            return Reading(chinese[0], "gb18030", False, chinese[1])
    for whole in (data, data[:-1]):  # a last character that was cut through
        best = from_bytes(whole, cp_isolation=_LEGACY).best()
        if best is not None:
            return _guess(data, _LARGER.get(best.encoding, best.encoding))
    raise LearnerError(NOT_TEXT if is_binary(data.decode("latin-1")) else _UNREADABLE)


def _guess(data: bytes, encoding: str) -> Reading:
    found = _decoded(data, encoding)
    if found is None:
        raise LearnerError(_UNREADABLE)
    return Reading(found[0], encoding, False, found[1])


def _is_korean(data: bytes) -> bool:
    """Whether it is in Hangul, as EUC-KR has it. The same bytes are frequent Chinese characters in
    GB 18030; but Chinese uses twice as many bytes as Hangul has, and other words."""
    korean, chinese = _decoded(data, "cp949"), _decoded(data, "gb18030")
    if korean is None:
        return False
    hangul = sum("\uac00" <= sign <= "\ud7a3" for sign in korean[0])
    han = sum("\u4e00" <= sign <= "\u9fff" for sign in korean[0])
    if hangul < 9 * han or not hangul:
        return False
    frequent = sum(sign in _FREQUENT_KOREAN for sign in korean[0])
    return chinese is None or frequent > sum(sign in _FREQUENT_CHINESE for sign in chinese[0])


def _decoded(data: bytes, codec: str) -> tuple[str, int] | None:
    """The text, and 1 if its last character was cut through and left out; None if it is not so encoded."""
    decoder = codecs.getincrementaldecoder(codec)()
    try:
        text = decoder.decode(data)
    except UnicodeDecodeError:
        return None
    return text, int(bool(decoder.getstate()[0]))


def _is_wide(data: bytes) -> bool:
    """Whether it is UTF-16. A stray null is no sign of it in what is text as UTF-8 otherwise; of English as
    UTF-16 every other byte is one."""
    nulls = data.count(0)
    if not 0 < 4 * nulls < len(data):
        return nulls > 0
    narrow = _decoded(data.replace(b"\0", b""), "utf-8")
    return narrow is None or is_binary(narrow[0])


def _wide_codec(data: bytes) -> str:
    """UTF-16 without a mark: of the two bytes of a character, the high one varies less."""
    return "utf-16-be" if len(set(data[0::2])) < len(set(data[1::2])) else "utf-16-le"


def _is_common_chinese(sign: str) -> bool:
    """Whether it is in GB 2312's punctuation or its first level, the 3,755 frequent characters."""
    code = sign.encode("gb2312", "ignore")
    return len(code) == 2 and (0xA1 <= code[0] <= 0xA3 or 0xB0 <= code[0] <= 0xD7)


def _must_be_text(reading: Reading) -> Reading:
    if is_binary(reading.text):
        raise LearnerError(NOT_TEXT)
    return reading
