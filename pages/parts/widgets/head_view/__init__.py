"""The head view: tokens in two columns, a line from each query to the keys it looks at.

A token under the cursor is shown alone; a click, or Enter, keeps it. After BertViz's head view
(Vig 2019, "A Multiscale Visualization of Attention in the Transformer Model").
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import streamlit as st
from numpy.typing import ArrayLike, NDArray

from core.figures.heatmap import numbered
from core.figures.theme import Theme, palette
from pages.parts.frame.language import _, pgettext
from pages.parts.frame.theme import theme
from pages.parts.frame.unknown import unknown_explained
from pages.parts.widgets.save import Page, save_popover
from pages.parts.widgets.shared.program import Program
from pages.parts.widgets.shared.source import Source, show_caption
from pages.parts.widgets.shared.valid_index import valid_index

_HTML = """
<div class="clearhead-heads" translate="no">
  <div class="toggles"></div>
  <div class="scroll"></div>
  <p class="said" aria-live="polite"></p>
</div>
"""
_PROGRAM = Program.of("head_view", _HTML)
_COMPONENT = _PROGRAM.component("clearhead_heads")
_FAINTEST = 0.03
"""Weights below this get no line, nor a row in the table."""

_DASHES = {
    "solid": "none",
    "dash": "7 4",
    "dot": "2 3",
    "dashdot": "8 3 2 3",
    "longdash": "12 4",
    "longdashdot": "12 3 2 3",
}


@dataclass(frozen=True)
class Wording:
    """What the two columns and the table's are called, and how the lines are looked at: plainer words than
    those of the lessons, for a page where these have not been met yet."""

    query: str
    key: str
    hint: str
    header: tuple[str, str, str, str]


def head_view(
    tokens: Sequence[str],
    weights: ArrayLike,
    *,
    key: str,
    selected_heads: Sequence[int] | None = None,
    caption: str,
    source: Source,
    names: Sequence[str] | None = None,
    height: int = 460,
    links: Sequence[tuple[int, int]] = (),
    wording: Wording | None = None,
) -> int | None:
    """Draw the weights [h q k] of one layer; return the position of the query that was clicked.

    The query stays chosen until it is clicked again, or the text changes. ``selected_heads`` are
    shown at first, all by default; ``names`` are the heads' names (H0, H1, …). A text that does not
    fit ``height`` pixels scrolls. ``links`` are gold links (query, key), marked with diamonds.
    ``wording`` says it in other words than the lessons'.
    """
    grid = shown_weights(weights, len(tokens))
    said = wording or _of_the_lessons(len(grid))
    caption = unknown_explained(caption, tokens)
    heads = len(grid)
    named = list(names) if names is not None else [f"H{head}" for head in range(heads)]
    chosen = st.session_state.get(key, {}).get("query")
    data = {
        "tokens": list(tokens),
        "weights": _thousandths(grid),
        "names": named,
        "selected": list(selected_heads if selected_heads is not None else range(heads)),
        "locked": valid_index(chosen, len(tokens)),
        "links": [[query, target] for query, target in links],
        "caption": f"{caption} {source.told}",
        "height": height,
        "filename": key,
        "words": {
            "query": said.query,
            "key": said.key,
            "hint": said.hint,
            "gold": _("known link"),
            "all": pgettext("heads", "all"),
            "none": pgettext("heads", "none"),
        },
        **_look(theme()),
    }
    result = _COMPONENT(key=key, data=data, on_query_change=_ignore)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        show_caption(caption, source)
        save_popover(
            key,
            lambda: Page(_PROGRAM, data, caption, source),
            lambda: (said.header, _rows(grid, tokens, named)),
        )
    return valid_index(result.query, len(tokens))


def _of_the_lessons(heads: int) -> Wording:
    return Wording(
        _("query (looks)"),
        _("key (is looked at)"),
        _hint(heads),
        (_("head"), _("query"), _("key"), _("weight")),
    )


def _hint(heads: int) -> str:
    hint = _("Point at a token to see its lines alone; click to keep them.")
    if heads == 1:
        return hint
    alone = _(
        "Double click a head, or press O on it, to see it alone. The strongest head is first."
    )
    return f"{hint} {alone}"


def _thousandths(grid: NDArray[np.float64]) -> dict[str, str]:
    """Weights [h q k] in thousandths, two bytes each: as text they would be three times as long."""
    small = np.rint(grid * 1000).astype("<i2")
    return {"dtype": "i2", "bdata": base64.b64encode(small.tobytes()).decode("ascii")}


def _rows(
    grid: NDArray[np.float64], tokens: Sequence[str], names: Sequence[str]
) -> list[tuple[object, ...]]:
    """The lines as a table: head, query, key, weight; tokens with their position from 1."""
    marked = numbered(tokens)
    found = zip(*np.nonzero(grid >= _FAINTEST), strict=True)
    return [(names[h], marked[q], marked[k], float(grid[h, q, k])) for h, q, k in found]


def shown_weights(weights: ArrayLike, count: int) -> NDArray[np.float64]:
    """Weights [h q k] as the browser gets them: three decimals, hidden cells 0.

    Raises ValueError when they do not fit ``count`` tokens.
    """
    grid = np.asarray(weights, dtype=np.float64)
    if grid.ndim != 3 or grid.shape[1:] != (count, count):
        raise ValueError(f"weights {grid.shape} for {count} tokens: expected [h q k]")
    finite: NDArray[np.float64] = np.where(np.isfinite(grid), grid, 0.0)
    return finite.round(3)


def _look(theme: Theme) -> dict[str, object]:
    colours = palette(theme)
    return {
        "colours": {"query": colours.query, "key": colours.key, "muted": colours.muted},
        "series": [
            {"colour": series.colour, "dash": _DASHES[series.dash]} for series in colours.series
        ],
    }


def _ignore() -> None:
    """The rerun itself brings the chosen query to the page."""
