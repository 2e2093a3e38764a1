"""Numbers as people type them."""

from __future__ import annotations

import math
import re
import unicodedata

from core.errors import LearnerError

_GROUPED = re.compile(r"[+-]?\d{1,3}(?:[,_ ']\d{3})+(?:\.\d+)?")
_GROUPED_BY_POINTS = re.compile(r"[+-]?\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?")
_EITHER = re.compile(r"[+-]?[1-9]\d{0,2},(?!000)\d{3}")
"""``1,290``: 1.29 to some people and 1290 to others. Nobody types three zeros after a decimal comma."""
_MIXED = re.compile(r"([+-]?)(\d+) +(\d+/\d+)")
_POWER = re.compile(r"(.*?) *[x×*·] *10 *\^ *([+-]?\d+)")
_SIGNS = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣－", "-") | dict.fromkeys("⁄∕÷", "/") | {"。": "."})


def read_number(answer: str) -> float:
    """A number as people type it: ``0.25``, ``0,25``, ``25%``, ``1/4``, ``½`` or ``1,290,000``.

    Where a comma may stand for either, it is read as a decimal point; ``readings`` knows the other
    possibility, and which numbers are grouped for all.
    Raises LearnerError if it is no number.
    """
    return readings(answer)[0]


def readings(answer: str) -> tuple[float, ...]:
    """Every number that this can mean: ``1,290`` is 1.29 to some people and 1290 to others.

    ``16,000`` and ``1,290,000`` are grouped for all, ``0,250`` for nobody. Raises LearnerError if it is
    no number.
    """
    text = _plain(answer)
    if not text:
        raise LearnerError("Type a number first, like 0.25, 25% or 1/4.")
    if _EITHER.fullmatch(text):
        return _value(text.replace(",", "."), answer), _value(text.replace(",", ""), answer)
    if _GROUPED_BY_POINTS.fullmatch(text):
        return (_value(text.replace(".", "").replace(",", "."), answer),)
    if _GROUPED.fullmatch(text) and not re.match(r"[+-]?0+,", text):
        return (_value(re.sub(r"[,_ ']", "", text), answer),)
    return (_value(text.replace(",", "."), answer),)


def _plain(answer: str) -> str:
    """With one sign for each meaning: every dash is a minus, every slash a slash, ``1½`` is ``1 1/2``."""
    spelled = "".join(
        f" {unicodedata.normalize('NFKC', sign)}"
        if "VULGAR" in unicodedata.name(sign, "")
        else sign
        for sign in answer
    )
    text = unicodedata.normalize("NFKC", spelled).translate(_SIGNS).strip()
    return re.sub(r"^([+-]) +", r"\1", text)


def _value(text: str, answer: str) -> float:
    try:
        value = _computed(text)
    except (ValueError, ZeroDivisionError, OverflowError):
        raise LearnerError(
            "“{answer}” is not a number. Type it like 0.25, 25% or 1/4.", answer=answer.strip()[:40]
        ) from None
    if not math.isfinite(value):
        raise LearnerError(
            "“{answer}” is no finite number. Type a number like 0.25, 25% or 1/4.",
            answer=answer.strip()[:40],
        )
    return value


def _computed(text: str) -> float:
    if text.endswith("%"):
        return _computed(text[:-1]) / 100
    if mixed := _MIXED.fullmatch(text):
        sign, whole, part = mixed.groups()
        value = float(whole) + _computed(part)
        return -value if sign == "-" else value
    if power := _POWER.fullmatch(text):
        return float(power[1]) * 10.0 ** int(power[2])
    if "/" in text:
        above, below = text.split("/")
        return float(above) / float(below)
    return float(text)
