"""A pair of a query and a pair of a key as arrows in the plane, before and after rotary positions."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from core.figures.figure import Figure, Trace, scatter
from core.figures.theme import Palette, Theme, number, palette, plain, template
from core.wording import N_
from core.worked.positions.rotary import Pair, PairTrace

LABELS: Mapping[str, str] = {
    "before": N_("before turning"),
    "after": N_("after turning"),
    "query": N_("query"),
    "key": N_("key"),
}

_TURN_POINTS = 40
"""Points of a spiral for each full turn."""


def turning_pairs(trace: PairTrace, theme: Theme, labels: Mapping[str, str]) -> Figure:
    """Two circles: the arrows as the projections give them, and turned to their positions.

    A spiral in the right one tells how far, and how many times round, each arrow was turned.
    ``labels`` are the words of ``LABELS``.
    """
    colours = palette(theme)
    reach = 1.2 * max(math.hypot(*trace.q), math.hypot(*trace.k), 0.1)
    figure = Figure()
    arrows: list[dict[str, object]] = []
    for side, (q, k) in enumerate(((trace.q, trace.k), (trace.q_turned, trace.k_turned))):
        axes = {"xaxis": "x2", "yaxis": "y2"} if side else {"xaxis": "x", "yaxis": "y"}
        for name, pair, colour, dash in (
            ("query", q, colours.query, "solid"),
            ("key", k, colours.key, "dash"),
        ):
            figure.add_trace(_circle(math.hypot(*pair), colours) | axes)
            figure.add_trace(_shaft(labels[name], pair, colour, dash) | axes)
            arrows += _arrow(labels[name], pair, colour, axes, reach)
    spirals = ((trace.q, trace.m, 0.34, colours.query), (trace.k, trace.n, 0.2, colours.key))
    for pair, position, radius, colour in spirals:
        spiral = _spiral(pair, position * trace.frequency, radius * reach, colour)
        figure.add_trace(spiral | {"xaxis": "x2", "yaxis": "y2"})
    plane = {"range": [-reach, reach], "showticklabels": False, "zeroline": True}
    grey = {"zerolinecolor": colours.line}
    for side, name in ((1, "before"), (2, "after")):
        place = "" if side == 1 else "2"
        title = {"text": plain(labels[name])}
        domain = [0, 0.49] if side == 1 else [0.51, 1]
        figure.update_layout(
            **{
                f"xaxis{place}": {
                    **plane,
                    **grey,
                    "domain": domain,
                    "title": title,
                    "anchor": f"y{place}",
                    "constrain": "domain",
                },
                f"yaxis{place}": {
                    **plane,
                    **grey,
                    "anchor": f"x{place}",
                    "scaleanchor": f"x{place}",
                    "constrain": "domain",
                },
            }
        )
    figure.update_layout(
        template=template(theme), annotations=arrows, showlegend=False, meta={"theme": theme}
    )
    return figure


def _circle(radius: float, colours: Palette) -> Trace:
    around = np.linspace(0, 2 * math.pi, 73)
    return scatter(
        x=radius * np.cos(around),
        y=radius * np.sin(around),
        mode="lines",
        line={"color": colours.line, "width": 1.5},
        hoverinfo="skip",
    )


def _shaft(name: str, pair: Pair, colour: str, dash: str) -> Trace:
    """The arrow's line, which can be pointed at; its head is an annotation."""
    hover = f"{plain(name)}<br>({number(pair[0])}, {number(pair[1])})"
    return scatter(
        x=[0.0, pair[0]],
        y=[0.0, pair[1]],
        mode="lines",
        line={"color": colour, "width": 3, "dash": dash},
        hovertext=[hover, hover],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _arrow(
    name: str, pair: Pair, colour: str, axes: Mapping[str, str], reach: float
) -> list[dict[str, object]]:
    """The head of the arrow, and its name beyond it."""
    length = math.hypot(*pair) or 1.0
    x, y = axes["xaxis"], axes["yaxis"]
    unit = pair[0] / length, pair[1] / length
    return [
        {
            "x": pair[0],
            "y": pair[1],
            "ax": pair[0] - 0.12 * reach * unit[0],
            "ay": pair[1] - 0.12 * reach * unit[1],
            "xref": x,
            "yref": y,
            "axref": x,
            "ayref": y,
            "text": "",
            "showarrow": True,
            "arrowhead": 2,
            "arrowsize": 1.1,
            "arrowwidth": 3,
            "arrowcolor": colour,
        },
        {
            "x": pair[0] + 0.13 * reach * unit[0],
            "y": pair[1] + 0.13 * reach * unit[1],
            "xref": x,
            "yref": y,
            "text": plain(name),
            "showarrow": False,
            "font": {"color": colour, "size": 13},
        },
    ]


def _spiral(pair: Pair, angle: float, radius: float, colour: str) -> Trace:
    """The way from the arrow's first direction to its last; each full turn a little farther out."""
    start = math.atan2(pair[1], pair[0])
    count = max(2, math.ceil(abs(angle) / (2 * math.pi) * _TURN_POINTS))
    along = np.linspace(0, angle, count)
    widening = radius * (1 + 0.5 * np.abs(along) / (2 * math.pi) / max(1, abs(angle) / math.pi))
    return scatter(
        x=widening * np.cos(start + along),
        y=widening * np.sin(start + along),
        mode="lines",
        line={"color": colour, "width": 1.5, "dash": "dot"},
        hoverinfo="skip",
    )
