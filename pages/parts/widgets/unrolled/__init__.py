"""A recurrent network unrolled over a text: the same machine at every token, and what it hands on.

Each token is a step that can be chosen by click, tap or keyboard. The squares are the numbers of the state.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from core.figures.theme import palette
from pages.parts.frame.language import _
from pages.parts.frame.state import redraw_page
from pages.parts.frame.theme import theme
from pages.parts.widgets.save import Page, Table, save_popover
from pages.parts.widgets.shared.program import Program
from pages.parts.widgets.shared.source import Source, show_caption
from pages.parts.widgets.shared.valid_index import valid_index

_HTML = """
<div class="clearhead-unrolled">
  <div class="steps" translate="no"></div>
</div>
"""
_PROGRAM = Program.of("unrolled", _HTML)
_COMPONENT = _PROGRAM.component("clearhead_unrolled")

MOST_SQUARES = 64
"""Of a wider state the first so many numbers are drawn."""


@dataclass(frozen=True)
class UnrolledStep:
    """One token as shown; the state after it, each number from −1 to 1; the likeliest next token and its
    share in words; and what a screen reader says of the step."""

    token: str
    state: Sequence[float]
    expected: str
    share: str
    said: str


def unrolled(
    steps: Sequence[UnrolledStep],
    *,
    key: str,
    machine: str,
    weights: str,
    carried: str,
    caption: str,
    source: Source,
    chosen: int,
    on_choose: Callable[[int], None],
    table: Table | Callable[[], Table],
) -> None:
    """Draw the steps from left to right, in lines like a text. ``machine`` names the network, ``weights`` are
    the letters of what it multiplies by, ``carried`` those of what it hands on. ``on_choose`` hears the place
    of the chosen step before the page is drawn again."""
    chosen_theme = theme()
    data = {
        "steps": [
            [one.token, [round(float(x), 2) for x in one.state[:MOST_SQUARES]], one.expected,
             one.share, one.said]
            for one in steps
        ],
        "chosen": chosen,
        "machine": machine,
        "weights": weights,
        "carried": carried,
        "filename": key,
        "theme": chosen_theme,
        "scale": [list(stop) for stop in palette(chosen_theme).scales["diverging"]],
        "words": {
            "label": f"{caption} " + _("Arrow keys move from token to token, Enter picks one."),
            "next": _("next?"),
        },
    }  # fmt: skip

    def heard() -> None:
        place = valid_index(st.session_state.get(key, {}).get("choose"), len(steps))
        if place is not None:
            on_choose(place)

    _COMPONENT(key=key, data=data, on_choose_change=heard, on_theme_change=redraw_page)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        show_caption(caption, source)
        save_popover(key, lambda: Page(_PROGRAM, data, caption, source), table)
