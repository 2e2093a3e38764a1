"""All heads of a model at one glance: layers from top to bottom, heads from left to right.

One tiled heatmap with empty gutters, which is twenty times as fast as one subplot for each head; an
invisible coarse heatmap over it answers cursor, click and keyboard with the head as a whole.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike, NDArray

from core.figures.cells import HIDDEN, cells_meta, hatching, outline, states
from core.figures.theme import Labels, Palette, Theme, palette, plain, template, words
from core.wording import N_

LABELS: Labels = {
    "layer": N_("layer"),
    "head": N_("head"),
    "rows": N_("layer"),
    "columns": N_("head"),
    "strongest": N_("strongest"),
    "open": N_("click to open"),
}

_GUTTER = 0.08
_MOST_HATCHED = 4000


def head_grid(
    maps: ArrayLike,
    tokens: Sequence[str],
    theme: Theme,
    selected: tuple[int, int] | None = None,
    mask: ArrayLike | None = None,
    labels: Labels | None = None,
) -> go.Figure:
    """Attention weights [l h q k] of every head as a small map; ``selected`` is (layer, head).

    A cell's customdata is (layer, head), counted from 0. ``mask`` [q k] is True where a key is
    hidden from a query; those parts are hatched.
    """
    weights = np.asarray(maps, dtype=np.float32)
    if weights.ndim != 4 or weights.shape[2:] != (len(tokens), len(tokens)):
        raise ValueError(f"maps {weights.shape} for {len(tokens)} tokens: expected [l h q k]")
    layers, heads, size, _ = weights.shape
    text = words(labels, LABELS)
    colours = palette(theme)
    state = states(weights.astype(np.float64), _spread(mask, weights.shape))
    weights = np.where(state == HIDDEN, np.float32(np.nan), weights)
    tiles = tile(weights)
    pitch = 1 / (size + _gap(size))
    start = -(size - 1) / 2 * pitch
    figure = go.Figure(
        [
            go.Heatmap(
                z=tiles,
                x0=start,
                dx=pitch,
                y0=start,
                dy=pitch,
                zmin=0,
                zmax=1,
                colorscale=[list(stop) for stop in colours.scales["attention"]],
                showscale=False,
                hoverinfo="skip",
            ),
            go.Heatmap(
                z=np.zeros((layers, heads), dtype=np.float32),
                opacity=0,
                showscale=False,
                customdata=_addresses(layers, heads).tolist(),
                hovertext=_hover(weights, tokens, text),
                hovertemplate="%{hovertext}<extra></extra>",
            ),
        ]
    )
    hidden = (state == HIDDEN).any(axis=(0, 1))
    if hidden.any() and layers * heads * size <= _MOST_HATCHED:
        figure.add_trace(_hatched_tiles(hidden, (layers, heads), pitch, start, colours))
    figure.update_xaxes(
        **_axis([f"H{head}" for head in range(heads)], text["columns"]),
        range=[-0.5, heads - 0.5],
        side="top",
        tickangle=0,
    )
    figure.update_yaxes(
        **_axis([f"L{layer}" for layer in range(layers)], text["rows"]),
        range=[layers - 0.5, -0.5],
    )
    figure.update_layout(
        template=template(theme),
        meta=cells_meta(theme, [1], (layers, heads), selected),
        shapes=_frames(layers, heads, size, pitch, colours)
        + (outline(selected, (layers, heads), colours)[1:] if selected else []),
    )
    return figure


def tile(maps: NDArray[np.float32]) -> NDArray[np.float32]:
    """Maps [l h q k] side by side as one sheet, NaN in the gutters between them."""
    layers, heads, rows, columns = maps.shape
    gap = _gap(rows)
    room = np.full((layers, rows + gap, heads, columns + gap), np.nan, dtype=np.float32)
    room[:, :rows, :, :columns] = maps.transpose(0, 2, 1, 3)
    sheet = room.reshape(layers * (rows + gap), heads * (columns + gap))
    return sheet[:-gap, :-gap]


def head_table(
    maps: ArrayLike, tokens: Sequence[str], labels: Labels | None = None
) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    """For each head its strongest link: (header, rows) with layer, head, query, key, weight."""
    weights = np.asarray(maps, dtype=np.float64)
    text = words(labels, LABELS)
    header = (text["layer"], text["head"], f"{text['strongest']}: query", "key", "weight")
    lines: list[tuple[object, ...]] = []
    for layer, heads in enumerate(weights):
        for head, values in enumerate(heads):
            query, key = strongest(values)
            lines.append((layer, head, tokens[query], tokens[key], float(values[query, key])))
    return header, lines


def strongest(values: NDArray[np.floating]) -> tuple[int, int]:
    """Query and key of the greatest weight [q k], without the first query: it has no choice."""
    later = values[1:] if len(values) > 1 else values
    at = int(np.argmax(np.where(np.isfinite(later), later, -1.0)))
    query, key = divmod(at, values.shape[1])
    return query + (len(values) > 1), key


def _gap(size: int) -> int:
    return max(1, round(size * _GUTTER))


def _spread(mask: ArrayLike | None, shape: tuple[int, ...]) -> NDArray[np.bool_] | None:
    if mask is None:
        return None
    spread: NDArray[np.bool_] = np.broadcast_to(np.asarray(mask, dtype=bool), shape)
    return spread


def _addresses(layers: int, heads: int) -> NDArray[np.int64]:
    return np.moveaxis(np.indices((layers, heads), dtype=np.int64), 0, -1)


def _axis(names: Sequence[str], title: str) -> dict[str, object]:
    return {
        "tickmode": "array",
        "tickvals": list(range(len(names))),
        "ticktext": list(names),
        "title": {"text": plain(title)},
    }


def _hover(weights: NDArray[np.float32], tokens: Sequence[str], text: Labels) -> list[list[str]]:
    def sentence(layer: int, head: int) -> str:
        query, key = strongest(weights[layer, head])
        link = f"{plain(tokens[query])} → {plain(tokens[key])}"
        return (
            f"<b>{plain(text['layer'])} {layer} · {plain(text['head'])} {head}</b><br>"
            f"{plain(text['strongest'])}: {link} {weights[layer, head, query, key]:.2f}"
            f"<br>{plain(text['open'])}"
        )

    layers, heads = weights.shape[:2]
    return [[sentence(layer, head) for head in range(heads)] for layer in range(layers)]


def _frames(
    layers: int, heads: int, size: int, pitch: float, colours: Palette
) -> list[dict[str, object]]:
    """A thin frame around each map, so that a map of small weights is still seen as a map."""
    half = size * pitch / 2
    return [
        {
            "type": "rect",
            "x0": head - half,
            "x1": head + half,
            "y0": layer - half,
            "y1": layer + half,
            "line": {"color": colours.line, "width": 1},
            "layer": "above",
        }
        for layer in range(layers)
        for head in range(heads)
    ]


def _hatched_tiles(
    hidden: NDArray[np.bool_],
    shape: tuple[int, int],
    pitch: float,
    start: float,
    colours: Palette,
) -> go.Scatter:
    """The hatching of one map, repeated in every tile."""
    one = hatching(hidden, colours)
    x: list[float | None] = []
    y: list[float | None] = []
    for layer in range(shape[0]):
        for head in range(shape[1]):
            x += [None if v is None else head + start + v * pitch for v in one.x]
            y += [None if v is None else layer + start + v * pitch for v in one.y]
    one.update(x=x, y=y, fillpattern={"size": 4})
    return one
