"""How often something is right, by length: a line for each who tried, with its band, and where chance is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.figures.figure import Figure, scatter
from core.figures.theme import Theme, palette, plain, template
from core.wording import N_

LABELS = {
    "x": N_("length of the problem"),
    "y": N_("solved"),
    "trained": N_("trained lengths"),
    "chance": N_("guessing"),
    "who": N_("model"),
    "low": N_("lowest"),
    "high": N_("highest"),
}
_BAND = 0.16
_HEADROOM = 1.1


@dataclass(frozen=True)
class Tried:
    """Shares right at each of ``lengths``, from ``low`` to ``high``; ``style`` is the place among the series'
    colours, dashes and marks."""

    name: str
    lengths: Sequence[int]
    right: Sequence[float]
    low: Sequence[float]
    high: Sequence[float]
    style: int


def by_length(
    tried: Sequence[Tried],
    theme: Theme,
    trained: int,
    chance: Sequence[float],
    labels: dict[str, str],
) -> Figure:
    """The lines over lengths from 1; those up to ``trained`` are shaded. ``chance`` has one share for each
    length, from 1 on."""
    colours = palette(theme)
    figure = Figure()
    for one in tried:
        style = colours.series[one.style % len(colours.series)]
        figure.add_trace(
            scatter(
                x=[*one.lengths, *reversed(one.lengths)],
                y=[*one.high, *reversed(one.low)],
                mode="lines",
                fill="toself",
                fillcolor=style.colour,
                line={"width": 0, "color": style.colour},
                opacity=_BAND,
                hoverinfo="skip",
                showlegend=False,
            )
        )
    for one in tried:
        style = colours.series[one.style % len(colours.series)]
        named = plain(one.name)
        figure.add_trace(
            scatter(
                x=list(one.lengths),
                y=list(one.right),
                mode="lines+markers",
                line={"color": style.colour, "width": 2.5, "dash": style.dash},
                marker={"color": style.colour, "size": 8, "symbol": style.symbol},
                name=named,
                hovertext=[
                    f"{named}<br>{plain(labels['x'])} {at}: <b>{right:.0%}</b> ({low:.0%}–{high:.0%})"
                    for at, right, low, high in zip(
                        one.lengths, one.right, one.low, one.high, strict=True
                    )
                ],
                hovertemplate="%{hovertext}<extra></extra>",
            )
        )
    figure.add_trace(
        scatter(
            x=list(range(1, len(chance) + 1)),
            y=list(chance),
            mode="lines",
            line={"color": colours.muted, "width": 1.5, "dash": "dash"},
            name=plain(labels["chance"]),
            hovertemplate=f"{plain(labels['chance'])}: %{{y:.1%}}<extra></extra>",
        )
    )
    figure.add_shape(
        type="rect",
        yref="paper",
        layer="below",
        x0=0.5,
        x1=trained + 0.5,
        y0=0,
        y1=1,
        line={"width": 0},
        fillcolor=colours.attention,
        opacity=0.08,
    )
    figure.add_annotation(
        x=(trained + 1) / 2,
        y=1,
        yref="paper",
        text=plain(labels["trained"]),
        showarrow=False,
        yanchor="top",
        font={"color": colours.muted, "size": 12},
    )
    last = max(len(chance), trained)
    figure.update_xaxes(
        title={"text": plain(labels["x"])}, showline=True, range=[0.5, last + 0.5], dtick=2, tick0=2
    )
    figure.update_yaxes(
        title={"text": plain(labels["y"])},
        range=[0, _HEADROOM],
        tickformat=".0%",
        tickvals=[0, 0.25, 0.5, 0.75, 1],
        showgrid=True,
    )
    figure.update_layout(
        template=template(theme),
        showlegend=True,
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        margin={"r": 22},
        meta={"theme": theme},
    )
    return figure


def by_length_table(
    tried: Sequence[Tried], labels: dict[str, str]
) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    """The same as (header, rows): the model's name, the length, the share right, its lowest and highest."""
    header = tuple(labels[name] for name in ("who", "x", "y", "low", "high"))
    return header, [
        (one.name, *values)
        for one in tried
        for values in zip(one.lengths, one.right, one.low, one.high, strict=True)
    ]
