import numpy as np
import pytest

from core.figures.gates import gate_strip, gate_table

TOKENS = ["Mia", "saw", "Mia"]
GATES = {"forget": np.array([[0.1, 0.3], [0.5, 0.7], [1.0, 0.0]]), "cell": np.full((3, 2), -2.0)}


def test_without_units_each_row_is_the_mean():
    header, rows = gate_table(GATES, TOKENS)
    assert header[1:] == ("1 · Mia", "2 · saw", "3 · Mia")
    assert rows[0][0] == "forget gate (mean)"
    np.testing.assert_allclose(rows[0][1:], [0.2, 0.6, 0.5])


def test_chosen_units_have_a_row_each():
    _, rows = gate_table(GATES, TOKENS, units=[1, 0])
    assert [row[0] for row in rows] == [
        "forget gate · unit 1",
        "forget gate · unit 0",
        "cell state · unit 1",
        "cell state · unit 0",
    ]
    assert rows[0][1:] == (0.3, 0.7, 0.0)


def test_gates_run_from_closed_to_open_and_states_are_even_about_zero():
    figure = gate_strip(GATES, TOKENS, "light")
    heats = [trace for trace in figure.data if trace.type == "heatmap"]
    assert (heats[0].zmin, heats[0].zmax) == (0, 1)
    assert (heats[1].zmin, heats[1].zmax) == (-2, 2)
    drawn = np.array([np.isfinite(np.asarray(heat.z)) for heat in heats])
    assert (drawn.sum(axis=0) == 1).all()
    traces = figure.layout.meta["cells"]["traces"]
    assert [figure.data[i].type for i in traces] == ["heatmap", "heatmap"]


def test_every_value_is_written_once():
    figure = gate_strip(GATES, TOKENS, "dark")
    written = {
        (y, x): text
        for trace in figure.data
        if trace.type == "scatter"
        for y, x, text in zip(trace.y, trace.x, trace.text, strict=True)
    }
    assert len(written) == 6
    assert written[0, 1] == "0.60"
    assert written[1, 0] == "−2.00"


def test_a_gate_must_have_a_row_for_each_token():
    with pytest.raises(ValueError, match="forget"):
        gate_strip({"forget": np.zeros((2, 4))}, TOKENS, "light")
