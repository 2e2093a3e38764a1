"""One heatmap with its numbers: tokens on both axes, a row is a query, a column is a key."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.figures.cells import (
    HIDDEN,
    SHOWN,
    CellWords,
    Selected,
    cells_meta,
    hatching,
    lay_out,
    numbers_in_cells,
    outline,
    runs,
    states,
)
from core.figures.figure import Figure
from core.figures.theme import Labels, ScaleName, Theme, number, palette, plain, template, words
from core.wording import N_

MOST_NUMBERED = 24
"""Beyond so many tokens the numbers give way to the value under the cursor."""

_MOST_GAPPED = 96
"""Beyond so many tokens a gap of one pixel would be a third of the picture."""

_MOST_EXACT = 64
"""Beyond so many tokens values are sent with seven digits instead of sixteen."""

LABELS: Labels = {
    "rows": N_("query (row)"),
    "columns": N_("key (column)"),
    "value": N_("weight"),
    "row": N_("query"),
    "column": N_("key"),
    "hidden": N_("hidden by the mask"),
    "missing": N_("no value"),
}


def annotated_heatmap(
    values: ArrayLike,
    rows: Sequence[str],
    columns: Sequence[str],
    theme: Theme,
    mask: ArrayLike | None = None,
    selected: Selected | None = None,
    scale: ScaleName = "attention",
    labels: Labels | None = None,
) -> Figure:
    """Values [q k] as coloured cells with their numbers.

    ``mask`` [q k] is True where a cell is hidden: such cells are hatched, and so is -inf. The scale
    ``attention`` and ``gate`` run from 0 to 1, ``diverging`` is even about 0, ``count`` is
    logarithmic and shows whole numbers. ``labels`` replaces the words of ``LABELS``.
    """
    grid = as_grid(values, rows, columns)
    text = words(labels, LABELS)
    colours = palette(theme)
    state = states(grid, mask)
    hidden = state == HIDDEN
    drawn = np.where((state == SHOWN) & np.isfinite(grid), grid, np.nan)
    shade, low, high, ticks = _shading(drawn, scale)
    large = max(grid.shape)
    gap = 2 if large <= MOST_NUMBERED else 1 if large <= _MOST_GAPPED else 0
    figure = Figure(
        [
            {
                "type": "heatmap",
                "z": shade.astype(np.float32) if large > _MOST_EXACT else shade,
                "zmin": low,
                "zmax": high,
                "colorscale": colours.scales[scale],
                "xgap": gap,
                "ygap": gap,
                "hovertemplate": "%{hovertext}<extra></extra>",
                "hoverongaps": True,
                "colorbar": {
                    "title": {
                        "text": plain(text["value"]),
                        "side": "top",
                        "font": {"color": colours.muted, "size": 12},
                    },
                    "thickness": 10,
                    "outlinewidth": 0,
                    "xpad": 6,
                    "tickfont": {"color": colours.muted, "size": 11},
                    **ticks,
                },
            }
        ]
    )
    if hidden.any():
        figure.add_trace(hatching(hidden, colours))
    if large <= MOST_NUMBERED:
        shares = (shade - low) / (high - low)
        texts = [
            [_cell(value, kind, scale) for value, kind in zip(*line, strict=True)]
            for line in zip(grid.tolist(), state.tolist(), strict=True)
        ]
        figure.add_trace(numbers_in_cells(texts, shares, colours.scales[scale]))
    lay_out(figure, rows, columns, (text["rows"], text["columns"]))
    cell_words = CellWords(
        rows=[plain(row) for row in rows],
        columns=[plain(column) for column in columns],
        pattern=f"{plain(text['row'])} {{row}} → {plain(text['column'])} {{column}}",
        value=plain(text["value"]),
        hidden=plain(text["hidden"]),
        missing=plain(text["missing"]),
        whole=scale == "count",
        runs=runs(hidden),
        other=[
            (int(row), int(column), number(float(grid[row, column])))
            for row, column in zip(*np.nonzero((state == SHOWN) & np.isinf(grid)), strict=True)
        ],
    )
    figure.update_layout(
        template=template(theme),
        meta=cells_meta(theme, [0], grid.shape, selected, cell_words),
        shapes=outline(selected, grid.shape, colours) if selected else [],
    )
    return figure


def heatmap_table(
    values: ArrayLike,
    rows: Sequence[str],
    columns: Sequence[str],
    mask: ArrayLike | None = None,
    labels: Labels | None = None,
) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    """The same numbers as a table: (header, rows), unrounded, None where a cell is hidden or empty.

    Tokens carry their position, so that one word said twice makes two columns.
    """
    grid = as_grid(values, rows, columns)
    text = words(labels, LABELS)
    state = states(grid, mask)
    header = (f"{text['row']} \\ {text['column']}", *numbered(columns))
    lines: list[tuple[object, ...]] = [
        (name, *(float(v) if kind == SHOWN else None for v, kind in zip(line, kinds, strict=True)))
        for name, line, kinds in zip(numbered(rows), grid, state, strict=True)
    ]
    return header, lines


def numbered(tokens: Sequence[str]) -> list[str]:
    """Tokens with their position from 1: all different."""
    return [f"{position} · {token}" for position, token in enumerate(tokens, start=1)]


def as_grid(values: ArrayLike, rows: Sequence[str], columns: Sequence[str]) -> NDArray[np.float64]:
    """The values as float64 [q k]; ValueError when they do not fit the tokens."""
    grid = np.asarray(values, dtype=np.float64)
    if grid.shape != (len(rows), len(columns)):
        raise ValueError(f"values {grid.shape} for {len(rows)} rows and {len(columns)} columns")
    return grid


def _shading(
    drawn: NDArray[np.float64], scale: ScaleName
) -> tuple[NDArray[np.float64], float, float, dict[str, object]]:
    """What is coloured [q k], from where to where, and the colour bar's ticks."""
    peak = float(np.nanmax(np.abs(drawn), initial=0.0))
    if scale == "count":
        decades = [0, *(10**power for power in range(int(np.log10(max(peak, 1))) + 1))]
        ticks: dict[str, object] = {
            "tickvals": [float(np.log1p(count)) for count in decades],
            "ticktext": [f"{count:,}" for count in decades],
        }
        return np.log1p(drawn), 0.0, float(np.log1p(max(peak, 1.0))), ticks
    if scale == "diverging":
        return drawn, -(peak or 1.0), peak or 1.0, {"nticks": 5}
    return drawn, 0.0, 1.0, {"tickvals": [0, 0.5, 1], "ticktext": ["0", "0.5", "1"]}


def _cell(value: float, kind: int, scale: ScaleName) -> str:
    if kind == HIDDEN:
        return ""
    return _count(value) if scale == "count" and np.isfinite(value) else number(value)


def _count(value: float) -> str:
    if value < 10_000:
        return f"{value:.0f}"
    return f"{value / 1000:.0f}k" if value < 1_000_000 else f"{value / 1e6:.1f}M"
