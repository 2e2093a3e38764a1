import numpy as np

from core.figures.flow import flow_table, residual_flow
from core.figures.head_statistics import (
    entropy_against_distance,
    statistics_heatmap,
    statistics_table,
)
from core.worked.flow import flow_steps
from core.worked.patterns import head_statistics

EVEN = np.tril(np.ones((2, 3, 5, 5)))
FOUND = head_statistics(EVEN / EVEN.sum(-1, keepdims=True), [1, 2, 1, 3, 1], [(3, 1)])


def test_every_measure_of_every_head_is_written_under_that_of_even_attention():
    figure = statistics_heatmap(FOUND, "light")
    assert list(figure.layout.yaxis.ticktext)[:2] == ["even attention", "L0 H0"]
    assert len(figure.data[1].text) == 7 * 7
    assert figure.data[1].text[0] == figure.data[1].text[7]
    header, rows = statistics_table(FOUND)
    assert len(header) == 8 and len(rows) == 7
    np.testing.assert_allclose(rows[0][1:], rows[-1][1:])


def test_each_head_is_a_point_and_even_attention_a_ring():
    figure = entropy_against_distance(FOUND, "dark")
    for layer, trace in enumerate(figure.data[:2]):
        assert list(trace.text) == ["H0", "H1", "H2"]
        assert [words.split("<br>")[0] for words in trace.hovertext] == [
            f"L{layer} H{head}" for head in range(3)
        ]
        highest, lowest = np.argmax(trace.y), len(trace.y) - 1 - np.argmin(trace.y[::-1])
        assert trace.textposition[highest] == "top center"
        assert trace.textposition[lowest] == "bottom center"
    assert figure.data[2].marker.symbol == "circle-open"


def test_the_flow_has_a_line_for_each_step():
    steps = flow_steps(np.ones(4), [("a<b>", np.ones(4))], [2 * np.ones(4)])
    figure = residual_flow(steps, "light")
    assert list(figure.data[0].x) == [2, 4]
    assert list(figure.layout.yaxis.ticktext) == ["embedded", "a&lt;b&gt;"]
    assert flow_table(steps)[1][0][3] is None
    assert figure.meta["cells"]["rows"] == 2
