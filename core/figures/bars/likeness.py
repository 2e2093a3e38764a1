"""How alike words are: a bar for each cosine, from −1 to 1."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from core.figures.cells import cells_meta
from core.figures.figure import Figure
from core.figures.lines import upright_line
from core.figures.theme import Labels, Theme, number, palette, plain, shortened, template, words
from core.wording import N_

LABELS: Labels = {
    "cosine": N_("cosine"),
    "word": N_("word"),
    "marked": N_("left out"),
}


def likeness_bars(
    names: Sequence[str],
    cosines: Sequence[float],
    theme: Theme,
    *,
    marked: Collection[int] = (),
    labels: Labels | None = None,
) -> Figure:
    """Horizontal bars as ordered by the caller, first on top, with the numbers at their ends. The axis always
    reaches to 1, and to −1 where one is below 0, so that several such pictures compare. ``marked`` places
    are pale and say so. A bar's customdata is its place."""
    if len(names) != len(cosines):
        raise ValueError("one cosine for each name")
    text, colours = words(labels, LABELS), palette(theme)
    values = [float(value) for value in cosines]
    lowest = -1.0 if min(values, default=0.0) < 0 else 0.0
    ends = [
        f"{number(value)}  · {plain(text['marked'])}" if place in marked else number(value)
        for place, value in enumerate(values)
    ]
    figure = Figure(
        [
            {
                "type": "bar",
                "x": values,
                "y": list(range(len(names))),
                "orientation": "h",
                "width": 0.72,
                "marker": {
                    "color": [
                        colours.hatch if place in marked else colours.attention
                        for place in range(len(names))
                    ],
                    "cornerradius": 3,
                },
                "customdata": list(range(len(names))),
                "hovertext": [
                    f"{plain(name)}<br>{plain(text['cosine'])} <b>{number(value)}</b>"
                    for name, value in zip(names, values, strict=True)
                ],
                "hovertemplate": "%{hovertext}<extra></extra>",
            },
            {
                "type": "scatter",
                "x": [max(value, 0.0) for value in values],
                "y": list(range(len(names))),
                "text": [f" {end}" for end in ends],
                "mode": "text",
                "textposition": "middle right",
                "textfont": {"color": colours.ink, "size": 12},
                "cliponaxis": False,
                "hoverinfo": "skip",
            },
        ]
    )
    figure.update_xaxes(
        range=[lowest * 1.05, 1.32 if not marked else 1.6],
        tickmode="array",
        tickvals=[-1, -0.5, 0, 0.5, 1] if lowest else [0, 0.5, 1],
        showgrid=True,
        title={"text": plain(text["cosine"])},
    )
    figure.update_yaxes(
        tickmode="array",
        tickvals=list(range(len(names))),
        ticktext=shortened(names, 22),
        tickfont={"color": colours.ink, "size": 13},
        range=[max(len(names), 2) - 0.5, -0.5],
    )
    figure.update_layout(
        template=template(theme),
        meta=cells_meta(theme, [0], (len(names), 1)),
    )
    if lowest:
        upright_line(figure, 0.0, colours.muted)
    return figure


def likeness_table(
    names: Sequence[str], cosines: Sequence[float], labels: Labels | None = None
) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    """The same as (header, rows), unrounded."""
    text = words(labels, LABELS)
    rows: list[tuple[object, ...]] = [
        (name, float(value)) for name, value in zip(names, cosines, strict=True)
    ]
    return (text["word"], text["cosine"]), rows
