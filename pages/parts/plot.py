"""A picture on a page: a Plotly figure drawn in place, to be clicked, walked by keyboard and read.

``st.plotly_chart`` mounts anew whenever its data changes and says nothing about a clicked heatmap
cell; this component calls ``Plotly.react`` and keeps its place, its height and its focus.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import plotly.graph_objects as go
import streamlit as st

from pages.parts import vendor
from pages.parts.language import _

Table = tuple[Sequence[str], Sequence[Sequence[object]]]

_HERE = Path(__file__).parent
_HTML = """
<div class="clearhead-plot">
  <div class="clearhead-plot-canvas"></div>
  <div class="clearhead-plot-cursor"></div>
  <div class="clearhead-plot-words" aria-live="polite"></div>
  <div class="clearhead-plot-failed" role="status"></div>
</div>
"""
_COMPONENT = st.components.v2.component(
    "clearhead_plot",
    html=_HTML,
    css=(_HERE / "plot.css").read_text(encoding="utf-8"),
    js=(_HERE / "plot.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


@dataclass(frozen=True)
class Click:
    """The cell that was picked, by position; a bar has column 0. ``customdata`` is the figure's."""

    row: int
    column: int
    customdata: tuple[object, ...] = ()


def plot(
    figure: go.Figure,
    *,
    key: str,
    height: int,
    on_click: Callable[[Click], None] | None = None,
    caption: str,
    table: Table | None = None,
    selectable: bool = False,
) -> Click | None:
    """Draw ``figure`` at ``height`` pixels with its caption; return the click behind this rerun.

    A click, or Enter on the cell that the arrow keys chose, is returned once and handed to
    ``on_click`` before the script runs. ``table`` is (header, rows): the same numbers to read or
    save. The picture is found in the session under ``key``; give every picture its own.
    """
    pickable = selectable or on_click is not None

    def clicked() -> None:
        click = _click(st.session_state[key].get("click"), figure)
        if click is not None and on_click is not None:
            on_click(click)

    result = _COMPONENT(
        key=key,
        data={
            "figure": figure.to_json(),
            "height": height,
            "caption": _said(caption, pickable, _walkable(figure)),
            "pickable": pickable,
            "filename": key,
            "plotly": vendor.plotly_url(),
            "words": {
                "png": _("Save as PNG"),
                "svg": _("Save as SVG"),
                "failed": _(
                    "The picture could not be drawn, because its drawing program did not load. "
                    "Reload the page to try again."
                ),
            },
        },
        height=height,
        on_click_change=clicked,
        on_theme_change=_ignore,
    )
    below = st.container(horizontal=True, vertical_alignment="center", gap="small")
    with below:
        st.caption(caption)
        if table is not None:
            _table(table, key)
    return _click(result.click, figure)


def _table(table: Table, key: str) -> None:
    """The text alternative; it is made only when it is opened."""
    opened = st.popover(
        _("Table"), key=f"{key}_table", type="tertiary", on_change="rerun", width="content"
    )
    if not opened.open:
        return
    header, rows = table
    with opened:
        st.dataframe(
            {name: [row[i] for row in rows] for i, name in enumerate(header)},
            hide_index=True,
            key=f"{key}_cells",
        )
        st.download_button(
            _("Save as CSV"),
            data=_csv(table),
            file_name=f"{key}.csv",
            mime="text/csv",
            on_click="ignore",
            key=f"{key}_csv",
        )


def _csv(table: Table) -> bytes:
    """The table as UTF-8 with a byte order mark, so that spreadsheets read Chinese."""
    header, rows = table
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([_harmless(name) for name in header])
    writer.writerows([[_harmless(value) for value in row] for row in rows])
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8")


def _harmless(value: object) -> object:
    """A learner's token must not become a formula in a spreadsheet."""
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return "'" + value
    return value


def _walkable(figure: go.Figure) -> bool:
    return bool(figure.layout.meta and figure.layout.meta.get("cells"))


def _said(caption: str, pickable: bool, walkable: bool) -> str:
    """What a screen reader says of the picture: the caption and how to walk it."""
    if not walkable:
        return caption
    hint = (
        _("Arrow keys move from cell to cell, Enter picks one.")
        if pickable
        else _("Arrow keys move from cell to cell.")
    )
    return f"{caption} {hint}"


def _click(payload: object, figure: go.Figure) -> Click | None:
    """A click as the browser sent it, believed only if the figure has such a cell."""
    meta = figure.layout.meta or {}
    cells = meta.get("cells")
    if not isinstance(payload, dict) or not cells:
        return None
    row = position(payload.get("row"), cells["rows"])
    column = position(payload.get("column"), cells["columns"])
    if row is None or column is None:
        return None
    extra = payload.get("customdata")
    values = extra if isinstance(extra, list) else [] if extra is None else [extra]
    return Click(row, column, tuple(values))


def position(value: object, count: int) -> int | None:
    """A position as the browser sent it, if there is such a one among ``count``."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < count:
        return value
    return None


def _ignore() -> None:
    """The rerun itself is what a change of theme needs."""
