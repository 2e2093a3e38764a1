"""Pictures of the memory lesson: lines over a distance, and a bar for each token of a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.figures.figure import Figure, Trace, scatter
from core.figures.lines import upright_line
from core.figures.theme import Theme, number, palette, plain, shortened, template


@dataclass(frozen=True)
class DistanceLine:
    """Something measured at each distance."""

    name: str
    x: Sequence[int]
    y: Sequence[float]


def distance_lines(
    lines: Sequence[DistanceLine], theme: Theme, x: str, y: str, top: float | None = None
) -> Figure:
    """Lines with a dot for each measured distance; ``top`` fixes the upper end of the y axis."""
    colours = palette(theme)
    figure = Figure()
    for line, style in zip(lines, colours.series, strict=False):
        figure.add_trace(
            scatter(
                x=list(line.x),
                y=list(line.y),
                mode="lines+markers",
                line={"color": style.colour, "width": 3, "dash": style.dash},
                marker={"color": style.colour, "size": 8, "symbol": style.symbol},
                name=plain(line.name),
                hovertext=[
                    f"{plain(line.name)}<br>{plain(x)} {at}: <b>{number(value)}</b>"
                    for at, value in zip(line.x, line.y, strict=True)
                ],
                hovertemplate="%{hovertext}<extra></extra>",
            )
        )
    figure.update_xaxes(title={"text": plain(x)}, showline=True, nticks=8)
    highest = max((max(line.y, default=0.0) for line in lines), default=0.0)
    figure.update_yaxes(
        title={"text": plain(y)}, range=[0, top or highest * 1.1 or 1.0], showgrid=True, nticks=6
    )
    figure.update_layout(template=template(theme), showlegend=True, meta={"theme": theme})
    return figure


def token_bars(
    tokens: Sequence[str], values: Sequence[float], theme: Theme, x: str, y: str
) -> Figure:
    """One bar for each token, in reading order; the numbers stand above them while there is room."""
    colours = palette(theme)
    bars: Trace = {
        "type": "bar",
        "x": list(range(len(tokens))),
        "y": list(values),
        "marker": {"color": colours.attention, "cornerradius": 3},
        "cliponaxis": False,
        "hovertext": [
            f"{plain(token)}<br>{plain(y)} <b>{number(value)}</b>"
            for token, value in zip(tokens, values, strict=True)
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
    if len(tokens) <= 14:
        bars |= {
            "text": [number(value) for value in values],
            "textposition": "outside",
            "textfont": {"color": colours.ink, "size": 12},
        }
    figure = Figure([bars])
    figure.update_xaxes(
        title={"text": plain(x)},
        tickmode="array",
        tickvals=list(range(len(tokens))),
        ticktext=shortened(tokens, 12),
        tickangle=-45 if len(tokens) > 6 else 0,
        tickfont={"color": colours.ink, "size": 13},
    )
    figure.update_yaxes(
        title={"text": plain(y)}, range=[0, max([*values, 0.05]) * 1.18], showgrid=True, nticks=5
    )
    figure.update_layout(template=template(theme), meta={"theme": theme})
    return figure


@dataclass(frozen=True)
class ScoreBar:
    """A score and its interval."""

    name: str
    value: float
    low: float
    high: float


def score_bars(bars: Sequence[ScoreBar], theme: Theme, x: str, chance: float) -> Figure:
    """Lying bars from 0 to 1, the first on top, each with its interval; ``chance`` is an upright line."""
    colours = palette(theme)
    figure = Figure()
    for place, bar in enumerate(bars):
        figure.add_trace(
            {
                "type": "bar",
                "orientation": "h",
                "x": [max(bar.value, 0.0)],
                "y": [place],
                "width": 0.6,
                "marker": {"color": colours.series[place % len(colours.series)].colour},
                "hovertext": [
                    f"{plain(bar.name)}<br>{plain(x)} <b>{number(bar.value)}</b> "
                    f"({number(bar.low)} … {number(bar.high)})"
                ],
                "hovertemplate": "%{hovertext}<extra></extra>",
            }
        )
        figure.add_annotation(
            x=max(bar.high, bar.value, 0.0),
            y=place,
            text=f"<b>{bar.value:.2f}</b>",
            showarrow=False,
            xanchor="left",
            xshift=8,
            font={"color": colours.ink, "size": 13},
        )
        ends = (max(bar.low, 0.0), max(bar.high, 0.0))
        lines = [(*ends, 0.0, 0.0), *((end, end, -0.12, 0.12) for end in ends)]
        for x0, x1, up, down in lines:
            figure.add_shape(
                type="line",
                x0=x0,
                x1=x1,
                y0=place + up,
                y1=place + down,
                line={"color": colours.ink, "width": 1.5},
            )
    upright_line(figure, chance, colours.muted, width=1.5, dash="dash")
    figure.update_xaxes(title={"text": plain(x)}, range=[0, 1.12], nticks=6, showgrid=True)
    figure.update_yaxes(
        tickmode="array",
        tickvals=list(range(len(bars))),
        ticktext=[plain(bar.name) for bar in bars],
        range=[len(bars) - 0.4, -0.6],
        tickfont={"color": colours.ink, "size": 13},
    )
    figure.update_layout(template=template(theme), showlegend=False, meta={"theme": theme})
    return figure
