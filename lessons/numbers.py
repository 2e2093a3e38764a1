"""Numbers as people type them."""

from __future__ import annotations

import math
import re
import unicodedata

from core.errors import LearnerError

_GROUPED = re.compile(r"[+-]?\d{1,3}(?:[,_ ']\d{3})+(?:\.\d+)?")


def read_number(answer: str) -> float:
    """A number as people type it: ``0.25``, ``0,25``, ``25%``, ``1/4`` or ``1,290,000``.

    A single comma is read as a decimal point; ``readings`` knows the other possibility.
    Raises LearnerError if it is no number.
    """
    return readings(answer)[0]


def readings(answer: str) -> tuple[float, ...]:
    """Every number that this can mean: ``1,290`` is 1.29 to some people and 1290 to others.

    Raises LearnerError if it is no number.
    """
    text = unicodedata.normalize("NFKC", answer).strip().replace("−", "-")
    plain = re.sub(r"[,_ ']", "", text)
    if not _GROUPED.fullmatch(text):
        return (_value(text.replace(",", "."), answer),)
    grouped = _value(plain, answer)
    if text.count(",") == 1 and "." not in text and len(text) == len(plain) + 1:
        return _value(text.replace(",", "."), answer), grouped
    return (grouped,)


def _value(text: str, answer: str) -> float:
    try:
        if text.endswith("%"):
            value = float(text[:-1]) / 100
        elif "/" in text:
            above, below = text.split("/")
            value = float(above) / float(below)
        else:
            value = float(text)
    except (ValueError, ZeroDivisionError):
        raise LearnerError(
            "“{answer}” is not a number. Type it like 0.25, 25% or 1/4.", answer=answer.strip()[:40]
        ) from None
    if not math.isfinite(value):
        raise LearnerError("The answer is a finite number. Type it like 0.25, 25% or 1/4.")
    return value
