"""A matrix to type into: one box a number, walked with the arrow keys, undone and pasted into.

Python is the source of truth: the browser sends what was typed, the page passes back what to show. An
edit is numbered and sent again until it is answered, so quick typing loses nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import streamlit as st

from core.figures.theme import Palette, palette
from pages.parts.frame.language import _
from pages.parts.frame.theme import theme
from pages.parts.widgets.grid.cells import (
    LONGEST_TEXT,
    Edit,
    allowed,
    cell_number,
)
from pages.parts.widgets.shared.program import Program
from pages.parts.widgets.shared.source import Source

_MOST_SENTENCES = 3
_HTML = """
<div class="clearhead-grid">
  <div class="scroll" translate="no"></div>
  <p class="said" role="status"></p>
  <p class="source"></p>
</div>
"""
_PROGRAM = Program.of("grid", _HTML)
_COMPONENT = _PROGRAM.component("clearhead_grid")


def matrix_grid(
    name: str,
    texts: Sequence[Sequence[str]],
    rows: Sequence[str],
    columns: Sequence[str],
    *,
    key: str,
    colour: str,
    caption: str,
    source: Source,
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
        for what in news(st.session_state.get(key, {}).get("events"), key):
            if what == "undo" and on_undo:
                on_undo()
            elif what == "redo" and on_redo:
                on_redo()
            elif isinstance(what, list) and on_edit:
                edits = allowed(what, texts, editable)
                if edits:
                    on_edit(edits)

    view, answered = heard_of(key)
    data = {
        "key": key,
        "name": name,
        "texts": [list(row) for row in texts],
        "rows": list(rows),
        "columns": list(columns),
        "shades": shades(texts, bad or {}),
        "given": _given(texts, editable),
        "bad": [[*at, sentence] for at, sentence in (bad or {}).items()],
        "marks": [[*at, right] for at, right in (marks or {}).items()],
        "caption": caption,
        "source": source.packed(),
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


def shades(
    texts: Sequence[Sequence[str]], bad: Collection[tuple[int, int]] = ()
) -> list[list[float]]:
    """How strongly each cell is tinted: −1 to 1, its number over the largest good one in the matrix."""
    values = [
        [0.0 if (r, c) in bad else cell_number(text) or 0.0 for c, text in enumerate(row)]
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
    known, heard = heard_of(key)
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


def heard_of(key: str) -> tuple[str, int]:
    """The view of the grid that was last heard, and the number of the last event heard from it."""
    heard: tuple[str, int] = st.session_state.get(f"{key}_heard", ("", 0))
    return heard


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
