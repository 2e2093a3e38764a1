"""What every picture made of cells shares: token axes, numbers in the cells, hatching, outlines.

Rows and columns are addressed by position, never by token: a sentence may say one word twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.figures.figure import Figure, Trace
from core.figures.theme import ColourScale, Palette, inks_on, plain, shortened

Selected = tuple[int | None, int | None]
"""A cell (row, column); ``None`` for a whole column or a whole row."""

HIDDEN, MISSING, SHOWN = 0, 1, 2


def states(values: NDArray[np.float64], mask: ArrayLike | None) -> NDArray[np.int8]:
    """Each cell's state: HIDDEN by the mask (or -inf, as masks hide), MISSING (NaN) or SHOWN."""
    state = np.full(values.shape, SHOWN, dtype=np.int8)
    state[np.isnan(values)] = MISSING
    state[np.isneginf(values)] = HIDDEN
    if mask is not None:
        state[np.asarray(mask, dtype=bool)] = HIDDEN
    return state


def token_axis(tokens: Sequence[str], title: str) -> dict[str, object]:
    """Ticks at 0, 1, 2, … that read as tokens."""
    size = 12 if len(tokens) <= 24 else 10 if len(tokens) <= 40 else 8
    return {
        "tickmode": "array",
        "tickvals": list(range(len(tokens))),
        "ticktext": shortened(tokens),
        "tickfont": {"size": size},
        "range": [-0.5, len(tokens) - 0.5],
        "title": {"text": plain(title)},
    }


def lay_out(
    figure: Figure, rows: Sequence[str], columns: Sequence[str], titles: tuple[str, str]
) -> None:
    """Token axes on both sides: rows from top to bottom, columns named on top."""
    y = token_axis(rows, titles[0])
    figure.update_yaxes(**{**y, "range": [len(rows) - 0.5, -0.5]})
    figure.update_xaxes(
        **token_axis(columns, titles[1]),
        side="top",
        autotickangles=[0, -45, -90],
        ticklabeloverflow="allow",
    )


def numbers_in_cells(
    texts: Sequence[Sequence[str]],
    shares: NDArray[np.float64],
    scale: ColourScale,
) -> Trace:
    """The cells' numbers [q k], each in an ink that can be read on its own cell.

    ``shares`` [q k] are the places on the colour scale; cells with an empty text are left out.
    """
    written = np.array([[bool(text) for text in line] for line in texts]).reshape(shares.shape)
    rows, columns = np.nonzero(written)
    kept = [text for line in texts for text in line if text]
    longest = max((len(text) for text in kept), default=4)
    across = max(shares.shape)
    return {
        "type": "scatter",
        "x": columns,
        "y": rows,
        "text": [plain(text) for text in kept],
        "mode": "text",
        "textfont": {
            "size": float(np.clip(34 - across - 1.5 * longest, 8, 13)),
            "color": inks_on(scale, shares[written]),
        },
        "hoverinfo": "skip",
        "showlegend": False,
        "meta": {"numbers": longest},
    }


def hatching(hidden: NDArray[np.bool_], colours: Palette) -> Trace:
    """Diagonal strokes over the hidden cells [q k]: one closed outline for each run in a row."""
    found = np.array(runs(hidden), dtype=np.float64).reshape(-1, 3)
    row, start, stop = found.T
    gap = np.full(len(found), np.nan)
    x = np.stack([start, stop, stop, start, start, gap], axis=1) - 0.5
    y = np.stack([row, row, row + 1, row + 1, row, gap], axis=1) - 0.5
    return {
        "type": "scatter",
        "x": x.ravel(),
        "y": y.ravel(),
        "mode": "lines",
        "line": {"width": 0},
        "fill": "toself",
        "fillcolor": "rgba(0,0,0,0)",
        "fillpattern": {
            "shape": "/",
            "size": 6,
            "solidity": 0.18,
            "fgcolor": colours.hatch,
            "bgcolor": "rgba(0,0,0,0)",
            "fillmode": "replace",
        },
        "hoverinfo": "skip",
        "showlegend": False,
        "meta": {"hatching": True},
    }


def runs(hidden: NDArray[np.bool_]) -> list[tuple[int, int, int]]:
    """The stretches of hidden cells: (row, first column, column after the last)."""
    edges = np.diff(np.pad(hidden.astype(np.int8), ((0, 0), (1, 1))), axis=1)
    row, start = np.nonzero(edges == 1)
    _, stop = np.nonzero(edges == -1)
    return [(int(r), int(a), int(b)) for r, a, b in zip(row, start, stop, strict=True)]


def outline(
    selected: Selected, shape: tuple[int, int], colours: Palette
) -> list[dict[str, object]]:
    """A frame around the selected cell, row or column: ink within paper, seen on any colour."""
    row, column = selected
    left, right = (-0.5, shape[1] - 0.5) if column is None else (column - 0.5, column + 0.5)
    top, bottom = (-0.5, shape[0] - 0.5) if row is None else (row - 0.5, row + 0.5)
    corners = {"x0": left, "x1": right, "y0": top, "y1": bottom}
    return [
        {"type": "rect", **corners, "line": {"color": colour, "width": width}, "layer": "above"}
        for colour, width in ((colours.paper, 6), (colours.ink, 2.5))
    ]


def cells_meta(
    theme: str,
    traces: Sequence[int],
    shape: tuple[int, int],
    selected: Selected | None = None,
    words: CellWords | None = None,
) -> dict[str, object]:
    """What the page's plot needs to walk the cells by keyboard: which traces, how many cells.

    With ``words`` the browser words a cell when it is pointed at or walked to, so that no sentence
    for each of 65,536 cells has to be made and sent.
    """
    row, column = selected or (None, None)
    cells: dict[str, object] = {
        "traces": list(traces),
        "rows": shape[0],
        "columns": shape[1],
        "at": [row or 0, column or 0],
    }
    return {"theme": theme, "cells": cells | ({"words": asdict(words)} if words else {})}


@dataclass(frozen=True)
class CellWords:
    """How a cell is put into words: ``pattern`` names its ``{row}`` and ``{column}``, then its value.

    All texts are plain: tags are harmless. ``whole`` values are counts drawn as log(1 + count).
    ``runs`` are the hidden stretches (row, first column, column after the last), ``other`` the
    cells (row, column, words) whose value is not in the trace.
    """

    rows: Sequence[str]
    columns: Sequence[str]
    pattern: str
    value: str
    hidden: str = ""
    missing: str = ""
    whole: bool = False
    runs: Sequence[tuple[int, int, int]] = ()
    other: Sequence[tuple[int, int, str]] = ()
