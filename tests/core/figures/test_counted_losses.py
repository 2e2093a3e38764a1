"""What counted models cost: bars with their numbers, and no empty axis."""

from __future__ import annotations

import math

import pytest

from core.figures.bars.counted_losses import loss_bars
from core.figures.loss import Curve

COUNTED = Curve("this <run>", [1], [1.63], [2.06])


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_counted_run_is_two_bars_with_their_numbers(theme) -> None:
    figure = loss_bars([COUNTED], theme, uniform=6.6)
    assert [bar.x[0] for bar in figure.data] == [1.63, 2.06]
    assert [bar.text[0].strip() for bar in figure.data] == ["1.63", "2.06"]
    assert next(iter(figure.layout.yaxis.ticktext)).startswith("this &lt;run&gt; · ")
    assert figure.layout.xaxis.range[1] > 6.6
    assert figure.layout.shapes[0].x0 == 6.6


def test_an_infinite_loss_is_its_sign_and_a_missing_one_is_nothing() -> None:
    figure = loss_bars([Curve("a", [1], [None], [math.inf])], "light")
    assert [(bar.x[0], bar.text[0].strip()) for bar in figure.data] == [(0, ""), (0, "∞")]


def test_nothing_counted_is_still_a_picture() -> None:
    figure = loss_bars([], "light", uniform=6.6)
    assert figure.data == () and figure.layout.xaxis.range[1] > 6.6
