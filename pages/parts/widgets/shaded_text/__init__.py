"""A text token by token, each shaded by a number that stands under it; one of them can be chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass

import streamlit as st

from pages.parts.frame.language import _
from pages.parts.widgets.save import Page, Table, save_popover
from pages.parts.widgets.shared.program import Program
from pages.parts.widgets.shared.source import Source, show_caption
from pages.parts.widgets.shared.valid_index import valid_index

_HTML = """
<div class="clearhead-shaded">
  <div class="tokens" translate="no"></div>
</div>
"""
_PROGRAM = Program.of("shaded_text", _HTML)
_COMPONENT = _PROGRAM.component("clearhead_shaded")


@dataclass(frozen=True)
class Shaded:
    """One token as shown; how dark it is, 0 to 1, or None where it has no number; the number in words; and
    what a screen reader says of it. A ``framed`` one stands out; one that ``ends`` a line is its last."""

    shown: str
    share: float | None
    number: str
    said: str
    framed: bool = False
    ends: bool = False


def shaded_text(
    tokens: Sequence[Shaded],
    *,
    key: str,
    caption: str,
    source: Source,
    chosen: int | None = None,
    on_choose: Callable[[int], None] | None = None,
    table: Table | Callable[[], Table] | None = None,
) -> None:
    """Draw the tokens in lines like a text. A click, a tap or Enter on a token that has a number is told to
    ``on_choose``, before the page is drawn again; the arrow keys walk from token to token."""
    data = {
        "tokens": [astuple(one) for one in tokens],
        "chosen": chosen,
        "pickable": on_choose is not None,
        "filename": key,
        "label": " ".join(
            [
                caption,
                *(
                    [_("Arrow keys move from token to token, Enter picks one.")]
                    if on_choose
                    else []
                ),
            ]
        ),
    }

    def heard() -> None:
        place = valid_index(st.session_state.get(key, {}).get("choose"), len(tokens))
        if place is not None and on_choose is not None and tokens[place].share is not None:
            on_choose(place)

    _COMPONENT(key=key, data=data, on_choose_change=heard)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        show_caption(caption, source)
        save_popover(key, lambda: Page(_PROGRAM, data, caption, source), table)
