"""What counted models cost: a model that counts has no steps, so each of its losses is one bar."""

from __future__ import annotations

import math
from collections.abc import Sequence

from core.figures.figure import Figure
from core.figures.lines import upright_line
from core.figures.loss import LABELS, Curve
from core.figures.theme import Labels, Theme, palette, plain, template, words


def loss_bars(
    runs: Sequence[Curve],
    theme: Theme,
    uniform: float | None = None,
    labels: Labels | None = None,
) -> Figure:
    """Two bars a run, first run on top: the text it has counted (pale) and new text, in nats per token.

    ``uniform`` is ln V, the loss of guessing evenly: a dashed line. An infinite loss has no bar, only
    its sign.
    """
    text = words(labels, LABELS)
    colours = palette(theme)
    figure = Figure()
    names: list[str] = []
    for position, run in enumerate(runs):
        colour = colours.series[position % len(colours.series)].colour
        for kind, losses in (("train", run.train), ("validation", run.validation)):
            loss = losses[-1] if losses and losses[-1] is not None else math.nan
            names.append(f"{plain(run.name)} · {plain(text[kind])}")
            figure.add_trace(
                {
                    "type": "bar",
                    "orientation": "h",
                    "x": [loss if math.isfinite(loss) else 0.0],
                    "y": [len(names) - 1],
                    "width": 0.7,
                    "marker": {"color": colour, "opacity": 0.5 if kind == "train" else 1.0},
                    "text": [f" {loss:.2f}" if math.isfinite(loss) else " ∞" * math.isinf(loss)],
                    "textposition": "outside",
                    "textfont": {"color": colours.ink},
                    "cliponaxis": False,
                    "hoverinfo": "skip",
                }
            )
    longest = max([uniform or 0.0, 1.0, *(trace["x"][0] for trace in figure.traces)])
    figure.update_xaxes(title={"text": plain(text["y"])}, range=[0, longest * 1.15], nticks=6)
    figure.update_yaxes(
        tickmode="array",
        tickvals=list(range(len(names))),
        ticktext=names,
        range=[max(len(names), 2) - 0.4, -0.6],
        automargin=True,
    )
    figure.update_layout(
        template=template(theme), showlegend=False, bargap=0.2, meta={"theme": theme}
    )
    if uniform is not None:
        upright_line(figure, uniform, colours.ink, dash="dash")
    return figure
