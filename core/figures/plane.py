"""Points in a plane, each with its name: outputs of two numbers."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import ArrayLike

from core.figures.figure import Figure, scatter
from core.figures.theme import Labels, Theme, palette, plain, template, words
from core.wording import N_

LABELS: Labels = {
    "x": N_("first number"),
    "y": N_("second number"),
    "name": N_("sentence"),
}

_ROOM = 0.2


def plane(
    points: ArrayLike,
    names: Sequence[str],
    theme: Theme,
    selected: int | None = None,
    extent: tuple[float, float] | None = None,
    sides: bool = False,
    labels: Labels | None = None,
) -> Figure:
    """Points [n 2] with their names. Those in one place share a marker and a stack of names.

    Names stand above their points or, with ``sides``, to the right and left in turn from top to
    bottom, as suits points along a line.

    ``selected`` is the position of the point to be filled; ``extent`` the least and greatest number
    of both axes, else those of the points.
    """
    grid = np.asarray(points, dtype=np.float64)
    if grid.shape != (len(names), 2):
        raise ValueError(f"points {grid.shape} for {len(names)} names")
    text = words(labels, LABELS)
    colours = palette(theme)
    places: dict[tuple[float, float], list[int]] = {}
    for number, (x, y) in enumerate(np.round(grid, 9).tolist()):
        places.setdefault((x, y), []).append(number)
    chosen = [selected in members for members in places.values()]
    low, high = extent or (float(grid.min()), float(grid.max()))
    room = max(high - low, 1.0) * _ROOM
    figure = Figure(
        [
            scatter(
                x=[x for x, _ in places],
                y=[y for _, y in places],
                mode="markers+text",
                text=["<br>".join(plain(names[i]) for i in found) for found in places.values()],
                textposition=_positions(places) if sides else "top center",
                textfont={"size": 11, "color": colours.ink},
                marker={
                    "size": [16 if one else 11 for one in chosen],
                    "color": [colours.attention if one else colours.surface for one in chosen],
                    "line": {"width": 2, "color": colours.attention},
                },
                cliponaxis=False,
                hovertext=[
                    "<br>".join(plain(names[i]) for i in found) + f"<br><b>({x:.2f}, {y:.2f})</b>"
                    for (x, y), found in places.items()
                ],
                hovertemplate="%{hovertext}<extra></extra>",
            )
        ]
    )
    axis = {"range": [low - room, high + room], "showgrid": True, "nticks": 6, "zeroline": False}
    figure.update_xaxes(**axis, title={"text": plain(text["x"])})
    if sides:
        figure.update_xaxes(range=[low - 2 * room, high + 2 * room])
    figure.update_yaxes(**axis, title={"text": plain(text["y"])})
    figure.update_layout(template=template(theme), meta={"theme": theme})
    return figure


def plane_table(
    points: ArrayLike, names: Sequence[str], labels: Labels | None = None
) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    """The same as (header, rows), unrounded."""
    text = words(labels, LABELS)
    rows = [
        (name, float(x), float(y))
        for name, (x, y) in zip(names, np.asarray(points, dtype=np.float64), strict=True)
    ]
    return (text["name"], text["x"], text["y"]), [tuple(row) for row in rows]


def _positions(places: Collection[tuple[float, float]]) -> list[str]:
    order = sorted(range(len(places)), key=[-y for _, y in places].__getitem__)
    sides = [""] * len(places)
    for turn, place in enumerate(order):
        sides[place] = "middle left" if turn % 2 else "middle right"
    return sides
