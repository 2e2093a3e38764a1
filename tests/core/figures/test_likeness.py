"""Bars of cosines: Plotly knows every property, the axis reaches to both ends, marked bars are pale."""

from __future__ import annotations

import pytest

from core.figures.bars.likeness import likeness_bars, likeness_table
from core.figures.theme import palette


def test_bars_are_as_long_as_their_cosines_and_say_them() -> None:
    figure = likeness_bars(["<b>", "puppy"], [0.5, 0.25], "light", marked={1})
    bars, ends = figure.data
    assert list(bars.x) == [0.5, 0.25]
    assert list(ends.text) == [" 0.50", " 0.25  · left out"]
    assert bars.marker.color[1] == palette("light").hatch != bars.marker.color[0]
    assert figure.layout.yaxis.ticktext[0] == "&lt;b&gt;"
    assert figure.layout.xaxis.range[0] == 0
    assert figure.meta["cells"]["rows"] == 2


def test_below_zero_the_axis_reaches_to_minus_one() -> None:
    figure = likeness_bars(["a", "b"], [0.5, -0.25], "dark")
    assert figure.layout.xaxis.range[0] < -1
    assert list(figure.data[1].text) == [" 0.50", " −0.25"]
    assert list(figure.data[1].x) == [0.5, 0.0], "what is said stands right of the line"


def test_the_table_is_unrounded_and_names_belong_to_numbers() -> None:
    assert likeness_table(["a"], [1 / 3]) == (("word", "cosine"), [("a", 1 / 3)])
    with pytest.raises(ValueError, match="one cosine"):
        likeness_bars(["a"], [], "light")
    assert likeness_bars([], [], "light").data
