"""Lines along an axis: every number is drawn, named and told apart."""

from __future__ import annotations

from core.figures.lines import Edge, Line, lines, lines_table

MEASURED = [Line("a<b", (1, 2, 4), (0.5, 0.25, 0.125)), Line("c", (1, 2, 4), (1.0, 1.0, 2.0))]


def test_each_line_has_its_own_colour_and_dash_and_all_fit() -> None:
    figure = lines(MEASURED, "dark", "layers", "norm", edge=Edge(2, "here"), ticks=(1, 2, 4))
    one, other = figure.data
    assert one.name == "a&lt;b" and tuple(other.y) == (1.0, 1.0, 2.0)
    assert one.line.color != other.line.color and one.line.dash != other.line.dash
    assert figure.layout.yaxis.range[1] > 2 and figure.layout.xaxis.range[1] > 4
    assert tuple(figure.layout.xaxis.tickvals) == (1, 2, 4)
    assert figure.layout.shapes[0].x0 == 2 and figure.layout.annotations[0].text == "here"


def test_the_table_has_the_same_numbers() -> None:
    header, rows = lines_table(MEASURED, "layers", "norm", "line")
    assert header == ("line", "layers", "norm")
    assert rows[2] == ("a<b", 4, 0.125) and len(rows) == 6


def test_nothing_measured_is_an_empty_picture() -> None:
    assert lines([], "light", "x", "y").data == ()
