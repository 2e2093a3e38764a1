"""A matrix to type into: one box a number, walked with the arrow keys, undone and pasted into.

Python is the source of truth: the browser sends what was typed, the page passes back what to show. An
edit is numbered and sent again until it is answered, so quick typing loses nothing.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import streamlit as st

from core.errors import LearnerError
from core.figures.theme import Palette, palette
from lessons.numbers import read_number
from pages.parts.language import _
from pages.parts.plot import position
from pages.parts.theme import theme

LONGEST_TEXT = 12
_MOST_EDITS = 4096
_MOST_SENTENCES = 3
_HERE = Path(__file__).parent
_HTML = """
<div class="clearhead-grid">
  <div class="scroll"></div>
  <p class="said" role="status"></p>
</div>
"""
_COMPONENT = st.components.v2.component(
    "clearhead_grid",
    html=_HTML,
    css=(_HERE / "grid.css").read_text(encoding="utf-8"),
    js=(_HERE / "grid.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)
_AS_TYPED = str.maketrans(
    {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    | {"\u3000": " ", "−": "-", "–": "-", "—": "-", "⁄": "/", "÷": "/", "∕": "/"}
)
_SIGNS = re.compile(r" ?([-+/%√()]) ?")
_FRACTION = re.compile(r"(?P<sign>[+-]?)(?P<character>[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])")
_ROOT = re.compile(r"(?P<sign>[+-]?)(?P<times>[\d.,]*)(?:√|sqrt)\(?(?P<under>[\d.,]+)\)?", re.I)


@dataclass(frozen=True)
class Edit:
    """A cell, by position, and the text typed into it."""

    row: int
    column: int
    text: str


def matrix_grid(
    name: str,
    texts: Sequence[Sequence[str]],
    rows: Sequence[str],
    columns: Sequence[str],
    *,
    key: str,
    colour: str,
    caption: str,
    editable: Sequence[Sequence[bool]] | None = None,
    bad: Mapping[tuple[int, int], str] | None = None,
    marks: Mapping[tuple[int, int], bool] | None = None,
    on_edit: Callable[[Sequence[Edit]], None] | None = None,
    on_undo: Callable[[], None] | None = None,
    on_redo: Callable[[], None] | None = None,
) -> None:
    """Draw the cells ``texts`` with their headers; what is typed arrives in ``on_edit``, before the rerun.

    ``name`` stands in the corner (it may be empty), ``caption`` is said to who cannot see the grid.
    ``colour`` is a name of the palette (query, key, value, attention, muted): positive numbers are
    tinted with it, negative ones with its opposite. Cells that are not ``editable`` are given.
    ``bad`` cells are marked, and their sentences stand under the grid; ``marks`` say right (True) or
    wrong. A paste is one call of ``on_edit`` with several edits.
    """
    colours = palette(theme())

    def heard() -> None:
        for what in news(st.session_state[key].get("events"), key):
            if what == "undo" and on_undo:
                on_undo()
            elif what == "redo" and on_redo:
                on_redo()
            elif isinstance(what, list) and on_edit:
                edits = allowed(what, texts, editable)
                if edits:
                    on_edit(edits)

    view, answered = _heard(key)
    data = {
        "name": name,
        "texts": [list(row) for row in texts],
        "rows": list(rows),
        "columns": list(columns),
        "shades": shades(texts, bad or {}),
        "given": _given(texts, editable),
        "bad": [[*at, sentence] for at, sentence in (bad or {}).items()],
        "marks": [[*at, right] for at, right in (marks or {}).items()],
        "caption": caption,
        "history": on_undo is not None,
        "longest": LONGEST_TEXT,
        "answered": {"view": view, "number": answered},
        "colours": {
            "plus": getattr(colours, colour),
            "minus": _opposite(colours, colour),
            "muted": colours.muted,
        },
        "most_sentences": _MOST_SENTENCES,
        "words": {
            "cell": _("row {row}, column {column}"),
            "given": _("given"),
            "right": _("right"),
            "wrong": _("wrong"),
        },
    }
    # One entry, because Streamlit looks at each for a data frame.
    _COMPONENT(key=key, data={"grid": data}, on_events_change=heard)


def read_cell(text: str) -> float:
    """A number as people type it: ``0.5``, ``0,5``, ``−2``, ``1/3``, ``25%``, ``√2``, ``1/sqrt(2)``, ``３``.

    Raises LearnerError if it is none.
    """
    value = _value(text)
    if value is None:
        raise LearnerError(
            "“{typed}” is not a number. Type it like 0.25, −1, 1/3 or √2.", typed=text.strip()[:20]
        )
    return value


def short_text(text: str) -> str:
    """A cell's text as it is kept: trimmed, at most twelve characters; a longer number is rounded."""
    tidy = " ".join(text.split())
    if len(tidy) <= LONGEST_TEXT:
        return tidy
    value = _value(tidy[:40])
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


def shades(
    texts: Sequence[Sequence[str]], bad: Collection[tuple[int, int]] = ()
) -> list[list[float]]:
    """How strongly each cell is tinted: −1 to 1, its number over the largest good one in the matrix."""
    values = [
        [0.0 if (r, c) in bad else _value(text) or 0.0 for c, text in enumerate(row)]
        for r, row in enumerate(texts)
    ]
    most = max((abs(value) for row in values for value in row), default=0.0) or 1.0
    return [[round(value / most, 2) for value in row] for row in values]


def news(payload: object, key: str) -> list[Any]:
    """What the browser says that was not heard before, in order: lists of edits, "undo", "redo".

    Each event has a number that grows within one view of the grid; the last one heard is remembered
    and sent back, and the browser forgets what it need not say again.
    """
    if not isinstance(payload, dict) or not isinstance(payload.get("events"), list):
        return []
    view = str(payload.get("view"))[:40]
    known, heard = _heard(key)
    last = heard if view == known else 0
    found: list[Any] = []
    for event in payload["events"]:
        number = event.get("number") if isinstance(event, dict) else None
        if not isinstance(number, int) or isinstance(number, bool) or number <= last:
            continue
        last = number
        found.append(event.get("what"))
    st.session_state[f"{key}_heard"] = (view, last)
    return found


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
        row = position(entry[0], len(texts))
        column = position(entry[1], len(texts[0]) if texts else 0)
        if row is None or column is None or (editable is not None and not editable[row][column]):
            continue
        edits.append(Edit(row, column, short_text(entry[2][:200])))
    return edits


def _heard(key: str) -> tuple[str, int]:
    heard: tuple[str, int] = st.session_state.get(f"{key}_heard", ("", 0))
    return heard


@lru_cache(maxsize=4096)
def _value(text: str) -> float | None:
    """The number that ``text`` says, if it says one."""
    tidy = _SIGNS.sub(r"\1", " ".join(text.translate(_AS_TYPED).split()))
    fraction = _FRACTION.fullmatch(tidy)
    if fraction:
        value = unicodedata.numeric(fraction["character"])
        return -value if fraction["sign"] == "-" else value
    if any(unicodedata.category(character) == "No" for character in tidy):
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


def _root(part: str) -> float:
    """``√2``, ``-2√3`` or a plain number."""
    found = _ROOT.fullmatch(part)
    if found is None:
        return read_number(part)
    times = read_number(found["times"]) if found["times"] else 1.0
    value = times * math.sqrt(read_number(found["under"]))
    return -value if found["sign"] == "-" else value


def _given(
    texts: Sequence[Sequence[str]], editable: Sequence[Sequence[bool]] | None
) -> list[list[bool]]:
    if editable is None:
        return [[False] * len(row) for row in texts]
    return [[not free for free in row] for row in editable]


def _opposite(colours: Palette, colour: str) -> str:
    """The tint of negative numbers: orange, except beside red, which it resembles."""
    scale = colours.scales["count" if colour == "key" else "diverging"]
    return scale[3 if colour == "key" else 1][1]
