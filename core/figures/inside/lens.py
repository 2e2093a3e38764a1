"""The logit lens: a row for each token, a column for each part of the model, in a cell what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.figures.cells import cells_meta, lay_out, outline
from core.figures.figure import Figure, scatter
from core.figures.theme import Labels, Theme, inks_on, number, palette, plain, template, words
from core.wording import N_

LABELS: Labels = {
    "rows": N_("token (row): what comes after it?"),
    "columns": N_("read after (column)"),
    "best": N_("best"),
    "changed": N_("another token than in the column before"),
    "right": N_("the token that comes next"),
    "rank": N_("rank of the token that comes next"),
}
RIGHT = "✓"
_LONGEST = 9
"""Letters of a token that are written in a cell."""


@dataclass(frozen=True, eq=False)
class LensCells:
    """In each cell [t s] the likeliest next token, its ``chances``, whether it is ``changed``: another than
    in the column before, and whether it is ``right``: the token that comes next."""

    best: Sequence[Sequence[str]]
    chances: NDArray[np.float64]
    changed: NDArray[np.bool_]
    right: NDArray[np.bool_]


def lens_grid(
    cells: LensCells,
    tokens: Sequence[str],
    points: Sequence[str],
    theme: Theme,
    selected: tuple[int, int] | None,
    labels: Labels | None = None,
) -> Figure:
    """The cells, shaded by probability. A changed one is framed, a right one has a tick, and the ``selected``
    one, if there is one, an outline."""
    shape = (len(tokens), len(points))
    if not (cells.chances.shape == cells.changed.shape == cells.right.shape == shape):
        raise ValueError(f"cells {cells.chances.shape} for {shape[0]} tokens and {shape[1]} points")
    text = words(labels, LABELS)
    colours = palette(theme)
    scale = colours.scales["attention"]
    figure = Figure(
        [
            {
                "type": "heatmap",
                "z": cells.chances,
                "zmin": 0.0,
                "zmax": 1.0,
                "colorscale": scale,
                "showscale": False,
                "xgap": 2,
                "ygap": 2,
                "hovertext": _hovers(cells, tokens, points, text),
                "hovertemplate": "%{hovertext}<extra></extra>",
            }
        ]
    )
    rows, columns = np.indices(shape)
    written = [
        [_written(cells, row, column) for column in range(shape[1])] for row in range(shape[0])
    ]
    longest = max(len(part) for line in written for cell in line for part in cell.split("<br>"))
    figure.add_trace(
        {
            "type": "scatter",
            "x": columns.ravel(),
            "y": rows.ravel(),
            "mode": "text",
            "text": [cell for line in written for cell in line],
            "textfont": {"size": 12, "color": inks_on(scale, cells.chances.ravel())},
            "hoverinfo": "skip",
            "showlegend": False,
            "meta": {"numbers": longest},
        }
    )
    lay_out(figure, tokens, points, (text["rows"], text["columns"]))
    frames = [
        _frame(int(row), int(column), colour, width)
        for row, column in zip(*np.nonzero(cells.changed), strict=True)
        for colour, width in ((colours.paper, 4.5), (colours.ink, 1.5))
    ]
    figure.update_layout(
        template=template(theme),
        meta=cells_meta(theme, [0], shape, selected),
        shapes=[*frames, *(outline(selected, shape, colours) if selected is not None else ())],
    )
    return figure


def lens_table(
    cells: LensCells, tokens: Sequence[str], points: Sequence[str], labels: Labels | None = None
) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    """The same as (header, rows): of each token and point the best token and its probability, unrounded."""
    text = words(labels, LABELS)
    header = (text["rows"], text["columns"], text["best"], "p", text["changed"], text["right"])
    rows: list[tuple[object, ...]] = [
        (
            f"{row + 1} · {token}",
            point,
            cells.best[row][column],
            float(cells.chances[row, column]),
            bool(cells.changed[row, column]),
            bool(cells.right[row, column]),
        )
        for row, token in enumerate(tokens)
        for column, point in enumerate(points)
    ]
    return header, rows


def rank_curve(
    ranks: Sequence[int],
    points: Sequence[str],
    vocabulary: int,
    theme: Theme,
    labels: Labels | None = None,
) -> Figure:
    """The rank of the token that comes next, from part to part; the first rank is on top, and each step of
    the axis is ten times as far down."""
    text = words(labels, LABELS)
    colours = palette(theme)
    style = colours.series[0]
    decades = [10**power for power in range(len(str(vocabulary)))]
    figure = Figure(
        [
            scatter(
                x=list(points),
                y=list(ranks),
                mode="lines+markers+text",
                text=[str(rank) for rank in ranks],
                textposition="top center",
                textfont={"color": colours.ink, "size": 12},
                cliponaxis=False,
                line={"color": style.colour, "width": 2.5},
                marker={"color": style.colour, "size": 9, "symbol": style.symbol},
                hovertext=[
                    f"{plain(point)}<br>{plain(text['rank'])}: <b>{rank}</b>"
                    for point, rank in zip(points, ranks, strict=True)
                ],
                hovertemplate="%{hovertext}<extra></extra>",
            )
        ]
    )
    figure.update_xaxes(type="category", showline=True, ticktext=[plain(p) for p in points])
    figure.update_yaxes(
        type="log",
        range=[float(np.log10(vocabulary * 1.1)), -0.35],
        tickvals=decades,
        ticktext=[f"{decade:,}" for decade in decades],
        showgrid=True,
        title={"text": plain(text["rank"])},
    )
    figure.update_layout(template=template(theme), showlegend=False, meta={"theme": theme})
    return figure


def _written(cells: LensCells, row: int, column: int) -> str:
    token = cells.best[row][column]
    short = plain(token if len(token) <= _LONGEST else token[: _LONGEST - 1] + "…")
    mark = f"{RIGHT} " if cells.right[row, column] else ""
    return f"{mark}{short}<br>{number(float(cells.chances[row, column]))}"


def _hovers(
    cells: LensCells, tokens: Sequence[str], points: Sequence[str], text: Labels
) -> list[list[str]]:
    def said(row: int, column: int) -> str:
        lines = [
            f"{plain(tokens[row])} · {plain(points[column])}",
            f"{plain(text['best'])}: {plain(cells.best[row][column])} "
            f"<b>{float(cells.chances[row, column]):.3f}</b>",
        ]
        lines += [plain(text["changed"])] * bool(cells.changed[row, column])
        lines += [f"{RIGHT} {plain(text['right'])}"] * bool(cells.right[row, column])
        return "<br>".join(lines)

    return [[said(row, column) for column in range(len(points))] for row in range(len(tokens))]


def _frame(row: int, column: int, colour: str, width: float) -> dict[str, object]:
    """A thin frame within the cell: ink on paper, to be seen on any colour."""
    return {
        "type": "rect",
        **{"x0": column - 0.46, "x1": column + 0.46, "y0": row - 0.45, "y1": row + 0.45},
        "line": {"color": colour, "width": width},
        "layer": "above",
    }
