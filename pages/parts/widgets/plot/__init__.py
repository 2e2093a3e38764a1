"""A picture on a page: a Plotly figure drawn in place, to be clicked, walked by keyboard and read.

``st.plotly_chart`` mounts anew whenever its data changes and says nothing about a clicked heatmap
cell; this component calls ``Plotly.react`` and keeps its place, its height and its focus.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import streamlit as st

from core.figures.figure import Figure, plain_figure
from pages.parts.frame.language import _
from pages.parts.frame.opening import vendor
from pages.parts.frame.state import redraw_page
from pages.parts.frame.unknown import unknown_explained
from pages.parts.widgets.save import Page, Table, save_popover
from pages.parts.widgets.shared.program import Program
from pages.parts.widgets.shared.source import Source, show_caption
from pages.parts.widgets.shared.valid_index import valid_index

if TYPE_CHECKING:
    import plotly.graph_objects as go

_HTML = """
<div class="clearhead-plot" translate="no">
  <div class="clearhead-plot-canvas"></div>
  <div class="clearhead-plot-cursor"></div>
  <div class="clearhead-plot-words" aria-live="polite"></div>
  <div class="clearhead-plot-failed" role="status"></div>
</div>
"""
_PROGRAM = Program.of("plot", _HTML)
_COMPONENT = _PROGRAM.component("clearhead_plot")


@dataclass(frozen=True)
class Click:
    """The cell that was picked, by position; a bar has column 0. ``customdata`` is the figure's."""

    row: int
    column: int
    customdata: tuple[object, ...] = ()


def plot(
    figure: Figure | go.Figure,
    *,
    key: str,
    height: int,
    on_click: Callable[[Click], None] | None = None,
    caption: str,
    source: Source,
    table: Table | Callable[[], Table] | None = None,
    selectable: bool = False,
) -> Click | None:
    """Draw ``figure`` at ``height`` pixels with its caption; return the click behind this rerun.

    A click, or Enter on the cell that the arrow keys chose, is returned once and handed to
    ``on_click`` before the script runs. ``table`` is (header, rows), or a function that makes it
    when it is wanted: the same numbers to read or save. ``source`` says where these come from. The
    picture is found in the session under ``key``; give every picture its own.
    """
    pickable = selectable or on_click is not None
    drawn = plain_figure(figure)
    cells = drawn.meta.get("cells")

    def clicked() -> None:
        click = _click(st.session_state.get(key, {}).get("click"), cells)
        if click is not None and on_click is not None:
            on_click(click)

    sent = drawn.to_json()
    caption = unknown_explained(caption, [sent, caption])
    data = {
        "figure": sent,
        "height": height,
        "caption": f"{_described(caption, pickable, cells is not None)} {source.told}",
        "pickable": pickable,
        "filename": key,
        "plotly": vendor.plotly_url(),
        "words": {
            "failed": _(
                "The picture could not be drawn, because its drawing program did not load. "
                "Reload the page to try again."
            ),
        },
    }
    result = _COMPONENT(
        key=key, data=data, height=height, on_click_change=clicked, on_theme_change=redraw_page
    )
    below = st.container(horizontal=True, vertical_alignment="center", gap="small")
    with below:
        show_caption(caption, source)
        save_popover(key, lambda: Page(_PROGRAM, data, caption, source, plotly=True), table)
    return _click(result.click, cells)


def _described(caption: str, pickable: bool, walkable: bool) -> str:
    """What a screen reader says of the picture: the caption and how to walk it."""
    if not walkable:
        return caption
    hint = (
        _("Arrow keys move from cell to cell, Enter picks one.")
        if pickable
        else _("Arrow keys move from cell to cell.")
    )
    return f"{caption} {hint}"


def _click(payload: object, cells: Mapping[str, Any] | None) -> Click | None:
    """A click as the browser sent it, believed only if the figure has such a cell."""
    if not isinstance(payload, dict) or not cells:
        return None
    row = valid_index(payload.get("row"), cells["rows"])
    column = valid_index(payload.get("column"), cells["columns"])
    if row is None or column is None:
        return None
    extra = payload.get("customdata")
    values = extra if isinstance(extra, list) else [] if extra is None else [extra]
    return Click(row, column, tuple(values))
