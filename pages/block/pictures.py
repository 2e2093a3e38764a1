"""Pictures of the block lesson: bars before and after, a neuron's curve, and tensors as areas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from core.figures.figure import Figure, scatter
from core.figures.theme import Theme, colour_at, number, palette, plain, shortened, template
from core.worked.budget import COMPONENTS, Component, TensorCount


def before_after(
    before: NDArray[np.float64],
    after: NDArray[np.float64],
    columns: Sequence[str],
    theme: Theme,
    names: tuple[str, str],
) -> Figure:
    """Two bars for each number: hatched before, filled after, with their numbers."""
    colours = palette(theme)
    figure = Figure()
    for values, name, hatched in ((before, names[0], True), (after, names[1], False)):
        colour = colours.muted if hatched else colours.attention
        figure.add_trace(
            {
                "type": "bar",
                "x": list(columns),
                "y": values.tolist(),
                "name": plain(name),
                "marker": {
                    "color": colour,
                    "pattern": {"shape": "/", "fgcolor": colour, "bgcolor": "rgba(0,0,0,0)"}
                    if hatched
                    else {"shape": ""},
                    "line": {"color": colour, "width": 1.5},
                    "cornerradius": 2,
                },
                "text": [number(float(value)) for value in values],
                "textposition": "outside",
                "textfont": {"color": colours.ink, "size": 12},
                "cliponaxis": False,
                "hovertext": [
                    f"{column} · {plain(name)} <b>{number(float(value))}</b>"
                    for column, value in zip(columns, values, strict=True)
                ],
                "hovertemplate": "%{hovertext}<extra></extra>",
            }
        )
    everything = np.concatenate([before, after, [0.0]])
    span = float(np.ptp(everything)) or 1.0
    figure.update_yaxes(
        range=[float(everything.min()) - 0.16 * span, float(everything.max()) + 0.16 * span],
        zeroline=True,
        zerolinecolor=colours.muted,
        nticks=5,
    )
    figure.update_layout(
        template=template(theme), showlegend=True, barmode="group", meta={"theme": theme}
    )
    return figure


def signed_bars(tokens: Sequence[str], values: Sequence[float], theme: Theme, name: str) -> Figure:
    """One level bar for each token, violet to the right of 0, brown to the left, the number beside it."""
    colours = palette(theme)
    low, high = colours.scales["diverging"][1][1], colours.attention
    rows = list(range(len(tokens)))
    longest = max([abs(value) for value in values] or [1.0]) or 1.0
    figure = Figure(
        [
            {
                "type": "bar",
                "orientation": "h",
                "x": list(values),
                "y": rows,
                "marker": {
                    "color": [high if value >= 0 else low for value in values],
                    "cornerradius": 3,
                },
                "text": [number(value) for value in values],
                "textposition": "outside",
                "textfont": {"color": colours.ink, "size": 12},
                "cliponaxis": False,
                "hovertext": [
                    f"{plain(token)}<br>{plain(name)} <b>{number(value)}</b>"
                    for token, value in zip(tokens, values, strict=True)
                ],
                "hovertemplate": "%{hovertext}<extra></extra>",
            }
        ]
    )
    some_negative = any(value < 0 for value in values)
    figure.update_xaxes(
        range=[-1.3 * longest if some_negative else 0, 1.3 * longest],
        title={"text": plain(name)},
        zeroline=True,
        zerolinecolor=colours.muted,
        nticks=5,
    )
    figure.update_yaxes(
        tickmode="array",
        tickvals=rows,
        ticktext=shortened(tokens, 14),
        tickfont={"color": colours.ink, "size": 13},
        range=[len(tokens) - 0.5, -0.5],
    )
    figure.update_layout(template=template(theme), meta={"theme": theme})
    return figure


def activation_curve(
    fit: NDArray[np.float32],
    curves: Mapping[str, tuple[NDArray[np.float64], NDArray[np.float64]]],
    theme: Theme,
    titles: tuple[str, str, str],
) -> Figure:
    """How often the key fits how well (bars), and what the curves φ make of it (lines).

    ``titles`` are of the x axis, of the lines' axis, and the bars' name.
    """
    colours = palette(theme)
    counts, edges = np.histogram(fit, bins=40)
    middles = (edges[:-1] + edges[1:]) / 2
    figure = Figure(
        [
            {
                "type": "bar",
                "x": middles,
                "y": (counts / len(fit)),
                "width": (edges[1:] - edges[:-1]),
                "marker": {"color": colours.hatch},
                "name": plain(titles[2]),
                "hovertemplate": "%{x:.2f}: %{y:.1%}<extra></extra>",
            }
        ]
    )
    for (name, (x, y)), style in zip(curves.items(), colours.series, strict=False):
        figure.add_trace(
            scatter(
                x=x,
                y=y,
                mode="lines",
                name=plain(name),
                yaxis="y2",
                line={"color": style.colour, "width": 3, "dash": style.dash},
                hovertemplate=f"{plain(name)}(%{{x:.2f}}) = %{{y:.2f}}<extra></extra>",
            )
        )
    figure.update_xaxes(title={"text": plain(titles[0])}, showline=True, nticks=8)
    figure.update_yaxes(visible=False, rangemode="tozero")
    figure.update_layout(
        template=template(theme),
        showlegend=True,
        meta={"theme": theme},
        yaxis2={
            "overlaying": "y",
            "side": "left",
            "fixedrange": True,
            "showgrid": False,
            "automargin": True,
            "zeroline": True,
            "zerolinecolor": colours.line,
            "tickfont": {"color": colours.muted, "size": 12},
            "title": {"text": plain(titles[1]), "font": {"color": colours.muted, "size": 13}},
            "tickmode": "auto",
            "nticks": 6,
        },
    )
    return figure


def tensor_areas(
    counts: Sequence[TensorCount], theme: Theme, words: Mapping[Component, str], whole: str
) -> Figure:
    """Every tensor as a field whose area is the number of its parameters, grouped by component.

    Components are told apart by their name and their place as well as by colour.
    """
    colours = palette(theme)
    fills: Mapping[Component, str] = {
        "embedding": colours.query,
        "attention": colours.attention,
        "mlp": colours.value,
        "norm": colours.muted,
        "output": colours.key,
    }

    def tinted(component: Component, share: float) -> str:
        return colour_at(((0.0, colours.surface), (1.0, fills[component])), share)

    ids, labels, parents, sizes, shades = ["whole"], [whole], [""], [0], [colours.surface]
    for component in COMPONENTS:
        tensors_of_it = [tensor for tensor in counts if tensor.component == component]
        if not tensors_of_it:
            continue
        ids.append(component)
        labels.append(words[component])
        parents.append("whole")
        sizes.append(sum(tensor.count for tensor in tensors_of_it))
        shades.append(tinted(component, 0.5))
        for tensor in tensors_of_it:
            ids.append(tensor.name)
            labels.append(short_name(tensor))
            parents.append(component)
            sizes.append(tensor.count)
            shades.append(tinted(component, 0.3))
    sizes[0] = sum(tensor.count for tensor in counts)
    return Figure(
        [
            {
                "type": "treemap",
                "ids": ids,
                "labels": [plain(label) for label in labels],
                "parents": parents,
                "values": sizes,
                "branchvalues": "total",
                "sort": False,
                "marker": {
                    "colors": shades,
                    "line": {"color": colours.paper, "width": 2},
                    "pad": {"t": 22, "l": 3, "r": 3, "b": 3},
                },
                "texttemplate": "%{label}<br>%{value:,} · %{percentRoot:.1%}",
                "hovertemplate": "%{label}<br><b>%{value:,}</b> · %{percentRoot:.2%}<extra></extra>",
                "pathbar": {"visible": False},
                "textfont": {"size": 13, "color": colours.ink},
                "tiling": {"pad": 2},
            }
        ],
        {
            "template": template(theme),
            "meta": {"theme": theme},
            "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
            "uniformtext": {"minsize": 10, "mode": "hide"},
        },
    )


def short_name(tensor: TensorCount) -> str:
    """The tensor's name without the block's and the component's: ``widen.weight``."""
    short = tensor.name.removeprefix("blocks.*.")
    return short if tensor.component == "norm" else short.removeprefix(f"{tensor.component}.")
