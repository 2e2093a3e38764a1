"""Points in a plane share a marker where they coincide; token losses say what has changed."""

from __future__ import annotations

import pytest

from core.figures.bars.token_losses import token_loss_table, token_losses
from core.figures.plane import plane, plane_table


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("sides", [True, False])
def test_points_in_one_place_share_a_marker_and_keep_their_names(theme, sides) -> None:  # type: ignore[no-untyped-def]
    figure = plane([[0, 1], [2, 2], [0, 1]], ["a", "<b>", "c"], theme, selected=2, sides=sides)
    (points,) = figure.data
    assert list(points.text) == ["a<br>c", "&lt;b&gt;"]
    assert points.marker.size[0] > points.marker.size[1]
    assert plane_table([[0, 1]], ["a"])[1] == [("a", 0.0, 1.0)]


def test_points_need_names() -> None:
    with pytest.raises(ValueError, match="1 names"):
        plane([[0, 1], [2, 2]], ["a"], "light")


def test_a_bar_says_what_the_token_costs_now_and_how_much_more() -> None:
    figure = token_losses(["a", "b", "c"], [1.0, 2.0, 0.0], [1.5, 1.0, 0.0], "light")
    bar, tick, text = figure.data
    assert list(bar.x) == [1.5, 1.0, 0.0] and list(tick.x) == [1.0, 2.0, 0.0]
    assert list(text.text) == [" 1.50 (+0.50)", " 1.00 (−1.00)", " 0.00"]
    assert len(set(bar.marker.color)) == 2
    assert token_loss_table(["a"], [1.0], [2.0])[1] == [("a", 1.0, 2.0)]
    with pytest.raises(ValueError, match="one loss for each token"):
        token_losses(["a"], [1.0, 2.0], [1.0], "light")
