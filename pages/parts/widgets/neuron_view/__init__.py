"""The neuron view: one query against one key, number by number, down to the weight.

After BertViz's neuron view (Vig 2019), with the numbers in the cells.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import streamlit as st
from numpy.typing import ArrayLike, NDArray

from core.figures.heatmap import numbered
from core.figures.theme import palette
from pages.parts.frame.language import _
from pages.parts.frame.theme import theme
from pages.parts.frame.unknown import unknown_explained
from pages.parts.widgets.save import Page, save_popover
from pages.parts.widgets.shared.program import Program
from pages.parts.widgets.shared.source import Source, show_caption
from pages.parts.widgets.shared.valid_index import valid_index

_HTML = """
<div class="clearhead-neurons" translate="no">
  <div class="asks" role="group"></div>
  <div class="strips"></div>
  <p class="sum" aria-live="polite"></p>
  <div class="list"></div>
  <p class="said"></p>
</div>
"""
_PROGRAM = Program.of("neuron_view", _HTML)
_COMPONENT = _PROGRAM.component("clearhead_neurons")


def neuron_view(
    queries: ArrayLike,
    keys: ArrayLike,
    tokens: Sequence[str],
    *,
    key: str,
    source: Source,
    query: int | None = None,
    target: int = 0,
    weights: ArrayLike | None = None,
    mask: ArrayLike | None = None,
    height: int = 420,
) -> tuple[int, int]:
    """Draw queries [q e] and keys [k e] of one head; return the chosen (query, key).

    The last token is the first query, unless ``query`` says otherwise. ``weights`` [q k] are the
    model's; without them they are the softmax of the scaled scores. ``mask`` [q k] is True where a
    key is hidden. A longer list of keys than ``height`` pixels scrolls.
    """
    q, k = np.asarray(queries, dtype=np.float64), np.asarray(keys, dtype=np.float64)
    hidden, shares = attention_of(q, k, weights, mask)
    if len(tokens) != len(q) or len(q) != len(k):
        raise ValueError(f"{len(tokens)} tokens for queries {q.shape} and keys {k.shape}")
    first = (len(tokens) - 1 if query is None else query, target)
    colours = palette(theme())
    data = {
        "queries": q.tolist(),
        "keys": k.tolist(),
        "tokens": list(tokens),
        "weights": shares.tolist(),
        "hidden": hidden.tolist(),
        "pair": list(first),
        "height": height,
        "filename": key,
        "scale": [colour for _share, colour in colours.scales["diverging"]],
        "colours": {
            "query": colours.query,
            "key": colours.key,
            "attention": colours.attention,
            "muted": colours.muted,
        },
        "words": {
            "query": _("query:"),
            "key": _("key"),
            "pair": _("query and key, number by number"),
            "sum": _("sum = score"),
            "score": _("score"),
            "scaled": _("scaled"),
            "weight": _("weight"),
            "hidden": _("hidden by the mask"),
        },
    }
    result = _COMPONENT(key=key, data=data, on_pair_change=_ignore)
    caption = _(
        "Top: query, key and their products, number by number; they add up to the score. Below: the "
        "products with every key. Click a row, or use the arrow keys, to choose a key."
    )
    caption = unknown_explained(caption, tokens)
    chosen = _pair(result.pair, len(tokens)) or first
    header = (_("number"), *numbered(tokens))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        show_caption(caption, source)
        save_popover(
            key,
            lambda: Page(_PROGRAM, {**data, "pair": list(chosen)}, caption, source),
            lambda: (header, _rows(q, k, shares, hidden, chosen[0])),
        )
    return chosen


def attention_of(
    q: NDArray[np.float64],
    k: NDArray[np.float64],
    weights: ArrayLike | None,
    mask: ArrayLike | None,
) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
    """Which cells [q k] are hidden, and the weights [q k]: those given, or softmax(q·k / √e).

    Raises ValueError when the shapes do not fit. A row with every key hidden has weights 0.
    """
    if q.ndim != 2 or k.ndim != 2 or q.shape[1] != k.shape[1]:
        raise ValueError(f"queries {q.shape} and keys {k.shape}: expected [q e] and [k e]")
    shape = (len(q), len(k))
    hidden = np.zeros(shape, dtype=bool) if mask is None else np.asarray(mask, dtype=bool)
    if weights is not None:
        given = np.asarray(weights, dtype=np.float64)
        if given.shape != shape or hidden.shape != shape:
            raise ValueError(f"weights {given.shape}, mask {hidden.shape}: expected {shape}")
        return hidden, np.nan_to_num(given)
    scaled = np.where(hidden, -np.inf, q @ k.T / np.sqrt(q.shape[1]))
    top = np.where(hidden.all(axis=1, keepdims=True), 0.0, scaled.max(axis=1, keepdims=True))
    exponentials = np.exp(scaled - top)
    sums = exponentials.sum(axis=1, keepdims=True)
    shares: NDArray[np.float64] = exponentials / np.where(sums > 0, sums, 1.0)
    return hidden, shares


def _rows(
    q: NDArray[np.float64],
    k: NDArray[np.float64],
    weights: NDArray[np.float64],
    hidden: NDArray[np.bool_],
    query: int,
) -> list[tuple[object, ...]]:
    """For the chosen query: its products with every key, a row for each number, then the sums."""
    products = q[query] * k
    scores = products.sum(axis=1)
    seen = [None if h else w for w, h in zip(weights[query].tolist(), hidden[query], strict=True)]
    return [
        *((str(number), *column) for number, column in enumerate(products.T.tolist())),
        (_("score"), *scores.tolist()),
        (_("scaled"), *(scores / np.sqrt(q.shape[1])).tolist()),
        (_("weight"), *seen),
    ]


def _pair(payload: object, count: int) -> tuple[int, int] | None:
    """A pair as the browser sent it, if there are such tokens."""
    if not isinstance(payload, list | tuple) or len(payload) != 2:
        return None
    query, target = (valid_index(value, count) for value in payload)
    return None if query is None or target is None else (query, target)


def _ignore() -> None:
    """The rerun itself brings the chosen pair to the page."""
