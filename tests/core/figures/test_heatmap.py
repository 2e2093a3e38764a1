import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core.figures.cells import hatching, runs
from core.figures.counts import count_heatmap, count_table
from core.figures.heatmap import MOST_NUMBERED, annotated_heatmap, heatmap_table
from core.figures.theme import colour_at, contrast, palette

TOKENS = ["Mia", "saw", "<unk>", "Mia"]
WEIGHTS = np.tril(np.full((4, 4), 0.25)) + np.diag([0.75, 0.5, 0.25, 0.0])
MASK = np.triu(np.ones((4, 4), bool), 1)


def numbers(figure):
    traces = [trace for trace in figure.data if (trace.meta or {}).get("numbers")]
    return traces[0] if traces else None


def hatched(figure):
    return [trace for trace in figure.data if (trace.meta or {}).get("hatching")]


def test_rows_are_queries_from_top_to_bottom_and_columns_are_keys():
    figure = annotated_heatmap(WEIGHTS, TOKENS, TOKENS, "light", mask=MASK)
    x, y = figure.layout.xaxis, figure.layout.yaxis
    assert (y.title.text, x.title.text) == ("query (row)", "key (column)")
    assert y.range[0] > y.range[1]
    assert x.side == "top"
    assert list(x.tickvals) == list(y.tickvals) == [0, 1, 2, 3]
    assert list(x.ticktext) == ["Mia", "saw", "&lt;unk&gt;", "Mia"]


def test_each_number_stands_on_its_cell_with_two_decimals():
    figure = annotated_heatmap(WEIGHTS, TOKENS, TOKENS, "light", mask=MASK)
    trace = numbers(figure)
    written = dict(zip(zip(trace.y, trace.x, strict=True), trace.text, strict=True))
    assert written == {(q, k): f"{WEIGHTS[q, k]:.2f}" for q in range(4) for k in range(q + 1)}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("scale", ["attention", "diverging", "count"])
def test_the_ink_can_be_read_on_the_colour_that_plotly_draws(theme, scale):
    values = np.linspace(0 if scale != "diverging" else -5, 1, 16).reshape(4, 4)
    values = np.round(values * 1000) if scale == "count" else values
    figure = annotated_heatmap(values, TOKENS, TOKENS, theme, scale=scale)
    heat, trace = figure.data[0], numbers(figure)
    for row, column, ink in zip(trace.y, trace.x, trace.textfont.color, strict=True):
        share = (heat.z[row][column] - heat.zmin) / (heat.zmax - heat.zmin)
        background = colour_at(palette(theme).scales[scale], share)
        assert contrast(ink, background) >= 4.5


def test_hidden_cells_are_hatched_say_so_and_have_no_number():
    figure = annotated_heatmap(WEIGHTS, TOKENS, TOKENS, "light", mask=MASK)
    heat = figure.data[0]
    assert np.isnan(np.asarray(heat.z)[MASK]).all()
    assert len(hatched(figure)) == 1
    assert hatched(figure)[0].fillpattern.shape == "/"
    words = figure.meta["cells"]["words"]
    assert words["pattern"] == "query {row} → key {column}"
    assert words["rows"] == words["columns"] == ["Mia", "saw", "&lt;unk&gt;", "Mia"]
    assert (words["hidden"], words["value"]) == ("hidden by the mask", "weight")
    covered = np.zeros((4, 4), bool)
    for row, start, stop in words["runs"]:
        covered[row, start:stop] = True
    np.testing.assert_array_equal(covered, MASK)


def test_minus_infinity_is_hidden_but_a_missing_number_does_not_pretend_to_be_masked():
    values = np.array([[1.0, -np.inf], [np.nan, 2.0]])
    figure = annotated_heatmap(values, TOKENS[:2], TOKENS[:2], "light", scale="diverging")
    words = figure.meta["cells"]["words"]
    assert words["runs"] == [(0, 1, 2)]
    assert words["missing"] == "no value"
    assert hatched(figure)[0].x[0] == 0.5


def test_without_a_mask_nothing_is_hatched():
    assert hatched(annotated_heatmap(WEIGHTS, TOKENS, TOKENS, "light")) == []


@pytest.mark.parametrize(("count", "shown"), [(MOST_NUMBERED, True), (MOST_NUMBERED + 1, False)])
def test_numbers_give_way_beyond_24_tokens(count, shown):
    tokens = ["a"] * count
    figure = annotated_heatmap(np.eye(count), tokens, tokens, "dark")
    assert (numbers(figure) is not None) == shown


def test_a_number_too_small_for_two_decimals_is_told_under_the_cursor():
    figure = annotated_heatmap([[0.0012]], ["a"], ["b"], "light")
    assert numbers(figure).text[0] == "0.00"
    assert figure.data[0].z[0][0] == 0.0012


@pytest.mark.parametrize(
    ("selected", "corners"),
    [((2, 1), (0.5, 1.5, 1.5, 2.5)), ((2, None), (-0.5, 3.5, 1.5, 2.5)), (None, None)],
)
def test_the_selected_cell_or_row_is_outlined(selected, corners):
    figure = annotated_heatmap(WEIGHTS, TOKENS, TOKENS, "light", selected=selected)
    shapes = figure.layout.shapes
    if corners is None:
        assert len(shapes) == 0
    else:
        assert {(s.x0, s.x1, s.y0, s.y1) for s in shapes} == {corners}


def test_words_can_be_translated():
    figure = annotated_heatmap(
        WEIGHTS, TOKENS, TOKENS, "light", mask=MASK, labels={"rows": "查询", "hidden": "被遮住"}
    )
    assert figure.layout.yaxis.title.text == "查询"
    assert figure.meta["cells"]["words"]["hidden"] == "被遮住"


def test_empty_cells_cross_json_as_null():
    figure = annotated_heatmap(WEIGHTS, TOKENS, TOKENS, "light", mask=MASK)
    assert "NaN" not in figure.to_json()
    assert json.loads(figure.to_json())["layout"]["meta"]["cells"]["rows"] == 4


def test_values_must_fit_the_tokens():
    with pytest.raises(ValueError, match="3 rows"):
        annotated_heatmap(WEIGHTS, TOKENS[:3], TOKENS, "light")


def test_the_table_is_unrounded_and_tells_the_same_word_apart():
    header, rows = heatmap_table(WEIGHTS / 3, TOKENS, TOKENS, MASK)
    assert len(set(header)) == 5
    assert rows[1] == ("2 · saw", 0.25 / 3, 0.25, None, None)


@given(arrays(bool, st.tuples(st.integers(1, 7), st.integers(1, 7))))
def test_the_hatched_stretches_cover_exactly_the_hidden_cells(hidden):
    covered = np.zeros(hidden.shape, int)
    for row, start, stop in runs(hidden):
        covered[row, start:stop] += 1
    np.testing.assert_array_equal(covered, hidden.astype(int))
    assert len(hatching(hidden, palette("light"))["x"]) == 6 * len(runs(hidden))


def test_counts_are_whole_numbers_on_a_logarithmic_scale():
    counts = np.array([[0, 9], [99, 12345]])
    figure = count_heatmap(counts, ["the", "a"], ["cat", "dog"], "light")
    assert list(numbers(figure).text) == ["0", "9", "99", "12k"]
    np.testing.assert_allclose(figure.data[0].z, np.log1p(counts))
    assert figure.meta["cells"]["words"]["whole"]
    assert figure.data[0].colorbar.ticktext[-1] == "10,000"
    assert count_table(counts, ["the", "a"], ["cat", "dog"])[1][1] == ("2 · a", 99.0, 12345.0)


def test_nothing_counted_is_drawn_too():
    figure = count_heatmap(np.zeros((1, 2)), ["the"], ["cat", "dog"], "dark")
    assert figure.data[0].zmax > figure.data[0].zmin
