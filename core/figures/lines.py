"""Measured numbers along an axis: one line each, told apart by colour, dash and marker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.figures.figure import Figure, scatter
from core.figures.theme import Palette, Theme, number, palette, plain, template


@dataclass(frozen=True)
class Line:
    """Something measured at each ``x``."""

    name: str
    x: Sequence[float]
    y: Sequence[float]


@dataclass(frozen=True)
class Edge:
    """A place on the x axis where something begins or ends, and what to write there."""

    x: float
    text: str


def lines(
    measured: Sequence[Line],
    theme: Theme,
    x: str,
    y: str,
    edge: Edge | None = None,
    ticks: Sequence[float] | None = None,
    markers: bool = True,
) -> Figure:
    """The lines on one pair of axes that begin at 0; ``x`` and ``y`` are the axes' titles. ``ticks``
    are the places to name on the x axis. Without ``markers`` only the lines are drawn."""
    colours = palette(theme)
    figure = Figure()
    for line, style in zip(measured, colours.series, strict=False):
        named = plain(line.name)
        figure.add_trace(
            scatter(
                x=list(line.x),
                y=list(line.y),
                mode="lines+markers" if markers else "lines",
                line={"color": style.colour, "width": 3 if markers else 2.5, "dash": style.dash},
                marker={"color": style.colour, "size": 9, "symbol": style.symbol},
                name=named,
                hovertext=[
                    f"{named}<br>{plain(x)} {number(at)}: <b>{number(value)}</b>"
                    for at, value in zip(line.x, line.y, strict=True)
                ],
                hovertemplate="%{hovertext}<extra></extra>",
            )
        )
    highest = max((max(line.y, default=0.0) for line in measured), default=0.0)
    last = max((max(line.x, default=0.0) for line in measured), default=0.0)
    figure.update_xaxes(title={"text": plain(x)}, showline=True, nticks=8, range=[0, last * 1.03])
    if ticks is not None:
        figure.update_xaxes(tickmode="array", tickvals=list(ticks))
    figure.update_yaxes(
        title={"text": plain(y)}, range=[0, highest * 1.12 or 1.0], showgrid=True, nticks=6
    )
    figure.update_layout(
        template=template(theme), showlegend=True, margin={"r": 22}, meta={"theme": theme}
    )
    if edge is not None:
        upright_line(figure, edge.x, colours.muted, width=1.5, dash="dash")
        figure.add_annotation(
            x=edge.x,
            y=1,
            yref="paper",
            text=plain(edge.text),
            showarrow=False,
            xanchor="left",
            yanchor="top",
            xshift=6,
            font={"color": colours.muted, "size": 12},
        )
    return figure


def lines_table(
    measured: Sequence[Line], x: str, y: str, line: str
) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    """The same as (header, rows): the line's name, x and y, unrounded."""
    rows: list[tuple[object, ...]] = [
        (one.name, at, value) for one in measured for at, value in zip(one.x, one.y, strict=True)
    ]
    return (line, x, y), rows


def upright_line(
    figure: Figure, x: float, colour: str, *, width: float = 1.0, dash: str = "solid"
) -> None:
    """A thin line at ``x`` from the bottom of the picture to its top."""
    figure.add_shape(
        type="line",
        yref="paper",
        x0=x,
        x1=x,
        y0=0,
        y1=1,
        line={"color": colour, "width": width, "dash": dash},
    )


def level_line(figure: Figure, height: float, text: str, colours: Palette) -> None:
    """A dashed line across the picture at ``height``, with its name above its right end."""
    figure.add_shape(
        type="line",
        xref="paper",
        x0=0,
        x1=1,
        y0=height,
        y1=height,
        line={"color": colours.muted, "width": 1.5, "dash": "dash"},
    )
    figure.add_annotation(
        xref="paper",
        x=1,
        y=height,
        text=plain(text),
        showarrow=False,
        xanchor="right",
        yanchor="bottom",
        yshift=4,
        font={"color": colours.muted, "size": 12},
    )
