"""What each token of a text cost, before and after a change: a bar for each token."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from core.figures.figure import Figure, scatter
from core.figures.theme import Labels, Theme, number, palette, plain, shortened, template, words
from core.wording import N_

LABELS: Labels = {
    "token": N_("token"),
    "before": N_("before"),
    "after": N_("after"),
    "loss": N_("loss in nats"),
}


def token_losses(
    tokens: Sequence[str],
    before: ArrayLike,
    after: ArrayLike,
    theme: Theme,
    labels: Labels | None = None,
) -> Figure:
    """A bar for each token's loss after the change, a tick where it was before, from top to bottom.

    Bars that have grown are dark, others light; the numbers stand at the ends.
    """
    old, new = np.asarray(before, dtype=np.float64), np.asarray(after, dtype=np.float64)
    if not len(tokens) == len(old) == len(new):
        raise ValueError("one loss for each token, before and after")
    text = words(labels, LABELS)
    colours = palette(theme)
    places = list(range(len(tokens)))
    longest = float(max(old.max(initial=0.0), new.max(initial=0.0), 0.1))
    figure = Figure(
        [
            {
                "type": "bar",
                "name": plain(text["after"]),
                "x": new,
                "y": places,
                "orientation": "h",
                "width": 0.7,
                "marker": {
                    "color": [
                        colours.attention if b > a else colours.hatch
                        for a, b in zip(old, new, strict=True)
                    ],
                    "cornerradius": 3,
                },
                "hovertext": [
                    f"{plain(token)}<br>{plain(text['before'])} <b>{a:.2f}</b>"
                    f"<br>{plain(text['after'])} <b>{b:.2f}</b>"
                    for token, a, b in zip(tokens, old, new, strict=True)
                ],
                "hovertemplate": "%{hovertext}<extra></extra>",
            },
            scatter(
                name=plain(text["before"]),
                x=old,
                y=places,
                mode="markers",
                marker={
                    "symbol": "line-ns-open",
                    "size": 14,
                    "color": colours.ink,
                    "line": {"width": 2, "color": colours.ink},
                },
                hoverinfo="skip",
            ),
            scatter(
                x=np.maximum(old, new),
                y=places,
                mode="text",
                text=[f" {_change(a, b)}" for a, b in zip(old, new, strict=True)],
                textposition="middle right",
                textfont={"size": 11, "color": colours.ink},
                cliponaxis=False,
                hoverinfo="skip",
            ),
        ]
    )
    figure.update_xaxes(
        range=[0, longest * 1.25], title={"text": plain(text["loss"])}, showgrid=True, side="bottom"
    )
    figure.update_yaxes(
        tickmode="array",
        tickvals=places,
        ticktext=shortened(tokens, 14),
        tickfont={"color": colours.ink, "size": 12},
        range=[len(tokens) - 0.5, -0.5],
    )
    figure.update_layout(template=template(theme), meta={"theme": theme})
    return figure


def token_loss_table(
    tokens: Sequence[str], before: ArrayLike, after: ArrayLike, labels: Labels | None = None
) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    """The same as (header, rows), unrounded."""
    text = words(labels, LABELS)
    old, new = np.asarray(before, dtype=np.float64), np.asarray(after, dtype=np.float64)
    return (text["token"], text["before"], text["after"]), [
        (token, float(a), float(b)) for token, a, b in zip(tokens, old, new, strict=True)
    ]


def _change(before: float, after: float) -> str:
    """The loss after, and how much more or less that is, if anything."""
    change = number(after - before)
    if change == "0.00":
        return number(after)
    return f"{number(after)} ({'+' if after > before else ''}{change})"
