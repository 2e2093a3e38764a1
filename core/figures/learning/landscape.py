"""The loss over two weights as a landscape, and the ways that walkers took through it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.figures.figure import Figure, Trace, scatter
from core.figures.theme import (
    Labels,
    Palette,
    Series,
    Theme,
    number,
    palette,
    plain,
    template,
    words,
)
from core.wording import N_

LABELS: Labels = {
    "x": N_("first weight"),
    "y": N_("second weight"),
    "loss": N_("loss (nats)"),
    "start": N_("start"),
}


@dataclass(frozen=True)
class Way:
    """Somebody's ``places`` [steps + 1, 2], with the loss at each [steps + 1]."""

    name: str
    places: NDArray[np.float64]
    losses: NDArray[np.float64]


@dataclass(frozen=True)
class Ground:
    """The loss [n m] at each second weight ``up`` [n] and first weight ``across`` [m]; what is higher than
    ``top`` is drawn as a plateau."""

    across: NDArray[np.float64]
    up: NDArray[np.float64]
    loss: NDArray[np.float64]
    top: float


def landscape(
    ground: Ground,
    ways: Sequence[Way],
    theme: Theme,
    labels: Labels | None = None,
    *,
    solid: bool = False,
) -> Figure:
    """Seen from above with lines of equal loss, or as a ``solid``. Low ground has the paper's colour. Each
    way is a line with a marker at every step; where it leaves the picture it goes on outside."""
    text = words(labels, LABELS)
    colours = palette(theme)
    figure = Figure(
        [_solid(ground, colours, text) if solid else _seen_from_above(ground, colours, text)]
    )
    for way, style in zip(ways, colours.series[1:], strict=False):
        on_it = _line_on_solid(way, style, ground, text) if solid else _line(way, style, text)
        figure.add_trace(on_it)
    if ways:
        figure.add_trace(_start(ways[0], ground, colours, text, solid))
    axes = {"x": (ground.across, text["x"]), "y": (ground.up, text["y"])}
    figure.update_layout(
        template=template(theme),
        showlegend=True,
        margin={"r": 14},
        meta={"theme": theme},
    )
    if solid:
        figure.update_layout(
            scene={
                **{
                    f"{axis}axis": {
                        "title": {"text": plain(title)},
                        "range": [float(places[0]), float(places[-1])],
                        "color": colours.muted,
                        "gridcolor": colours.line,
                        "backgroundcolor": "rgba(0,0,0,0)",
                    }
                    for axis, (places, title) in axes.items()
                },
                "zaxis": {
                    "title": {"text": plain(text["loss"])},
                    "color": colours.muted,
                    "gridcolor": colours.line,
                    "backgroundcolor": "rgba(0,0,0,0)",
                },
                "camera": {
                    "eye": {"x": 1.5, "y": 1.25, "z": 1.15},
                    "center": {"x": 0, "y": 0, "z": -0.12},
                },
                "aspectmode": "cube",
            },
            dragmode="turntable",
        )
        return figure
    for axis, (places, title) in axes.items():
        settings = {
            "title": {"text": plain(title)},
            "range": [float(places[0]), float(places[-1])],
            "nticks": 7,
        }
        (figure.update_xaxes if axis == "x" else figure.update_yaxes)(**settings)
    return figure


def _seen_from_above(ground: Ground, colours: Palette, text: Labels) -> Trace:
    return {
        "type": "contour",
        "x": ground.across,
        "y": ground.up,
        "z": np.minimum(ground.loss, ground.top).astype(np.float32),
        "colorscale": colours.scales["count"],
        "ncontours": 16,
        "line": {"width": 0.6, "color": colours.muted},
        "hovertemplate": f"{plain(text['x'])} %{{x:.2f}}<br>{plain(text['y'])} %{{y:.2f}}<br>"
        f"{plain(text['loss'])} <b>%{{z:.3f}}</b><extra></extra>",
        "colorbar": _bar(colours, text),
        "showlegend": False,
    }


def _solid(ground: Ground, colours: Palette, text: Labels) -> Trace:
    return {
        "type": "surface",
        "x": ground.across,
        "y": ground.up,
        "z": np.minimum(ground.loss, ground.top).astype(np.float32),
        "colorscale": colours.scales["count"],
        "opacity": 0.93,
        "hovertemplate": f"{plain(text['loss'])} <b>%{{z:.3f}}</b><extra></extra>",
        "colorbar": _bar(colours, text),
        "showlegend": False,
    }


def _bar(colours: Palette, text: Labels) -> dict[str, object]:
    return {
        "title": {
            "text": plain(text["loss"]),
            "side": "top",
            "font": {"color": colours.muted, "size": 12},
        },
        "thickness": 10,
        "outlinewidth": 0,
        "tickfont": {"color": colours.muted, "size": 11},
    }


def _line(way: Way, style: Series, text: Labels) -> Trace:
    return scatter(
        x=way.places[:, 0],
        y=way.places[:, 1],
        mode="lines+markers",
        line={"color": style.colour, "width": 2.5, "dash": style.dash},
        marker={"color": style.colour, "size": 6, "symbol": style.symbol},
        name=plain(way.name),
        hovertext=_said(way, text),
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _line_on_solid(way: Way, style: Series, ground: Ground, text: Labels) -> Trace:
    inside = (
        (way.places[:, 0] >= ground.across[0])
        & (way.places[:, 0] <= ground.across[-1])
        & (way.places[:, 1] >= ground.up[0])
        & (way.places[:, 1] <= ground.up[-1])
    )
    lifted = np.minimum(way.losses, ground.top) + 0.02 * (ground.top - float(ground.loss.min()))
    shown = [np.where(inside, values, np.nan) for values in (*way.places.T, lifted)]
    return {
        "type": "scatter3d",
        "x": shown[0],
        "y": shown[1],
        "z": shown[2],
        "mode": "lines+markers",
        "line": {"color": style.colour, "width": 5},
        "marker": {"color": style.colour, "size": 3},
        "name": plain(way.name),
        "hovertext": _said(way, text),
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _start(way: Way, ground: Ground, colours: Palette, text: Labels, solid: bool) -> Trace:
    x, y = (float(value) for value in way.places[0])
    marker = {
        "size": 6 if solid else 14,
        "symbol": "diamond",
        "color": colours.paper,
        "line": {"width": 2.5, "color": colours.ink},
    }
    place: Trace = {
        "x": [x],
        "y": [y],
        "mode": "markers",
        "marker": marker,
        "name": plain(text["start"]),
        "hovertemplate": f"{plain(text['start'])}<extra></extra>",
    }
    if not solid:
        return scatter(**place)
    return {"type": "scatter3d", "z": [min(float(way.losses[0]), ground.top)], **place}


def _said(way: Way, text: Labels) -> list[str]:
    return [
        f"{plain(way.name)} · {step}<br>({number(x)}, {number(y)})<br>"
        f"{plain(text['loss'])} <b>{number(loss)}</b>"
        for step, ((x, y), loss) in enumerate(zip(way.places.tolist(), way.losses, strict=True))
    ]
