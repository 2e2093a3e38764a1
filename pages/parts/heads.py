"""The head view: tokens in two columns, a line from each query to the keys it looks at.

A token under the cursor is shown alone; a click, or Enter, keeps it. After BertViz's head view
(Vig 2019, "A Multiscale Visualization of Attention in the Transformer Model").
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import streamlit as st
from numpy.typing import ArrayLike, NDArray

from core.figures.theme import Theme, palette
from pages.parts.language import _
from pages.parts.plot import position
from pages.parts.theme import theme

_HERE = Path(__file__).parent
_HTML = """
<div class="clearhead-heads">
  <div class="toggles"></div>
  <div class="scroll"></div>
  <p class="said" aria-live="polite"></p>
</div>
"""
_COMPONENT = st.components.v2.component(
    "clearhead_heads",
    html=_HTML,
    css=(_HERE / "heads.css").read_text(encoding="utf-8"),
    js=(_HERE / "heads.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)
_DASHES = {
    "solid": "none",
    "dash": "7 4",
    "dot": "2 3",
    "dashdot": "8 3 2 3",
    "longdash": "12 4",
    "longdashdot": "12 3 2 3",
}


def head_view(
    tokens: Sequence[str],
    weights: ArrayLike,
    *,
    key: str,
    selected_heads: Sequence[int] | None = None,
    caption: str,
    names: Sequence[str] | None = None,
    height: int = 460,
) -> int | None:
    """Draw the weights [h q k] of one layer; return the position of the query that was clicked.

    The query stays chosen until it is clicked again, or the text changes. ``selected_heads`` are
    shown at first, all by default; ``names`` are the heads' names (H0, H1, …). A text that does not
    fit ``height`` pixels scrolls.
    """
    grid = shown_weights(weights, len(tokens))
    heads = len(grid)
    chosen = st.session_state.get(key, {}).get("query")
    result = _COMPONENT(
        key=key,
        data={
            "tokens": list(tokens),
            "weights": grid.tolist(),
            "names": list(names) if names is not None else [f"H{head}" for head in range(heads)],
            "selected": list(selected_heads if selected_heads is not None else range(heads)),
            "locked": position(chosen, len(tokens)),
            "caption": caption,
            "height": height,
            "words": {
                "query": _("query (looks)"),
                "key": _("key (is looked at)"),
                "hint": _("Point at a token to see its lines alone; click to keep them."),
            },
            **_look(theme()),
        },
        on_query_change=_ignore,
    )
    st.caption(caption)
    return position(result.query, len(tokens))


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
