"""Probability, truth and slope of each token: a pale bar, a tick, and a full bar to either side of 0."""

from __future__ import annotations

from collections.abc import Sequence

from core.figures.cells import cells_meta
from core.figures.figure import Figure, scatter
from core.figures.theme import Labels, Theme, number, palette, plain, shortened, template, words
from core.wording import N_

LABELS: Labels = {
    "probability": N_("probability p"),
    "truth": N_("truth y"),
    "slope": N_("slope p − y"),
}


def slope_bars(
    tokens: Sequence[str],
    probabilities: Sequence[float],
    truth: int,
    theme: Theme,
    selected: int | None = None,
    labels: Labels | None = None,
) -> Figure:
    """One row for each token, the first on top. A bar is a cell to be clicked; ``selected`` is a row."""
    text = words(labels, LABELS)
    colours = palette(theme)
    rows = list(range(len(tokens)))
    came = [1.0 if row == truth else 0.0 for row in rows]
    slopes = [p - y for p, y in zip(probabilities, came, strict=True)]
    said = [
        f"{plain(token)}<br>{plain(text['probability'])} <b>{number(p)}</b>"
        f"<br>{plain(text['truth'])} <b>{number(y)}</b><br>{plain(text['slope'])} <b>{number(slope)}</b>"
        for token, p, y, slope in zip(tokens, probabilities, came, slopes, strict=True)
    ]
    figure = Figure(
        [
            {
                "type": "bar",
                "name": plain(text[name]),
                "x": list(values),
                "y": [row + shift for row in rows],
                "orientation": "h",
                "width": 0.34,
                "marker": {
                    "color": colour,
                    "cornerradius": 3,
                    "line": {
                        "color": colours.ink,
                        "width": [2 if row == selected else 0 for row in rows],
                    },
                },
                "text": [f" {number(value)} " for value in values],
                "textposition": "outside",
                "cliponaxis": False,
                "hovertext": said,
                "hovertemplate": "%{hovertext}<extra></extra>",
            }
            for name, values, shift, colour in (
                ("probability", probabilities, -0.19, colours.hatch),
                ("slope", slopes, 0.19, colours.attention),
            )
        ]
    )
    figure.add_trace(
        scatter(
            name=plain(text["truth"]),
            x=came,
            y=[row - 0.19 for row in rows],
            mode="markers",
            marker={
                "symbol": "line-ns-open",
                "size": 16,
                "color": colours.ink,
                "line": {"width": 3, "color": colours.ink},
            },
            hoverinfo="skip",
        )
    )
    figure.update_xaxes(
        range=[-1.25, 1.25],
        tickmode="array",
        tickvals=[-1, -0.5, 0, 0.5, 1],
        ticktext=["−1", "−0.5", "0", "0.5", "1"],
        zeroline=True,
        zerolinecolor=colours.muted,
    )
    figure.update_yaxes(
        tickmode="array",
        tickvals=rows,
        ticktext=shortened(tokens, 18),
        range=[len(rows) - 0.45, -0.55],
    )
    figure.update_layout(
        template=template(theme),
        showlegend=True,
        margin={"r": 14},
        meta=cells_meta(theme, [1], (len(tokens), 1), None if selected is None else (selected, 0)),
    )
    return figure
