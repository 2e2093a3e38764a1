"""What several ways give to the same few things, from nearly all to nearly nothing: in powers of ten."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from core.figures.cells import (
    CellWords,
    Selected,
    cells_meta,
    hatching,
    lay_out,
    numbers_in_cells,
    outline,
)
from core.figures.figure import Figure
from core.figures.heatmap import as_grid, heatmap_table
from core.figures.theme import (
    Labels,
    Theme,
    palette,
    plain,
    shortened,
    template,
    two_digits,
    words,
)
from core.wording import N_

LABELS: Labels = {
    "rows": N_("way"),
    "columns": N_("next token"),
    "value": N_("probability"),
    "row": N_("way"),
    "column": N_("token"),
    "hidden": N_("probability 0"),
    "missing": N_("no value"),
}

_LONGEST_ROW = 24

_DECADES = 5
"""So many powers of ten are told apart by colour; what is less has the lowest."""


def share_heatmap(
    shares: ArrayLike,
    rows: Sequence[str],
    columns: Sequence[str],
    theme: Theme,
    selected: Selected | None = None,
    labels: Labels | None = None,
) -> Figure:
    """Shares [r c] from 0 to 1 as cells with their per cent, coloured by their logarithm. Shares of 0 are
    hatched."""
    grid = as_grid(shares, rows, columns)
    text, colours = words(labels, LABELS), palette(theme)
    nothing = grid <= 0
    place = np.clip(np.log10(np.where(nothing, 1.0, grid)), -_DECADES, 0)
    decades = list(range(-_DECADES, 1))
    figure = Figure(
        [
            {
                "type": "heatmap",
                "z": np.where(nothing, np.nan, place),
                "zmin": -_DECADES,
                "zmax": 0,
                "colorscale": colours.scales["count"],
                "xgap": 2,
                "ygap": 2,
                "hovertemplate": "%{hovertext}<extra></extra>",
                "hoverongaps": True,
                "showscale": False,
            }
        ]
    )
    if nothing.any():
        figure.add_trace(hatching(nothing, colours))
    texts = [[short_percent(share) for share in line] for line in grid.tolist()]
    lightness = np.where(nothing, 0.0, 1 + place / (len(decades) - 1))
    figure.add_trace(numbers_in_cells(texts, lightness, colours.scales["count"]))
    lay_out(figure, rows, columns, (text["rows"], text["columns"]))
    figure.update_yaxes(ticktext=shortened(rows, _LONGEST_ROW), title={"text": ""})
    cell_words = CellWords(
        rows=[plain(row) for row in rows],
        columns=[plain(column) for column in columns],
        pattern=f"{plain(text['row'])} {{row}} → {plain(text['column'])} {{column}}",
        value=plain(text["value"]),
        hidden=plain(text["hidden"]),
        missing=plain(text["missing"]),
        other=[
            (int(row), int(column), two_digits(float(grid[row, column])))
            for row, column in np.ndindex(*grid.shape)
        ],
    )
    figure.update_layout(
        template=template(theme),
        meta=cells_meta(theme, [0], grid.shape, selected, cell_words),
        shapes=outline(selected, grid.shape, colours) if selected else [],
    )
    return figure


def share_table(
    shares: ArrayLike, rows: Sequence[str], columns: Sequence[str], labels: Labels | None = None
) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    """The same shares as (header, rows), unrounded."""
    return heatmap_table(shares, rows, columns, labels={**LABELS, **(labels or {})})


def short_percent(share: float) -> str:
    """A share as it fits a narrow cell: two digits of per cent, and never a false zero."""
    if share <= 0:
        return "0"
    if share < 1e-4:
        return "<0.01%"
    if share >= 0.995:
        return "100%" if share > 1 - 1e-9 else ">99%"
    return f"{two_digits(share * 100)}%"
