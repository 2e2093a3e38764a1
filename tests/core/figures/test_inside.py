"""Pictures of the inside: what a lens cell says, frames and ticks, ranks, products that add up."""

from __future__ import annotations

import numpy as np
import pytest

from core.figures.inside.lens import LensCells, lens_grid, lens_table, rank_curve
from core.figures.inside.products import product_strips, product_table

TOKENS, POINTS = ["The", "<unk>"], ["comes in", "attention 0", "MLP 0"]


def _cells() -> LensCells:
    return LensCells(
        best=[["The", "The", "␣cards"], ["<unk>", "was", "extraordinarily"]],
        chances=np.array([[0.9, 0.6, 0.5], [0.8, 0.4, 0.3]]),
        changed=np.array([[False, False, True], [False, True, True]]),
        right=np.array([[False, False, True], [False, False, False]]),
    )


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_cell_has_its_token_and_number_a_frame_and_a_tick(theme) -> None:  # type: ignore[no-untyped-def]
    figure = lens_grid(_cells(), TOKENS, POINTS, theme, (1, 2))
    heat, words = figure.data
    assert heat.z[1][0] == 0.8
    assert list(words.text)[2] == "✓ ␣cards<br>0.50"
    assert list(words.text)[5] == "extraord…<br>0.30", "long ones are shortened"
    assert "&lt;unk&gt;" in words.text[3] and "<unk>" not in heat.hovertext[1][0]
    assert "another token" in heat.hovertext[0][2] and "✓" in heat.hovertext[0][2]
    assert "another token" not in heat.hovertext[0][1]
    frames = {(s.x0, s.y0) for s in figure.layout.shapes if s.x1 - s.x0 < 1}
    assert frames == {(1.54, -0.45), (0.54, 0.55), (1.54, 0.55)}
    assert figure.meta["cells"]["at"] == [1, 2]


def test_the_table_has_every_cell() -> None:
    header, rows = lens_table(_cells(), TOKENS, POINTS)
    assert len(header) == 6 and len(rows) == 6
    assert rows[2] == ("1 · The", "MLP 0", "␣cards", 0.5, True, True)


def test_cells_of_another_shape_are_refused() -> None:
    with pytest.raises(ValueError, match="2 tokens and 2 points"):
        lens_grid(_cells(), TOKENS, POINTS[:2], "light", (0, 0))


def test_ranks_stand_on_a_scale_of_tens_with_the_first_on_top() -> None:
    figure = rank_curve([474, 2, 1], POINTS, 738, "light")
    (curve,) = figure.data
    assert list(curve.y) == [474, 2, 1] and list(curve.text) == ["474", "2", "1"]
    assert figure.layout.yaxis.type == "log"
    low, high = figure.layout.yaxis.range
    assert low > np.log10(738) and high < 0
    assert list(figure.layout.yaxis.tickvals) == [1, 10, 100]


def test_products_are_those_of_the_two_vectors() -> None:
    x, row = np.array([2.0, -1.0, 0.5]), np.array([0.5, 3.0, -4.0])
    figure = product_strips(x, row, "dark")
    strips = np.asarray(figure.data[0].z)
    assert np.abs(strips).max(axis=1).tolist() == [1, 1, 1], "each strip has its own scale"
    assert "<b>−3.00</b>" in figure.data[0].hovertext[2][1]
    header, rows = product_table(x, row)
    assert len(header) == 4
    assert sum(line[3] for line in rows) == pytest.approx(x @ row)
    with pytest.raises(ValueError, match="expected"):
        product_strips(x, row[:2], "dark")
