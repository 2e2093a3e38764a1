"""All heads of a model at one glance: layers from top to bottom, heads from left to right.

One tiled heatmap with empty gutters, which is twenty times as fast as one subplot for each head; an
invisible coarse heatmap over it answers cursor, click and keyboard with the head as a whole.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.figures.cells import cells_meta, hatching, outline
from core.figures.figure import Figure, Trace
from core.figures.theme import Labels, Palette, Theme, palette, plain, template, words
from core.wording import N_

LABELS: Labels = {
    "layer": N_("layer"),
    "head": N_("head"),
    "rows": N_("layer"),
    "columns": N_("head"),
    "strongest": N_("strongest"),
    "open": N_("click to open"),
    "query": N_("strongest link: query"),
    "key": N_("its key"),
    "weight": N_("its weight"),
}

_GUTTER = 0.08
_MOST_HATCHED = 4000
_MOST_ACROSS = 640
"""More cells than so many across all maps are finer than the pixels of the picture."""


def head_grid(
    maps: ArrayLike,
    tokens: Sequence[str],
    theme: Theme,
    selected: tuple[int, int] | None = None,
    mask: ArrayLike | None = None,
    labels: Labels | None = None,
) -> Figure:
    """Attention weights [l h q k] of every head as a small map; ``selected`` is (layer, head).

    A cell's customdata is (layer, head), counted from 0. ``mask`` [q k] is True where a key is
    hidden from a query; those parts are hatched.
    """
    weights = np.asarray(maps, dtype=np.float32)
    if weights.ndim != 4 or weights.shape[2:] != (len(tokens), len(tokens)):
        raise ValueError(f"maps {weights.shape} for {len(tokens)} tokens: expected [l h q k]")
    layers, heads, _, _ = weights.shape
    text = words(labels, LABELS)
    colours = palette(theme)
    hidden: NDArray[np.bool_] = np.asarray(np.isneginf(weights).any(axis=(0, 1)))
    if mask is not None:
        hidden = hidden | np.asarray(mask, dtype=bool)
    weights = np.where(hidden, np.float32(np.nan), weights)
    hover = _hover(weights, tokens, text)
    weights, hidden = _coarser(weights, hidden)
    size = weights.shape[-1]
    tiles = tile(weights)
    pitch = 1 / (size + _gap(size))
    start = -(size - 1) / 2 * pitch
    figure = Figure(
        [
            {
                "type": "heatmap",
                "z": tiles,
                "x0": start,
                "dx": pitch,
                "y0": start,
                "dy": pitch,
                "zmin": 0,
                "zmax": 1,
                "colorscale": colours.scales["attention"],
                "showscale": False,
                "hoverinfo": "skip",
            },
            {
                "type": "heatmap",
                "z": np.zeros((layers, heads), dtype=np.float32),
                "opacity": 0,
                "showscale": False,
                "customdata": _addresses(layers, heads).tolist(),
                "hovertext": hover,
                "hovertemplate": "%{hovertext}<extra></extra>",
            },
        ]
    )
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
    meta = cells_meta(theme, [1], (layers, heads), selected)
    if size == len(tokens):  # else no cell of the sheet is a single weight
        meta["tiles"] = {"trace": 0, "cover": 1, "gap": _gap(size), "hover": _pattern(text)}
    figure.update_layout(
        template=template(theme),
        meta=meta,
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
    names = (text["layer"], text["head"], text["query"], text["key"], text["weight"])
    lines: list[tuple[object, ...]] = [
        (layer, head, tokens[query], tokens[key], float(weights[layer, head, query, key]))
        for layer, heads in enumerate(_strongest(weights).tolist())
        for head, (query, key) in enumerate(heads)
    ]
    return names, lines


def strongest(values: NDArray[np.floating]) -> tuple[int, int]:
    """Query and key of the greatest weight [q k], without the first query: it has no choice."""
    query, key = _strongest(values[None, None])[0, 0].tolist()
    return query, key


def _strongest(maps: NDArray[np.floating]) -> NDArray[np.intp]:
    """The same for all heads [l h q k] at once: (query, key) as [l h 2]."""
    later = maps[:, :, 1:] if maps.shape[2] > 1 else maps
    flat = later.reshape(*later.shape[:2], -1)
    at = np.where(np.isfinite(flat), flat, -1.0).argmax(axis=-1)
    query, key = np.divmod(at, maps.shape[3])
    return np.stack([query + (maps.shape[2] > 1), key], axis=-1)


def _coarser(
    maps: NDArray[np.float32], hidden: NDArray[np.bool_]
) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Maps too fine for the screen, their cells joined; the greatest of the joined weights stays.

    A joined cell is hidden if all its cells are. A long text's last cells may be joined with none.
    """
    layers, heads, size, _ = maps.shape
    joined = -(-max(layers, heads) * size // _MOST_ACROSS)
    if joined == 1:
        return maps, hidden
    short = -size % joined
    wide = np.pad(maps, ((0, 0), (0, 0), (0, short), (0, short)), constant_values=np.nan)
    masked = np.pad(hidden, ((0, short), (0, short)), constant_values=True)
    count = (size + short) // joined
    blocks = wide.reshape(layers, heads, count, joined, count, joined)
    coarse = np.fmax.reduce(np.fmax.reduce(blocks, axis=5), axis=3)
    unseen: NDArray[np.bool_] = np.asarray(
        masked.reshape(count, joined, count, joined).all(axis=(1, 3))
    )
    return coarse, unseen


def _gap(size: int) -> int:
    return max(1, round(size * _GUTTER))


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
    pattern = _pattern(text)

    def sentence(layer: int, head: int, query: int, key: int) -> str:
        return pattern.format(
            layer=layer,
            head=head,
            link=f"{plain(tokens[query])} → {plain(tokens[key])}",
            weight=f"{weights[layer, head, query, key]:.2f}",
        )

    return [
        [sentence(layer, head, *link) for head, link in enumerate(links)]
        for layer, links in enumerate(_strongest(weights).tolist())
    ]


def _pattern(text: Labels) -> str:
    """How a head is put into words: with its ``{layer}``, ``{head}``, ``{link}`` and ``{weight}``."""
    return (
        f"<b>{plain(text['layer'])} {{layer}} · {plain(text['head'])} {{head}}</b><br>"
        f"{plain(text['strongest'])}: {{link}} {{weight}}<br>{plain(text['open'])}"
    )


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
) -> Trace:
    """The hatching of one map, repeated in every tile."""
    one = hatching(hidden, colours)
    down, across = np.indices(shape).reshape(2, -1, 1) + start
    one["x"] = (across + one["x"] * pitch).astype(np.float32).ravel()
    one["y"] = (down + one["y"] * pitch).astype(np.float32).ravel()
    one["fillpattern"]["size"] = 4
    return one
