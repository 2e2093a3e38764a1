"""A token's vector through the blocks: bars of length, and two cosines beside them."""

from __future__ import annotations

from collections.abc import Sequence

from core.figures.cells import cells_meta
from core.figures.figure import Figure
from core.figures.theme import Labels, Theme, number, palette, plain, template, words
from core.wording import N_
from core.worked.flow import FlowStep

LABELS: Labels = {
    "step": N_("after"),
    "length": N_("length of the stream"),
    "added": N_("length added"),
    "turned": N_("cosine of the addition to the stream before"),
    "kept": N_("cosine of the stream to the embedded token"),
    "lengths": N_("length"),
    "cosines": N_("cosine"),
}


def residual_flow(steps: Sequence[FlowStep], theme: Theme, labels: Labels | None = None) -> Figure:
    """One line for each step from top to bottom: on the left lengths, on the right cosines.

    The wide bar is the stream, the narrow one what the part added. A dot is the cosine of the
    stream to the embedded token, a diamond that of the addition to the stream before it.
    """
    text = words(labels, LABELS)
    colours = palette(theme)
    places = list(range(len(steps)))
    sentences = [_sentence(step, text) for step in steps]
    longest = max((max(step.length, step.added) for step in steps), default=1.0) or 1.0
    figure = Figure(
        [
            {
                "type": "bar",
                "orientation": "h",
                "x": [step.length for step in steps],
                "y": places,
                "width": 0.62,
                "marker": {"color": colours.attention, "opacity": 0.45, "cornerradius": 3},
                "name": plain(text["length"]),
                "text": [number(step.length) for step in steps],
                "textposition": "outside",
                "textfont": {"color": colours.ink, "size": 12},
                "cliponaxis": False,
                "hovertext": sentences,
                "hovertemplate": "%{hovertext}<extra></extra>",
            },
            {
                "type": "bar",
                "orientation": "h",
                "x": [step.added for step in steps],
                "y": places,
                "width": 0.24,
                "marker": {"color": colours.value, "cornerradius": 2},
                "name": plain(text["added"]),
                "hovertext": sentences,
                "hovertemplate": "%{hovertext}<extra></extra>",
            },
        ]
    )
    marks = (("kept", "circle", colours.attention), ("turned", "diamond-open", colours.value))
    for field, symbol, colour in marks:
        figure.add_trace(
            {
                "type": "scatter",
                "x": [getattr(step, field) for step in steps],
                "y": places,
                "xaxis": "x2",
                "mode": "markers" if field == "turned" else "lines+markers",
                "line": {"color": colour, "width": 2},
                "marker": {"symbol": symbol, "size": 11, "color": colour, "line": {"width": 2}},
                "name": plain(text[field]),
                "hovertext": sentences,
                "hovertemplate": "%{hovertext}<extra></extra>",
            }
        )
    figure.update_xaxes(
        title={"text": plain(text["lengths"])},
        domain=[0, 0.56],
        range=[0, 1.22 * longest],
        nticks=4,
    )
    figure.update_yaxes(
        tickmode="array",
        tickvals=places,
        ticktext=[plain(step.name) for step in steps],
        tickfont={"color": colours.ink, "size": 13},
        range=[len(steps) - 0.5, -0.5],
    )
    figure.update_layout(
        template=template(theme),
        xaxis2={
            "title": {
                "text": plain(text["cosines"]),
                "font": {"color": colours.muted, "size": 13},
                "standoff": 8,
            },
            "domain": [0.64, 1],
            "range": [-1.08, 1.08],
            "tickvals": [-1, 0, 1],
            "zeroline": True,
            "zerolinecolor": colours.line,
            "fixedrange": True,
            "automargin": True,
            "showgrid": False,
            "tickfont": {"color": colours.muted, "size": 12},
        },
        barmode="overlay",
        showlegend=True,
        meta=cells_meta(theme, [0], (len(steps), 1)),
    )
    return figure


def flow_table(
    steps: Sequence[FlowStep], labels: Labels | None = None
) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    """The same as (header, rows), unrounded; a cosine that does not exist is None."""
    text = words(labels, LABELS)
    header = tuple(text[name] for name in ("step", "length", "added", "turned", "kept"))
    lines: list[tuple[object, ...]] = [
        (step.name, step.length, step.added, _or_none(step.turned), _or_none(step.kept))
        for step in steps
    ]
    return header, lines


def _sentence(step: FlowStep, text: Labels) -> str:
    parts = [plain(step.name)]
    for field in ("length", "added", "turned", "kept"):
        value = getattr(step, field)
        if value == value:
            parts.append(f"{plain(text[field])} <b>{number(value)}</b>")
    return "<br>".join(parts)


def _or_none(value: float) -> float | None:
    return value if value == value else None
