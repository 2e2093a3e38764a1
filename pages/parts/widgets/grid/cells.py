"""What people type into a cell of a matrix: the number it says, the text that is kept of it, edits."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from core.errors import LearnerError
from lessons.numbers import read_number
from pages.parts.widgets.shared.valid_index import valid_index

LONGEST_TEXT = 12
LARGEST = 100.0
_MOST_EDITS = 4096
_AS_TYPED = str.maketrans(
    {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    | {"\u3000": " ", "−": "-", "–": "-", "—": "-", "⁄": "/", "÷": "/", "∕": "/"}
)
_SIGNS = re.compile(r" ?([-+/%√()]) ?")
_ROOT = re.compile(r"(?P<sign>[+-]?)(?P<times>[\d.,]*)(?:√|sqrt)\(?(?P<under>[\d.,]+)\)?", re.I)


@dataclass(frozen=True)
class Edit:
    """A cell, by position, and the text typed into it."""

    row: int
    column: int
    text: str


def read_cell(text: str) -> float:
    """A number as people type it: ``0.5``, ``0,5``, ``−2``, ``1/3``, ``25%``, ``√2``, ``1/sqrt(2)``, ``３``.

    Raises LearnerError if it is none.
    """
    value = cell_number(text)
    if value is None:
        raise LearnerError(
            "“{typed}” is not a number. Type it like 0.25, −1, 1/3 or √2.", typed=text.strip()[:20]
        )
    return value


def checked(text: str, largest: float = LARGEST) -> float:
    """The number in a cell. LearnerError if there is none, or it is too large to be shown."""
    if not text.strip():
        raise LearnerError("The cell is empty. Type a number, such as 0.")
    value = read_cell(text)
    if abs(value) > largest:
        raise LearnerError(
            "“{typed}” is too large. Keep between −{most} and {most}.",
            typed=text.strip()[:20],
            most=f"{largest:.0f}",
        )
    return value


def short_text(text: str) -> str:
    """A cell's text as it is kept: trimmed, at most twelve characters; a longer number is rounded."""
    tidy = " ".join(text.split())
    if len(tidy) <= LONGEST_TEXT:
        return tidy
    value = cell_number(tidy[:40])
    return tidy[:LONGEST_TEXT] if value is None else number_text(value)


def number_text(value: float) -> str:
    """The shortest text that is this number, rounded where twelve characters do not hold it."""
    if value == 0:
        return "0"
    for digits in range(6, 16):
        text = f"{value:.{digits}g}"
        if float(text) == value and len(text) <= LONGEST_TEXT:
            return text
    fitting = (f"{value:.{digits}g}" for digits in range(10, 0, -1))
    return next(text for text in fitting if len(text) <= LONGEST_TEXT)


def allowed(
    what: Sequence[object],
    texts: Sequence[Sequence[str]],
    editable: Sequence[Sequence[bool]] | None,
) -> list[Edit]:
    """The edits [row, column, text] that meet a cell which may be typed into; a browser is not trusted."""
    edits: list[Edit] = []
    for entry in what[:_MOST_EDITS]:
        if not isinstance(entry, list) or len(entry) != 3 or not isinstance(entry[2], str):
            continue
        row = valid_index(entry[0], len(texts))
        column = valid_index(entry[1], len(texts[0]) if texts else 0)
        if row is None or column is None or (editable is not None and not editable[row][column]):
            continue
        edits.append(Edit(row, column, short_text(entry[2][:200])))
    return edits


@lru_cache(maxsize=4096)
def cell_number(text: str) -> float | None:
    """The number that ``text`` says, if it says one."""
    tidy = _SIGNS.sub(r"\1", " ".join(text.translate(_AS_TYPED).split()))
    if any(_is_raised(character) for character in tidy):
        return None  # 2² is not 22
    try:
        if "√" not in tidy and "sqrt" not in tidy.lower():
            return read_number(tidy)
        parts = [_root(part) for part in tidy.split("/")]
        if len(parts) > 2:
            return None
        value = parts[0] if len(parts) == 1 else parts[0] / parts[1]
    except (LearnerError, ValueError, ZeroDivisionError):
        return None
    return value if math.isfinite(value) else None


def _is_raised(character: str) -> bool:
    """Whether it is a digit of another kind than those that are typed; ½ is a fraction."""
    other = unicodedata.category(character) == "No"
    return other and "VULGAR" not in unicodedata.name(character, "")


def _root(part: str) -> float:
    """``√2``, ``-2√3`` or a plain number."""
    found = _ROOT.fullmatch(part)
    if found is None:
        return read_number(part)
    times = read_number(found["times"]) if found["times"] else 1.0
    value = times * math.sqrt(read_number(found["under"]))
    return -value if found["sign"] == "-" else value
