"""What the gates of an LSTM or a GRU did at each token: one row for a gate, one column for a token."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.figures.cells import CellWords, Selected, cells_meta, lay_out, numbers_in_cells, outline
from core.figures.figure import Figure
from core.figures.heatmap import MOST_NUMBERED, numbered
from core.figures.theme import Labels, ScaleName, Theme, number, palette, plain, template, words
from core.wording import N_

SIGNED = frozenset({"candidate", "cell", "hidden"})
"""Rows that can be negative: tanh and the states; the gates themselves lie between 0 and 1."""

LABELS: Labels = {
    "rows": N_("gate (row)"),
    "columns": N_("token (column)"),
    "value": N_("value"),
    "mean": N_("mean"),
    "unit": N_("unit"),
    "input": N_("input gate"),
    "forget": N_("forget gate"),
    "output": N_("output gate"),
    "reset": N_("reset gate"),
    "update": N_("update gate"),
    "candidate": N_("candidate"),
    "cell": N_("cell state"),
    "hidden": N_("hidden state"),
}


def gate_strip(
    gates: Mapping[str, ArrayLike],
    tokens: Sequence[str],
    theme: Theme,
    units: Sequence[int] | None = None,
    selected: Selected | None = None,
    labels: Labels | None = None,
) -> Figure:
    """Gate values, each [t d], as a strip [row t]: the mean over the units, or the chosen units.

    Names in ``SIGNED`` are coloured on the diverging scale, the others from closed (0) to open (1).
    """
    text = words(labels, LABELS)
    colours = palette(theme)
    names, signed, values = strip(gates, tokens, units, text)
    peak = max(1.0, float(np.max(np.abs(values[signed]), initial=0.0)))
    figure = Figure()
    layers: tuple[tuple[NDArray[np.bool_], ScaleName, float, float], ...] = (
        (~signed, "gate", 0.0, 1.0),
        (signed, "diverging", -peak, peak),
    )
    for on, scale, low, high in layers:
        figure.add_trace(
            {
                "type": "heatmap",
                "z": np.where(on[:, None], values, np.nan),
                "zmin": low,
                "zmax": high,
                "colorscale": colours.scales[scale],
                "xgap": 2,
                "ygap": 2,
                "showscale": False,
                "hovertemplate": "%{hovertext}<extra></extra>",
                "hoverongaps": False,
            }
        )
        if len(tokens) <= MOST_NUMBERED and on.any():
            texts = [
                [number(v) if shown else "" for v in line]
                for line, shown in zip(values, on, strict=True)
            ]
            shares = (values - low) / (high - low)
            figure.add_trace(numbers_in_cells(texts, shares, colours.scales[scale]))
    lay_out(figure, names, tokens, (text["rows"], text["columns"]))
    traces = [i for i, trace in enumerate(figure.traces) if trace["type"] == "heatmap"]
    figure.update_yaxes(ticktext=[plain(name) for name in names])
    cell_words = CellWords(
        rows=[plain(name) for name in names],
        columns=[plain(token) for token in tokens],
        pattern="{row} · {column}",
        value=plain(text["value"]),
    )
    figure.update_layout(
        template=template(theme),
        meta=cells_meta(theme, traces, values.shape, selected, cell_words),
        shapes=outline(selected, values.shape, colours) if selected else [],
    )
    return figure


def gate_table(
    gates: Mapping[str, ArrayLike],
    tokens: Sequence[str],
    units: Sequence[int] | None = None,
    labels: Labels | None = None,
) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    """The same values as (header, rows), unrounded."""
    text = words(labels, LABELS)
    names, _, values = strip(gates, tokens, units, text)
    lines = [(name, *line) for name, line in zip(names, values.tolist(), strict=True)]
    return (text["rows"], *numbered(tokens)), lines


def strip(
    gates: Mapping[str, ArrayLike],
    tokens: Sequence[str],
    units: Sequence[int] | None,
    text: Labels,
) -> tuple[list[str], NDArray[np.bool_], NDArray[np.float64]]:
    """The strip's rows: their names, whether each can be negative, and the values [row t]."""
    names: list[str] = []
    signed: list[bool] = []
    rows: list[NDArray[np.float64]] = []
    for gate, values in gates.items():
        grid = np.asarray(values, dtype=np.float64)
        if grid.ndim != 2 or len(grid) != len(tokens):
            raise ValueError(f"gate {gate} {grid.shape} for {len(tokens)} tokens: expected [t d]")
        name = text.get(gate, gate)
        if units is None:
            names.append(f"{name} ({text['mean']})")
            rows.append(grid.mean(axis=1))
        else:
            names += [f"{name} · {text['unit']} {unit}" for unit in units]
            rows += [grid[:, unit] for unit in units]
        signed += [gate in SIGNED] * (1 if units is None else len(units))
    return names, np.array(signed, dtype=bool), np.array(rows).reshape(len(rows), len(tokens))
