import math

import pytest

from core.figures.loss import Band, Curve, loss_curves, loss_table, measured

RUN = Curve("GPT", [0, 10, 20, 30], [6.0, 4.0, math.nan, 3.0], [6.1, None, 3.9, math.inf])


def lines(figure):
    return [trace for trace in figure.data if trace.mode == "lines"]


def test_training_is_thin_validation_thick_and_unmeasured_places_are_left_out():
    train, validation = lines(loss_curves([RUN], "light"))
    assert train.line.width < validation.line.width
    assert (list(train.x), list(train.y)) == ([0, 10, 30], [6.0, 4.0, 3.0])
    assert (list(validation.x), list(validation.y)) == ([0, 20], [6.1, 3.9])


def test_runs_differ_by_colour_and_by_dash():
    other = Curve("LSTM", [0, 10], [6, 5], [6, 5])
    thick = [line for line in lines(loss_curves([RUN, other], "dark")) if line.line.width > 1]
    assert [line.name for line in thick] == ["GPT", "LSTM"]
    assert thick[0].line.color != thick[1].line.color
    assert thick[0].line.dash != thick[1].line.dash


def test_a_run_without_steps_is_a_level_line():
    figure = loss_curves([RUN, Curve("3-gram", [0], [None], [2.5])], "light")
    level = lines(figure)[-1]
    assert (list(level.x), list(level.y)) == ([0, 30], [2.5, 2.5])


def test_guessing_evenly_is_a_dashed_line_with_its_value():
    figure = loss_curves([RUN], "light", uniform=math.log(500))
    (line,) = figure.layout.shapes
    assert line.line.dash == "dash"
    assert line.y0 == line.y1 == math.log(500)
    assert "6.21" in figure.layout.annotations[0].text


def test_the_scrubber_dots_a_loss_that_was_measured():
    figure = loss_curves([RUN], "light", marker=13)
    dot = figure.data[-1]
    assert (list(dot.x), list(dot.y)) == ([20], [3.9])
    assert figure.layout.shapes[-1].x0 == 13
    two = loss_curves([RUN, RUN], "light", uniform=6.2, marker=13)
    marker = two.meta["marker"]
    assert two.layout.shapes[marker["line"]].x0 == 13
    modes = [tuple(two.data[place].mode for place in pair) for pair in marker["dots"]]
    assert modes == [("markers", "lines")] * 2
    assert loss_curves([], "light", marker=13).meta["marker"]["dots"] == []


def test_an_exploding_loss_leaves_the_picture_instead_of_flattening_it():
    wild = Curve("wild", [0, 1], [6.0, 1e9], [6.0, 1e9])
    assert loss_curves([wild], "light", uniform=6.0).layout.yaxis.range[1] == pytest.approx(9.6)


def test_a_live_curve_keeps_its_axis():
    assert loss_curves([RUN], "light", end=1000).layout.xaxis.range[1] == 1000
    assert loss_curves([], "light").layout.xaxis.range[1] > 0


def test_the_typical_band_goes_there_and_back():
    figure = loss_curves([RUN], "light", typical=Band([0, 10], [5, 3], [6, 4]))
    assert list(figure.data[0].x) == [0, 10, 10, 0]
    assert list(figure.data[0].y) == [6, 4, 3, 5]


def test_a_run_named_like_a_template_is_only_a_name():
    name = "%{x} <b>"
    line = lines(loss_curves([Curve(name, [0, 1], [1, 1], [1, 1])], "light"))[0]
    assert "%{x} &lt;b" not in line.hovertemplate


def test_lengths_must_agree():
    with pytest.raises(ValueError, match="GPT"):
        Curve("GPT", [0], [], [])


def test_the_table_has_everything_measured():
    header, rows = loss_table([RUN])
    assert header == ("run", "step", "training", "validation")
    assert rows[1] == ("GPT", 10, 4.0, None)


def test_measured_drops_what_is_no_number():
    assert measured([1, 2, 3], [None, math.nan, 2.0]) == ([3], [2.0])
