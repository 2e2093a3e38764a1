"""Lines over positions or distances: waves, similarities, scores. They may be negative and coincide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from core.figures.figure import Figure, scatter
from core.figures.theme import Theme, number, palette, plain, template

_MOST_DOTTED = 40
"""Beyond so many places the dots would touch."""


@dataclass(frozen=True, eq=False)
class WaveLine:
    """One value for each place; ``faint`` is a line between the places, drawn thin and undotted."""

    name: str
    x: ArrayLike
    y: ArrayLike
    faint: bool = False


def wave_lines(
    lines: Sequence[WaveLine],
    theme: Theme,
    x: str,
    y: str,
    span: tuple[float, float] | None = None,
    marked: tuple[float, float] | None = None,
) -> Figure:
    """Lines on one pair of axes. Later ones are thinner, so that equal ones are both seen.

    ``span`` fixes the y axis, so that a slider moves the line and not the axis. ``marked`` is the
    place (x, y) that is talked about.
    """
    colours = palette(theme)
    figure = Figure()
    strong = [line for line in lines if not line.faint]
    for line in lines:
        style = colours.series[strong.index(line) % len(colours.series) if line in strong else 0]
        places, values = np.asarray(line.x, dtype=float), np.asarray(line.y, dtype=float)
        width = 1.5 if line.faint else max(2.0, 7.0 - 2.5 * strong.index(line))
        if len(strong) == 1 and not line.faint:
            width = 3.0
        dotted = not line.faint and len(places) <= _MOST_DOTTED
        figure.add_trace(
            scatter(
                x=places,
                y=values,
                mode="lines+markers" if dotted else "lines",
                line={"color": style.colour, "width": width, "dash": style.dash},
                marker={"color": style.colour, "size": 6, "symbol": style.symbol},
                opacity=0.5 if line.faint else None,
                name=plain(line.name),
                showlegend=not line.faint,
                hoverinfo="skip" if line.faint else None,
                hovertext=None if line.faint else _hover_texts(line.name, x, places, values),
                hovertemplate=None if line.faint else "%{hovertext}<extra></extra>",
            )
        )
    if marked is not None:
        figure.add_trace(
            scatter(
                x=[marked[0]],
                y=[marked[1]],
                mode="markers",
                marker={"color": colours.paper, "size": 13, "line": _ring(colours.ink)},
                hoverinfo="skip",
                showlegend=False,
            )
        )
    figure.update_xaxes(title={"text": plain(x)}, showline=True, nticks=8)
    figure.update_yaxes(title={"text": plain(y)}, showgrid=True, nticks=6)
    if span is not None:
        figure.update_yaxes(range=list(span))
    figure.update_layout(
        template=template(theme), showlegend=len(strong) > 1, meta={"theme": theme}
    )
    return figure


def _hover_texts(name: str, x: str, places: ArrayLike, values: ArrayLike) -> list[str]:
    return [
        f"{plain(name)}<br>{plain(x)} {at:g}: <b>{number(float(value))}</b>"
        for at, value in zip(np.asarray(places), np.asarray(values), strict=True)
    ]


def _ring(colour: str) -> dict[str, object]:
    return {"color": colour, "width": 2.5}
