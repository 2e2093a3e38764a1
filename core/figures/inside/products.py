"""Two vectors and their products, number by number: what a logit is the sum of."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.figures.cells import cells_meta
from core.figures.figure import Figure
from core.figures.theme import Labels, Theme, number, palette, plain, template, words
from core.wording import N_

LABELS: Labels = {
    "vector": N_("last vector x"),
    "row": N_("row E of the token"),
    "product": N_("product"),
    "number": N_("number"),
}


def product_strips(
    vector: ArrayLike, row: ArrayLike, theme: Theme, labels: Labels | None = None
) -> Figure:
    """Three strips of d cells: the vector [d], the token's row [d], their products. Each strip has a scale of
    its own, even about 0."""
    strips = _strips(vector, row)
    text = words(labels, LABELS)
    colours = palette(theme)
    names = [plain(text[name]) for name in ("vector", "row", "product")]
    peaks = np.maximum(np.abs(strips).max(axis=1, keepdims=True), 1e-12)
    width = strips.shape[1]
    figure = Figure(
        [
            {
                "type": "heatmap",
                "z": strips / peaks,
                "zmin": -1.0,
                "zmax": 1.0,
                "colorscale": colours.scales["diverging"],
                "showscale": False,
                "xgap": 0 if width > 100 else 1,
                "ygap": 8,
                "hovertext": [
                    [
                        f"{name} · {plain(text['number'])} {place}: <b>{number(value)}</b>"
                        for place, value in enumerate(line)
                    ]
                    for name, line in zip(names, strips.tolist(), strict=True)
                ],
                "hovertemplate": "%{hovertext}<extra></extra>",
            }
        ]
    )
    figure.update_xaxes(
        title={"text": plain(text["number"])}, range=[-0.5, width - 0.5], nticks=10, zeroline=False
    )
    figure.update_yaxes(
        tickmode="array",
        tickvals=[0, 1, 2],
        ticktext=names,
        tickfont={"color": colours.ink, "size": 13},
        range=[2.5, -0.5],
    )
    figure.update_layout(template=template(theme), meta=cells_meta(theme, [0], (3, width)))
    return figure


def product_table(
    vector: ArrayLike, row: ArrayLike, labels: Labels | None = None
) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    """The same as (header, rows): a row for each of the d numbers, unrounded."""
    text = words(labels, LABELS)
    header = (text["number"], text["vector"], text["row"], text["product"])
    return header, [(place, *line) for place, line in enumerate(_strips(vector, row).T.tolist())]


def _strips(vector: ArrayLike, row: ArrayLike) -> NDArray[np.float64]:
    x, e = np.asarray(vector, dtype=np.float64), np.asarray(row, dtype=np.float64)
    if x.ndim != 1 or x.shape != e.shape or not len(x):
        raise ValueError(f"vectors {x.shape} and {e.shape}: expected [d] and [d]")
    return np.stack([x, e, x * e])
