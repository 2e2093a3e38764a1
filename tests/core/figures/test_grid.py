import numpy as np
import pytest

from core.figures.grid import head_grid, head_table, strongest, tile

TOKENS = ["Mia", "saw", "her", "<unk>", "."]
MASK = np.triu(np.ones((5, 5), bool), 1)


def maps(layers=2, heads=3, size=5):
    weights = np.random.default_rng(0).random((layers, heads, size, size))
    weights = np.where(MASK, 0, weights)
    return weights / weights.sum(-1, keepdims=True)


def test_tiles_stand_where_their_layer_and_head_are_and_gutters_are_empty():
    weights = maps().astype(np.float32)
    sheet = tile(weights)
    assert sheet.shape == (2 * 5 + 1, 3 * 5 + 2)
    np.testing.assert_array_equal(sheet[6:11, 12:17], weights[1, 2])
    assert np.isnan(sheet[5]).all()
    assert np.isnan(sheet[:, 5]).all()
    assert np.isfinite(sheet).sum() == weights.size


def test_the_middle_of_each_tile_is_its_head_on_the_axes():
    figure = head_grid(maps(), TOKENS, "light")
    sheet = figure.data[0]
    for head in range(3):
        columns = [head * 6 + k for k in range(5)]
        assert np.mean([sheet.x0 + sheet.dx * c for c in columns]) == pytest.approx(head)
    assert list(figure.layout.xaxis.ticktext) == ["H0", "H1", "H2"]
    assert list(figure.layout.yaxis.ticktext) == ["L0", "L1"]
    assert figure.layout.yaxis.range[0] > figure.layout.yaxis.range[1]


def test_a_click_is_answered_with_layer_and_head():
    figure = head_grid(maps(), TOKENS, "light")
    cover = figure.data[1]
    assert cover.customdata[1][2] == (1, 2) or list(cover.customdata[1][2]) == [1, 2]
    assert figure.data[0].hoverinfo == "skip"
    assert figure.layout.meta["cells"] == {"traces": [1], "rows": 2, "columns": 3, "at": [0, 0]}


def test_the_cursor_tells_each_heads_strongest_link():
    weights = np.zeros((1, 1, 5, 5))
    weights[0, 0, 0, 0] = 1.0
    weights[0, 0, 3, 1] = 0.75
    figure = head_grid(weights, TOKENS, "light")
    assert "&lt;unk&gt; → saw 0.75" in figure.data[1].hovertext[0][0]
    assert head_table(weights, TOKENS)[1] == [(0, 0, "<unk>", "saw", 0.75)]


def test_one_token_has_only_itself_to_look_at():
    assert strongest(np.ones((1, 1))) == (0, 0)


def test_masked_parts_are_empty_and_hatched_in_every_tile():
    figure = head_grid(maps(), TOKENS, "dark", mask=MASK)
    assert np.isnan(np.asarray(figure.data[0].z)[:5, :5][MASK]).all()
    hatching = figure.data[2]
    assert hatching.fillpattern.shape == "/"
    assert np.isnan(np.asarray(hatching.x)).sum() == 2 * 3 * 4


def test_the_selected_head_is_outlined():
    plain = head_grid(maps(), TOKENS, "light").layout.shapes
    chosen = head_grid(maps(), TOKENS, "light", selected=(1, 2)).layout.shapes
    assert len(chosen) == len(plain) + 1
    assert (chosen[-1].x0, chosen[-1].y0) == (1.5, 0.5)


def test_maps_must_fit_the_tokens():
    with pytest.raises(ValueError, match="4 tokens"):
        head_grid(maps(), TOKENS[:4], "light")
