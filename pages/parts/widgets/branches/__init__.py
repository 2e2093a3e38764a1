"""A tree whose branches unfold: each with a bar as long as its share of the branch it grows from.

The page holds what is unfolded; the browser draws the rows that are in sight and says what was asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

import streamlit as st

from pages.parts.widgets.save import Page, Table, save_popover
from pages.parts.widgets.shared.program import Program
from pages.parts.widgets.shared.source import Source, show_caption
from pages.parts.widgets.shared.valid_index import valid_index

_HTML = '<div class="clearhead-branches" translate="no"><ul role="tree"></ul></div>'
_PROGRAM = Program.of("branches", _HTML)
_COMPONENT = _PROGRAM.component("clearhead_branches")


@dataclass(frozen=True)
class Row:
    """A branch in sight: ``level`` from 1, the ``name`` and what is ``said`` after it, and the ``share``, 0
    to 1, of its bar. ``unfolded`` is None for one without branches of its own."""

    level: int
    name: str
    said: str
    share: float
    unfolded: bool | None


def branches(
    rows: Sequence[Row],
    *,
    key: str,
    label: str,
    caption: str,
    source: Source,
    chosen: int | None = None,
    on_turn: Callable[[int], None],
    on_choose: Callable[[int], None],
    table: Callable[[], Table],
) -> None:
    """Draw the rows as a tree. ``on_turn`` hears which row is to be unfolded or folded, ``on_choose`` which
    was picked, by click or with Enter, before the script runs. A screen reader says the ``label``; ``table``
    makes the same numbers to read or save."""
    data = {
        "rows": [asdict(row) for row in rows],
        "chosen": chosen,
        "label": label,
        "filename": key,
    }
    _COMPONENT(
        key=key,
        data=data,
        on_turn_change=lambda: _hear(key, "turn", len(rows), on_turn),
        on_choose_change=lambda: _hear(key, "choose", len(rows), on_choose),
    )
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        show_caption(caption, source)
        save_popover(key, lambda: Page(_PROGRAM, data, caption, source), table)


def _hear(key: str, event: str, count: int, told: Callable[[int], None]) -> None:
    row = valid_index(st.session_state.get(key, {}).get(event), count)
    if row is not None:
        told(row)
