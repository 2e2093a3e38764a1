"""When a head forms: the loss above, below it how much each head puts on known links, over the same steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.figures.figure import Figure, Trace, scatter
from core.figures.lines import upright_line
from core.figures.theme import Labels, Palette, Theme, palette, plain, template, words
from core.wording import N_

LABELS: Labels = {
    "x": N_("step"),
    "loss": N_("validation loss"),
    "share": N_("attention on the linked word"),
    "head": N_("layer {layer}, head {head}"),
    "others": N_("other heads"),
    "chance": N_("even attention"),
}
NAMED = 2
"""So many heads have a colour and a name: those that end highest."""


@dataclass(frozen=True)
class HeadShares:
    """How much of its attention a head puts on the links at each of the steps."""

    layer: int
    head: int
    shares: Sequence[float]


def forming_curves(
    steps: Sequence[int],
    losses: Sequence[float],
    heads: Sequence[HeadShares],
    chance: float,
    theme: Theme,
    marker: int,
    end: int,
    labels: Labels | None = None,
) -> Figure:
    """Both on one axis of steps that ends at ``end``. The ``marker`` stands where the scrubber does, and
    ``meta.marker`` names its line and dots, as that of ``loss_curves``. ``chance`` is dashed."""
    if not steps or any(len(one.shares) != len(steps) for one in heads):
        raise ValueError("a share for each head at each step, and at least one step")
    text = words(labels, LABELS)
    colours = palette(theme)
    figure = Figure()
    dots: list[tuple[int, int]] = []

    def add(line: Trace, dot: Trace | None) -> None:
        figure.add_trace(line)
        if dot is not None:
            figure.add_trace(dot)
            dots.append((len(figure.traces) - 1, len(figure.traces) - 2))

    nearest = min(range(len(steps)), key=lambda place: abs(steps[place] - marker))
    add(*_line(text["loss"], steps, losses, nearest, colours, 0, text, upper=True))
    ranked = sorted(heads, key=lambda one: one.shares[-1], reverse=True)
    for place, one in enumerate(reversed(ranked[NAMED:])):
        add(_thin(one, steps, colours, text, first=place == 0), None)
    for place, one in enumerate(ranked[:NAMED]):
        name = text["head"].format(layer=one.layer, head=one.head)
        add(*_line(name, steps, one.shares, nearest, colours, place + 1, text, upper=False))
    figure.add_trace(
        scatter(
            x=[0, end],
            y=[chance, chance],
            yaxis="y2",
            mode="lines",
            line={"color": colours.muted, "width": 1.5, "dash": "dash"},
            name=plain(text["chance"]),
            hoverinfo="skip",
        )
    )
    figure.update_xaxes(
        title={"text": plain(text["x"])},
        range=[0, end],
        nticks=6,
        showline=True,
        anchor="y2",
    )
    figure.update_yaxes(
        title={"text": plain(text["loss"])},
        domain=[0.62, 1.0],
        range=[0, max(losses) * 1.08],
        nticks=4,
        showgrid=True,
    )
    figure.update_layout(
        yaxis2={
            "title": {"text": plain(text["share"])},
            "domain": [0.0, 0.52],
            "range": [0, 1],
            "tickformat": ".0%",
            "nticks": 5,
            "showgrid": True,
            "gridcolor": colours.line,
            "anchor": "x",
        },
        template=template(theme),
        showlegend=True,
        margin={"r": 22},
        meta={"theme": theme},
    )
    upright_line(figure, marker, colours.ink)
    line = len(figure.settings["shapes"]) - 1
    figure.update_layout(meta={"marker": {"line": line, "dots": dots}})
    return figure


def forming_table(
    steps: Sequence[int],
    losses: Sequence[float],
    heads: Sequence[HeadShares],
    labels: Labels | None = None,
) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    """The same as (header, rows): step, loss, and each head's share, unrounded."""
    text = words(labels, LABELS)
    names = [text["head"].format(layer=one.layer, head=one.head) for one in heads]
    rows: list[tuple[object, ...]] = [
        (step, loss, *(float(one.shares[place]) for one in heads))
        for place, (step, loss) in enumerate(zip(steps, losses, strict=True))
    ]
    return (text["x"], text["loss"], *names), rows


def _line(
    name: str,
    steps: Sequence[int],
    values: Sequence[float],
    nearest: int,
    colours: Palette,
    place: int,
    text: Labels,
    *,
    upper: bool,
) -> tuple[Trace, Trace]:
    """A curve and the dot on it."""
    style = colours.series[place]
    axis = {} if upper else {"yaxis": "y2"}
    shown = "%{y:.2f}" if upper else "%{y:.0%}"
    hover = f"{plain(name)}<br>{plain(text['x'])} %{{x}}: <b>{shown}</b><extra></extra>"
    line = scatter(
        x=list(steps),
        y=[float(value) for value in values],
        mode="lines",
        line={"color": style.colour, "width": 3, "dash": style.dash},
        name=plain(name),
        hovertemplate=hover,
        **axis,
    )
    dot = scatter(
        x=[steps[nearest]],
        y=[float(values[nearest])],
        mode="markers",
        marker={"color": style.colour, "size": 11, "symbol": style.symbol},
        showlegend=False,
        hovertemplate=hover,
        **axis,
    )
    return line, dot


def _thin(
    one: HeadShares, steps: Sequence[int], colours: Palette, text: Labels, *, first: bool
) -> Trace:
    name = plain(text["head"].format(layer=one.layer, head=one.head))
    return scatter(
        x=list(steps),
        y=[float(share) for share in one.shares],
        yaxis="y2",
        mode="lines",
        line={"color": colours.muted, "width": 1},
        opacity=0.7,
        name=plain(text["others"]),
        legendgroup="others",
        showlegend=first,
        hovertemplate=f"{name}<br>{plain(text['x'])} %{{x}}: <b>%{{y:.0%}}</b><extra></extra>",
    )
