"""What the division by √d_k does as queries get wider: entropy of the rows, slope of softmax."""

from __future__ import annotations

from collections.abc import Sequence

from core.figures.figure import Figure, scatter
from core.figures.lines import level_line
from core.figures.theme import Labels, Theme, palette, plain, template, words
from core.wording import N_
from core.worked.sharpness import Sharpness

LABELS: Labels = {
    "width": N_("numbers in a query, dₖ"),
    "entropy": N_("entropy of a row (nats)"),
    "slope": N_("slope of the largest weight"),
    "divided": N_("divided by √dₖ"),
    "undivided": N_("not divided"),
    "most": N_("even weights, {value:.2f}"),
}


def width_curves(
    widths: Sequence[int],
    divided: Sequence[Sharpness],
    undivided: Sequence[Sharpness],
    most: float,
    theme: Theme,
    labels: Labels | None = None,
) -> Figure:
    """Two pictures above each other over the same widths: entropy (``most`` is its largest possible
    value, dashed) and ∂w/∂s of the largest weight, each with and without the division."""
    text = words(labels, LABELS)
    colours = palette(theme)
    figure = Figure()
    for place, (name, found) in enumerate((("divided", divided), ("undivided", undivided))):
        style = colours.series[place]
        for axis, measure in (("", "entropy"), ("2", "gradient")):
            label = plain(text[name])
            figure.add_trace(
                scatter(
                    x=[str(width) for width in widths],
                    y=[float(getattr(one, measure)) for one in found],
                    xaxis=f"x{axis}",
                    yaxis=f"y{axis}",
                    mode="lines+markers",
                    name=label,
                    legendgroup=name,
                    showlegend=not axis,
                    line={"color": style.colour, "dash": style.dash, "width": 2.5},
                    marker={"symbol": style.symbol, "size": 8},
                    hovertemplate=f"{label}<br>dₖ = %{{x}}: <b>%{{y:.3f}}</b><extra></extra>",
                )
            )
    shared = {"type": "category", "showline": True}
    figure.update_layout(
        template=template(theme),
        showlegend=True,
        meta={"theme": theme},
        margin={"r": 12},
        xaxis={**shared, "anchor": "y", "showticklabels": False},
        xaxis2={**shared, "anchor": "y2", "title": {"text": plain(text["width"])}},
        yaxis={
            "domain": [0.55, 1],
            "range": [0, most * 1.15],
            "title": {"text": plain(text["entropy"])},
            "showgrid": True,
            "nticks": 5,
        },
        yaxis2={
            "domain": [0, 0.45],
            "range": [0, 0.28],
            "title": {"text": plain(text["slope"])},
            "showgrid": True,
            "nticks": 5,
        },
    )
    level_line(figure, most, text["most"].format(value=most), colours)
    return figure


def width_table(
    widths: Sequence[int],
    divided: Sequence[Sharpness],
    undivided: Sequence[Sharpness],
    labels: Labels | None = None,
) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    """The same numbers, unrounded: (header, rows), a row for each width."""
    text = words(labels, LABELS)
    header = (
        text["width"],
        *(
            f"{text[what]}: {text[how]}"
            for what in ("entropy", "slope")
            for how in ("divided", "undivided")
        ),
    )
    lines: list[tuple[object, ...]] = [
        (width, one.entropy, other.entropy, one.gradient, other.gradient)
        for width, one, other in zip(widths, divided, undivided, strict=True)
    ]
    return header, lines
