"""Slopes as bars, and a landscape with the ways through it."""

from __future__ import annotations

import numpy as np
import pytest

from core.figures.learning.landscape import Ground, Way, landscape
from core.figures.learning.slopes import slope_bars
from core.figures.theme import Theme, palette


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_slopes_are_probability_minus_truth(theme: Theme) -> None:
    figure = slope_bars(["cat", "<b>", "🙂"], [0.5, 0.3, 0.2], 1, theme, selected=2)
    probability, slope, truth = figure.data
    assert list(probability.x) == [0.5, 0.3, 0.2]
    assert list(slope.x) == pytest.approx([0.5, -0.7, 0.2])
    assert list(truth.x) == [0, 1, 0]
    assert "&lt;b&gt;" in figure.layout.yaxis.ticktext[1]
    assert figure.meta["cells"]["rows"] == 3 and figure.meta["cells"]["at"] == [2, 0]
    assert list(slope.marker.line.width) == [0, 0, 2]


def _ground() -> Ground:
    across, up = np.linspace(-1, 1, 5), np.linspace(-2, 2, 9)
    return Ground(across, up, across[None, :] ** 2 + up[:, None] ** 2, top=3.0)


def _way(places: list[tuple[float, float]]) -> Way:
    points = np.array(places)
    return Way("SGD", points, (points**2).sum(axis=1))


def test_a_landscape_from_above_has_a_plateau_and_a_line_for_each_way() -> None:
    figure = landscape(_ground(), [_way([(1, 2), (0, 0)]), _way([(1, 2), (0.5, 1)])], "light")
    ground, first, second, start = figure.data
    assert ground.type == "contour" and float(np.max(ground.z)) == 3.0
    assert first.line.dash != second.line.dash and first.marker.symbol != second.marker.symbol
    assert (start.x[0], start.y[0]) == (1, 2)
    assert tuple(figure.layout.xaxis.range) == (-1, 1)


def test_a_solid_leaves_out_what_lies_beyond_its_edge() -> None:
    figure = landscape(_ground(), [_way([(1, 2), (5, 0), (0, 0)])], "dark", solid=True)
    surface, way, start = figure.data
    assert surface.type == "surface" and way.type == "scatter3d"
    assert np.isnan(np.array(way.x, dtype=float)).tolist() == [False, True, False]
    assert float(start.z[0]) == 3.0, "on the plateau, not above it"


def test_nobody_walks() -> None:
    assert len(landscape(_ground(), [], "light").data) == 1


def test_low_ground_has_the_colour_nearest_to_the_paper() -> None:
    for theme in ("light", "dark"):
        scale = palette(theme).scales["count"]
        paper = int(palette(theme).paper[1:], 16)

        def distance(colour: str, paper: int = paper) -> int:
            return sum(
                abs((paper >> shift & 255) - (int(colour[1:], 16) >> shift & 255))
                for shift in (0, 8, 16)
            )

        assert distance(scale[0][1]) < distance(scale[-1][1])
