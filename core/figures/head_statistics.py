"""What every head is like: a line for each head, a column for each measure, chance on top.

Measures have different units, so each column is coloured from 0 to its own greatest value.
"""

from __future__ import annotations

import numpy as np

from core.figures.cells import CellWords, Selected, cells_meta, lay_out, numbers_in_cells, outline
from core.figures.figure import Figure, scatter
from core.figures.theme import Labels, Theme, number, palette, plain, template, words
from core.wording import N_
from core.worked.patterns import HeadStatistics

LABELS: Labels = {
    "rows": N_("layer and head (row)"),
    "columns": N_("measure (column)"),
    "even": N_("even attention"),
    "value": N_("value"),
    "entropy": N_("entropy (nats)"),
    "spread": N_("entropy ÷ maximum"),
    "distance": N_("mean distance"),
    "previous": N_("token before"),
    "same": N_("same token"),
    "first": N_("first token"),
    "links": N_("known link"),
    "missing": N_("nothing to measure"),
}


def statistics_heatmap(
    statistics: HeadStatistics,
    theme: Theme,
    selected: Selected | None = None,
    labels: Labels | None = None,
) -> Figure:
    """Measures [head measure] with digits; the top row is what even attention would have.

    ``selected`` is a cell; row 0 is even attention, row 1 the first head.
    """
    text = words(labels, LABELS)
    colours = palette(theme)
    names, columns, values = _grid(statistics, text)
    peaks = np.nanmax(values, axis=0, initial=0.0)
    shares = values / np.where(peaks > 0, peaks, 1.0)
    texts = [[number(value) for value in line] for line in values.tolist()]
    figure = Figure(
        [
            {
                "type": "heatmap",
                "z": shares,
                "zmin": 0,
                "zmax": 1,
                "colorscale": colours.scales["attention"],
                "xgap": 2,
                "ygap": 2,
                "showscale": False,
                "hovertemplate": "%{hovertext}<extra></extra>",
                "hoverongaps": True,
            },
            numbers_in_cells(texts, shares, colours.scales["attention"]),
        ]
    )
    lay_out(figure, names, columns, (text["rows"], text["columns"]))
    figure.update_xaxes(ticktext=[plain(column) for column in columns])
    figure.update_yaxes(ticktext=[plain(name) for name in names])
    cell_words = CellWords(
        rows=[plain(name) for name in names],
        columns=[plain(column) for column in columns],
        pattern="{row} · {column}",
        value=plain(text["value"]),
        missing=plain(text["missing"]),
        other=[
            (row, column, number(float(values[row, column])))
            for row in range(len(names))
            for column in range(len(columns))
            if np.isfinite(values[row, column])
        ],
    )
    figure.update_layout(
        template=template(theme),
        meta=cells_meta(theme, [0], values.shape, selected, cell_words),
        shapes=outline(selected, values.shape, colours) if selected else [],
    )
    return figure


def entropy_against_distance(
    statistics: HeadStatistics, theme: Theme, labels: Labels | None = None
) -> Figure:
    """Each head as a point with its number: how far it looks, how spread; a ring is even attention."""
    text = words(labels, LABELS)
    colours = palette(theme)
    layers, heads = statistics.distance.shape
    figure = Figure()
    for layer in range(layers):
        style = colours.series[layer % len(colours.series)]
        names = [f"L{layer} H{head}" for head in range(heads)]
        x, y = statistics.distance[layer].tolist(), statistics.spread[layer].tolist()
        figure.add_trace(
            scatter(
                x=x,
                y=y,
                text=[f"H{head}" for head in range(heads)] if layers * heads <= 32 else None,
                mode="markers+text" if layers * heads <= 32 else "markers",
                textposition=_apart(x, y),
                textfont={"color": colours.ink, "size": 12},
                cliponaxis=False,
                name=f"L{layer}",
                marker={"color": style.colour, "symbol": style.symbol, "size": 11},
                hovertext=[
                    f"{name}<br>{plain(text['distance'])} <b>{number(a)}</b>"
                    f"<br>{plain(text['spread'])} <b>{number(b)}</b>"
                    for name, a, b in zip(names, x, y, strict=True)
                ],
                hovertemplate="%{hovertext}<extra></extra>",
            )
        )
    even = plain(text["even"])
    figure.add_trace(
        scatter(
            x=[statistics.even["distance"]],
            y=[statistics.even["spread"]],
            mode="markers",
            name=even,
            marker={
                "symbol": "circle-open",
                "size": 15,
                "color": colours.ink,
                "line": {"width": 2},
            },
            hovertext=[f"{even}<br>{number(statistics.even['distance'])}"],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    )
    furthest = max(float(np.nanmax(statistics.distance)), statistics.even["distance"], 0.5)
    figure.update_xaxes(
        title={"text": plain(text["distance"])}, range=[-0.08 * furthest, 1.12 * furthest], nticks=6
    )
    figure.update_yaxes(
        title={"text": plain(text["spread"])}, range=[-0.05, 1.14], showgrid=True, nticks=6
    )
    figure.update_layout(template=template(theme), showlegend=True, meta={"theme": theme})
    return figure


def _apart(x: list[float], y: list[float]) -> list[str]:
    """Where each point's name stands: above the highest, below the lowest, else at the outer side."""
    if len(y) < 2:
        return ["top center"] * len(y)
    middle = sorted(x)[len(x) // 2]
    places = ["middle right" if at >= middle else "middle left" for at in x]
    places[y.index(max(y))] = "top center"
    places[len(y) - 1 - y[::-1].index(min(y))] = "bottom center"
    return places


def statistics_table(
    statistics: HeadStatistics, labels: Labels | None = None
) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    """The same as (header, rows), unrounded; None where there is nothing to measure."""
    text = words(labels, LABELS)
    names, columns, values = _grid(statistics, text)
    lines: list[tuple[object, ...]] = [
        (name, *(value if value == value else None for value in line))
        for name, line in zip(names, values.tolist(), strict=True)
    ]
    return (text["rows"], *columns), lines


def _grid(
    statistics: HeadStatistics, text: Labels
) -> tuple[list[str], list[str], np.ndarray[tuple[int, int], np.dtype[np.float64]]]:
    """Row names, column names and values [1 + l·h, measure]; even attention comes first."""
    measures = statistics.measures()
    layers, heads = statistics.entropy.shape
    names = [f"L{layer} H{head}" for layer in range(layers) for head in range(heads)]
    even = [[statistics.even[name] for name in measures]]
    lines = np.stack([values.ravel() for values in measures.values()], axis=1)
    grid = np.vstack([np.array(even), lines])
    return [text["even"], *names], [text[name] for name in measures], grid
