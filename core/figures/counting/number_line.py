"""A random number falls on a line from 0 to 1: a step for each token, as long as its probability."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from core.figures.cells import cells_meta
from core.figures.figure import Figure
from core.figures.next_token import percent
from core.figures.theme import Labels, Theme, ink_on, palette, plain, shortened, template, words
from core.wording import N_
from core.worked.counting.drawing import Stretch

LABELS: Labels = {
    "x": N_("the line from 0 to 1"),
    "token": N_("next token"),
    "from": N_("from"),
    "to": N_("to"),
    "probability": N_("probability"),
    "others": N_("{count} other tokens"),
    "number": N_("u = {u}"),
    "drawn": N_("drawn"),
}


Side = Literal["left", "right", "inside"]

_ROOM = 0.3
"""What a stretch's words take of the shown line on a telephone."""


def stretch_names(
    stretches: Sequence[Stretch], tokens: Sequence[str], labels: Labels | None = None
) -> list[str]:
    """What each is called: its token, or how many tokens lie there. ``tokens`` are those of ``first``."""
    text = words(labels, LABELS)
    return [
        token if one.count == 1 else text["others"].format(count=f"{one.count:,}")
        for one, token in zip(stretches, tokens, strict=True)
    ]


def number_line(
    stretches: Sequence[Stretch],
    tokens: Sequence[str],
    theme: Theme,
    u: float | None = None,
    shown: tuple[float, float] = (0.0, 1.0),
    labels: Labels | None = None,
) -> Figure:
    """Each stretch at its place on the line, the first on top, so that they descend like stairs.

    ``tokens`` are the first token of each. Where ``u`` falls the stretch is framed and named as drawn; a
    stretch of several tokens is hatched. ``shown`` is the part of the line on the x axis. A bar's
    customdata is its position.
    """
    text, colours = words(labels, LABELS), palette(theme)
    names = stretch_names(stretches, tokens, labels)
    low, high = shown
    hit = [u is not None and one.low <= u < one.high for one in stretches]
    figure = Figure(
        [
            {
                "type": "bar",
                "orientation": "h",
                "x": [one.width for one in stretches],
                "base": [one.low for one in stretches],
                "y": list(range(len(stretches))),
                "width": 0.72,
                "marker": {
                    "color": [
                        colours.attention if one.count == 1 else colours.hatch for one in stretches
                    ],
                    "line": {
                        "color": [colours.ink if here else colours.paper for here in hit],
                        "width": [2 if here else 0 for here in hit],
                    },
                    "pattern": {"shape": ["" if one.count == 1 else "/" for one in stretches]},
                },
                "customdata": list(range(len(stretches))),
                "hovertext": [
                    f"{plain(name)}<br>{plain(text['from'])} {one.low:.4f} {plain(text['to'])} "
                    f"{one.high:.4f}: <b>{percent(one.width)}</b>"
                    for one, name in zip(stretches, names, strict=True)
                ],
                "hovertemplate": "%{hovertext}<extra></extra>",
            }
        ]
    )
    sides = [_side(one, low, high) for one in stretches]
    figure.add_trace(
        {
            "type": "scatter",
            "x": [
                max(one.low, low) if side == "left" else min(one.high, high)
                for one, side in zip(stretches, sides, strict=True)
            ],
            "y": list(range(len(stretches))),
            "mode": "text",
            "text": [
                f" {percent(one.width)} {'◀ ' + plain(text['drawn']) if here else ''}"
                if side == "right"
                else f"{plain(text['drawn']) + ' ▶ ' if here else ''}{percent(one.width)} "
                for one, here, side in zip(stretches, hit, sides, strict=True)
            ],
            "textposition": [
                "middle right" if side == "right" else "middle left" for side in sides
            ],
            "textfont": {
                "color": [
                    ink_on(colours.attention if one.count == 1 else colours.hatch)
                    if side == "inside"
                    else colours.ink
                    for one, side in zip(stretches, sides, strict=True)
                ],
                "size": 12,
            },
            "cliponaxis": False,
            "hoverinfo": "skip",
        }
    )
    figure.update_xaxes(
        range=[low, high], showline=True, nticks=6, title={"text": plain(text["x"])}, side="bottom"
    )
    figure.update_yaxes(
        tickmode="array",
        tickvals=list(range(len(names))),
        ticktext=shortened(names, 18),
        tickfont={"color": colours.ink, "size": 13},
        range=[len(names) - 0.5, -0.5],
    )
    at = hit.index(True) if True in hit else None
    figure.update_layout(
        template=template(theme),
        meta=cells_meta(theme, [0], (len(names), 1), (at, 0)),
        margin={"t": 26, "r": 16},
    )
    if u is not None and low <= u <= high:
        for colour, width in ((colours.paper, 5), (colours.ink, 2)):
            figure.add_shape(
                type="line",
                x0=u,
                x1=u,
                y0=0,
                y1=1,
                yref="paper",
                line={"color": colour, "width": width, "dash": "solid"},
            )
        figure.add_annotation(
            x=u,
            y=1,
            yref="paper",
            yanchor="bottom",
            showarrow=False,
            text=plain(text["number"].format(u=f"{u:.4f}")),
            font={"color": colours.ink, "size": 13},
        )
    return figure


def _side(one: Stretch, low: float, high: float) -> Side:
    """Where there is room for a stretch's words: left or right of it; else within it."""
    before, after = max(one.low - low, 0.0), max(high - one.high, 0.0)
    if max(before, after) < _ROOM * (high - low):
        return "inside"
    return "left" if before > after else "right"


def number_line_table(
    stretches: Sequence[Stretch], tokens: Sequence[str], labels: Labels | None = None
) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    """The same as (header, rows), unrounded."""
    text = words(labels, LABELS)
    names = stretch_names(stretches, tokens, labels)
    header = (text["token"], text["from"], text["to"], text["probability"])
    return header, [
        (name, one.low, one.high, one.width) for one, name in zip(stretches, names, strict=True)
    ]
