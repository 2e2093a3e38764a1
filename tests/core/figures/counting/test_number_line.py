"""The line from 0 to 1: what Plotly draws is what the stretches say, and the number falls where it falls."""

from __future__ import annotations

import numpy as np

from core.figures.counting.number_line import number_line, number_line_table
from core.worked.counting.drawing import stretches

EDGES = np.concatenate(([0.0], np.cumsum([0.5, 0.2, *[0.03] * 10])))


def test_the_bars_stand_at_their_places_and_the_drawn_one_is_named() -> None:
    found = stretches(EDGES)
    tokens = [f"t{one.first}" for one in found]
    figure = number_line(found, tokens, "light", u=0.6)
    bars = figure.data[0]
    assert list(bars.base) == [one.low for one in found]
    assert np.allclose(np.array(bars.base) + np.array(bars.x), [one.high for one in found])
    named = ["drawn" in text for text in figure.data[1].text]
    assert named == [one.low <= 0.6 < one.high for one in found]
    assert sum(named) == 1
    assert figure.layout.annotations[0].text == "u = 0.6000"
    assert figure.meta["cells"]["at"] == [named.index(True), 0]
    assert any("other tokens" in name for name in figure.layout.yaxis.ticktext)
    header, rows = number_line_table(found, tokens)
    assert len(header) == 4 and rows[0][1:] == (0.0, 0.5, 0.5)


def test_without_a_number_or_outside_of_what_is_shown_none_is_marked() -> None:
    found = stretches(EDGES, 0.7, 1.0)
    tokens = ["<unk>"] * len(found)
    for u in (None, 0.1):
        figure = number_line(found, tokens, "dark", u=u, shown=(0.7, 1.0))
        assert not figure.layout.annotations
        assert list(figure.layout.xaxis.range) == [0.7, 1.0]
        assert "&lt;unk&gt;" in figure.layout.yaxis.ticktext
