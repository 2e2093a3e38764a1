"""Two numbers for each of several rows: a pale bar and a full one, with the numbers at their ends."""

from __future__ import annotations

from collections.abc import Sequence

from core.figures.figure import Figure
from core.figures.theme import Theme, palette, plain, shortened, template


def paired_bars(
    rows: Sequence[str],
    pale: tuple[str, Sequence[float]],
    full: tuple[str, Sequence[float]],
    theme: Theme,
    *,
    decimals: int = 2,
    percent: bool = False,
) -> Figure:
    """Horizontal bars from top to bottom; ``pale`` and ``full`` are (name, a number for each row)."""
    if not len(rows) == len(pale[1]) == len(full[1]):
        raise ValueError("two numbers for each row")
    colours = palette(theme)
    highest = max((*pale[1], *full[1], 1e-9))

    def spelled(value: float) -> str:
        return f"{value:.{decimals}%}" if percent else f"{value:.{decimals}f}"

    # Plotly draws the first trace, and the first row, lowest.
    figure = Figure(
        [
            {
                "type": "bar",
                "name": plain(name),
                "x": list(values),
                "y": list(range(len(rows))),
                "orientation": "h",
                "marker": {"color": colour, "cornerradius": 3},
                "text": [spelled(value) for value in values],
                "textposition": "outside",
                "cliponaxis": False,
                "hovertext": [
                    f"{plain(row)}<br>{plain(name)}: <b>{spelled(value)}</b>"
                    for row, value in zip(rows, values, strict=True)
                ],
                "hovertemplate": "%{hovertext}<extra></extra>",
            }
            for (name, values), colour in ((full, colours.attention), (pale, colours.hatch))
        ]
    )
    figure.update_xaxes(range=[0, highest * 1.18], showgrid=False, showticklabels=False)
    figure.update_yaxes(
        tickmode="array",
        tickvals=list(range(len(rows))),
        ticktext=shortened(rows, 22),
        range=[len(rows) - 0.4, -0.6],
        showgrid=False,
    )
    figure.update_layout(
        template=template(theme),
        barmode="group",
        bargap=0.3,
        showlegend=True,
        legend={"traceorder": "reversed"},
        meta={"theme": theme},
    )
    return figure
