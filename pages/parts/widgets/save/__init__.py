"""What a learner can take away from a picture: its table, CSV, PNG, SVG and a page that opens offline.

PNG and SVG are made in the browser from what stands there. The offline page is the picture's own
program with its data in one file, so that it can still be pointed at, clicked and walked.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import streamlit as st

from core.figures.theme import FONT, Theme, palette, two_digits
from pages.parts.frame.escaped import literal
from pages.parts.frame.language import _, language
from pages.parts.frame.opening import vendor
from pages.parts.frame.theme import theme
from pages.parts.widgets.shared.program import Program, bare
from pages.parts.widgets.shared.source import Source

Table = tuple[Sequence[str], Sequence[Sequence[object]]]

_MOST_CELLS = 6000
"""A longer table would make the offline page slow to open; it is in the CSV."""


@dataclass(frozen=True)
class Page:
    """A picture as one file: its program, the data it draws, where they come from, and whether it
    needs plotly.js."""

    program: Program
    data: Mapping[str, Any]
    caption: str
    source: Source
    plotly: bool = False


_FILES = Program.of("save", '<div class="clearhead-files"></div>')
_COMPONENT = _FILES.component("clearhead_files")


def save_popover(
    key: str, page: Callable[[], Page], table: Table | Callable[[], Table] | None = None
) -> None:
    """The button under a picture; what it offers is made only when it is opened.

    ``key`` is the picture's. ``page`` and ``table`` are asked for while the button is open.
    """
    label = _("Save") if table is None else _("Table, save")
    popover = st.popover(
        label, key=f"{key}_table", type="tertiary", on_change="rerun", width="content"
    )
    if not popover.open:
        return
    found = table() if callable(table) else table
    with popover:
        whole, chosen, tongue = page(), theme(), language()
        if found is not None:
            _show_table(found, key, whole.source)
        _COMPONENT(
            key=f"{key}_files",
            data={"picture": key, "words": {"png": _("Save as PNG"), "svg": _("Save as SVG")}},
        )
        st.download_button(
            _("Save as a web page (opens offline)"),
            data=lambda: standalone(whole, found, chosen, tongue),
            file_name=f"{key}.html",
            mime="text/html",
            on_click="ignore",
            key=f"{key}_html",
        )


def _show_table(table: Table, key: str, source: Source) -> None:
    header, rows = table
    st.caption(literal(source.told))
    st.dataframe(
        {name: [row[i] for row in rows] for i, name in enumerate(header)},
        hide_index=True,
        key=f"{key}_cells",
    )
    st.download_button(
        _("Save as CSV"),
        data=csv_file(table, source),
        file_name=f"{key}.csv",
        mime="text/csv",
        on_click="ignore",
        key=f"{key}_csv",
    )


def csv_file(table: Table, source: Source) -> bytes:
    """The table as UTF-8 with a byte order mark, so that spreadsheets read Chinese; below it, after an
    empty line, where the numbers come from."""
    header, rows = table
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([_harmless(name) for name in header])
    writer.writerows([[_harmless(value) for value in row] for row in rows])
    writer.writerows([[], [source.told]])
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8")


def standalone(page: Page, table: Table | None, theme: Theme, language: str) -> str:
    """One HTML file with everything in it: it asks no server for anything."""
    colours = palette(theme)
    variables = {
        "font": FONT,
        "code-font": "ui-monospace, monospace",
        "text-color": colours.ink,
        "background-color": colours.paper,
        "secondary-background-color": colours.surface,
        "border-color": colours.line,
        "primary-color": colours.attention,
        "base-radius": "8px",
    }
    style = "".join(f"--st-{name}:{value};" for name, value in variables.items())
    plotly = f"<script>{vendor.SCRIPT.read_text(encoding='utf-8')}</script>" if page.plotly else ""
    caption = escape(page.caption)
    return f"""<!doctype html>
<html lang="{language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{caption}</title>
<style>
:root {{ {style} }}
body {{ margin: 0 auto; padding: 1rem; max-width: 60rem; font: 16px/1.5 var(--st-font);
  color: var(--st-text-color); background: var(--st-background-color); }}
table {{ border-collapse: collapse; font-variant-numeric: tabular-nums; }}
td, th {{ padding: 2px 8px; border: 1px solid var(--st-border-color); text-align: left; }}
details {{ overflow-x: auto; }}
{page.program.css}
</style></head><body>
<div id="picture">{page.program.html}</div>
<p>{caption}</p>
<p>{escape(page.source.told)}</p>
{_html_table(table)}
{plotly}
<script type="importmap">{_in_script(page.program.import_map())}</script>
<script type="module">
import picture from "{bare(page.program.entry)}";
picture({{
  data: {_in_script(page.data)},
  parentElement: document.getElementById("picture"),
  setTriggerValue() {{}},
  setStateValue() {{}},
}});
</script></body></html>
"""


def _in_script(data: Mapping[str, Any]) -> str:
    """JSON that cannot end the script it stands in, whatever the learner's tokens are."""
    return json.dumps(data).replace("<", "\\u003c")


def _html_table(table: Table | None) -> str:
    if table is None or len(table[0]) * len(table[1]) > _MOST_CELLS:
        return ""
    header, rows = table
    head = "".join(f"<th>{escape(str(name))}</th>" for name in header)
    body = "".join(
        "<tr>" + "".join(f"<td>{_worded(value)}</td>" for value in row) + "</tr>" for row in rows
    )
    return f"<details><summary>▦</summary><table><tr>{head}</tr>{body}</table></details>"


def _worded(value: object) -> str:
    if value is None:
        return "–"
    if not isinstance(value, float):
        return escape(str(value))
    text = f"{value:.6g}"
    if "e" not in text:
        return text
    return two_digits(value) if abs(value) < 1 else f"{value:.0f}"


def _harmless(value: object) -> object:
    """A learner's token must not become a formula in a spreadsheet."""
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return "'" + value
    return value
