"""Shares in powers of ten: every number can be read, and a share of 0 is never taken for a small one."""

from __future__ import annotations

import numpy as np
import pytest

from core.figures.shares import share_heatmap, share_table, short_percent

SHARES = np.array([[0.5, 0.0, 1.0], [0.02, 3e-9, 0.9]])


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_cells_are_coloured_by_powers_of_ten_and_zeros_are_hatched(theme) -> None:
    figure = share_heatmap(SHARES, ["a", "b"], ["x", "y", "z"], theme, selected=(0, None))
    heat, hatching, numbers = figure.data
    assert np.isnan(heat.z[0, 1])
    assert heat.z[1, 0] == pytest.approx(np.log10(0.02))
    assert heat.z[1, 1] == heat.zmin and heat.z[0, 2] == heat.zmax
    assert hatching.meta == {"hatching": True}
    assert list(numbers.text) == ["50%", "0", "100%", "2%", "&lt;0.01%", "90%"]
    said = {(row, column): words for row, column, words in figure.meta["cells"]["words"]["other"]}
    assert said[0, 0] == "0.5" and said[0, 1] == "0" and len(said) == 6


def test_the_table_has_the_numbers_unrounded() -> None:
    _header, rows = share_table(SHARES, ["a", "b"], ["x", "y", "z"])
    assert rows[1][1:] == (0.02, 3e-9, 0.9)


def test_a_short_percent_is_never_a_false_zero_nor_a_false_whole() -> None:
    assert [short_percent(share) for share in (0.0, 1e-9, 0.00123, 0.0999, 0.9999, 1 - 1e-15)] == [
        *("0", "<0.01%", "0.12%", "10%", ">99%", "100%"),
    ]
