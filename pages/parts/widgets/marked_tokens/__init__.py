"""A text token by token, each with a number under it and a shade for it: to be walked, and picked from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

import streamlit as st

from pages.parts.widgets.shared.program import Program
from pages.parts.widgets.shared.source import Source, show_caption
from pages.parts.widgets.shared.valid_index import valid_index

_HTML = '<div class="clearhead-marked-tokens" translate="no"><div role="group"></div></div>'
_COMPONENT = Program.of("marked_tokens", _HTML).component("clearhead_marked_tokens")

SHADES = 4


@dataclass(frozen=True)
class MarkedToken:
    """``text`` as shown, ``number`` under it ("" for none), ``shade`` from 0 to SHADES - 1; a screen reader
    says what is ``said``. ``framed`` tokens stand out; one that ``ends`` a line is the last in it."""

    text: str
    number: str
    shade: int
    said: str
    framed: bool = False
    ends: bool = False


def marked_tokens(
    tokens: Sequence[MarkedToken],
    *,
    key: str,
    label: str,
    caption: str,
    source: Source,
    chosen: int | None = None,
    on_choose: Callable[[int], None],
) -> None:
    """Draw the tokens; ``on_choose`` hears which was picked, by click or Enter, before the script runs."""

    def heard() -> None:
        place = valid_index(st.session_state.get(key, {}).get("choose"), len(tokens))
        if place is not None:
            on_choose(place)

    _COMPONENT(
        key=key,
        data={"tokens": [asdict(one) for one in tokens], "chosen": chosen, "label": label},
        on_choose_change=heard,
    )
    show_caption(caption, source)
