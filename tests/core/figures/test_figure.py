import base64
import json
import math

import numpy as np
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core.figures.figure import Figure, plain_figure, scatter
from core.figures.heatmap import annotated_heatmap
from core.figures.theme import colour_at, ink_on, inks_on, palette


@given(arrays(np.float64, st.tuples(st.integers(1, 5), st.integers(1, 5))))
def test_arrays_cross_as_their_bytes(grid):
    sent = json.loads(Figure([{"type": "heatmap", "z": grid}]).to_json())["data"][0]["z"]
    values = np.frombuffer(base64.b64decode(sent["bdata"]), dtype="<" + sent["dtype"])
    shape = tuple(int(length) for length in sent["shape"].split(","))
    np.testing.assert_array_equal(values.reshape(shape), grid)


def test_what_is_no_number_is_null():
    text = Figure([scatter(x=[math.nan, math.inf, 1.0])]).to_json()
    assert json.loads(text)["data"][0]["x"] == [None, None, 1.0]


def test_settings_are_merged_and_the_shared_ones_are_left_alone():
    shared = {"title": {"text": "a"}}
    figure = Figure(layout={"xaxis": shared})
    figure.update_xaxes(range=[0, 1], title={"standoff": 3})
    assert figure.layout.xaxis.title.text == "a"
    assert figure.layout.xaxis.title.standoff == 3
    assert shared == {"title": {"text": "a"}}


def test_a_property_that_plotly_does_not_know_is_seen_by_a_test():
    with pytest.raises(ValueError, match="colour"):
        assert Figure([scatter(colour="red")]).data


def test_plotlys_own_figures_are_taken_too():
    own = go.Figure(go.Scatter(x=[1, 2], y=[3, 4]), layout={"meta": {"theme": "dark"}})
    figure = plain_figure(own)
    assert figure.meta == {"theme": "dark"}
    assert figure.traces[0]["y"] == (3, 4) or list(figure.traces[0]["y"]) == [3, 4]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("scale", ["attention", "diverging", "count", "gate"])
def test_many_inks_at_once_are_the_inks_one_by_one(theme, scale):
    stops = palette(theme).scales[scale]
    shares = np.linspace(0, 1, 301)
    assert inks_on(stops, shares) == [ink_on(colour_at(stops, share)) for share in shares]


def test_a_long_text_is_sent_without_a_sentence_for_each_cell():
    tokens = ["token"] * 256
    text = annotated_heatmap(np.eye(256), tokens, tokens, "light").to_json()
    assert len(text) < 420_000
