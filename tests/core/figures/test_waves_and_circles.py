"""Lines over positions, and the arrows of rotary positions: valid for Plotly, and true."""

from __future__ import annotations

import math

import numpy as np
import pytest

from core.figures.circles import LABELS, turning_pairs
from core.figures.theme import palette
from core.figures.waves import WaveLine, wave_lines
from core.worked.positions.rotary import pair_trace


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_equal_lines_are_both_seen(theme) -> None:
    y = np.cos(np.arange(5))
    figure = wave_lines(
        [WaveLine("a", range(5), y), WaveLine("b", range(5), y)], theme, "x", "y", span=(-1, 1)
    )
    thick, thin = figure.data
    assert thick.line.width > thin.line.width
    assert thick.line.dash != thin.line.dash
    assert figure.layout.showlegend
    assert tuple(figure.layout.yaxis.range) == (-1, 1)


def test_a_faint_line_has_no_dots_and_no_name_in_the_legend() -> None:
    smooth = WaveLine("a", range(200), np.zeros(200), faint=True)
    figure = wave_lines(
        [smooth, WaveLine("a", range(3), [0, 1, 0])], "light", "x", "y", marked=(1, 1)
    )
    faint, dotted, ring = figure.data
    assert faint.mode == "lines" and dotted.mode == "lines+markers"
    assert not faint.showlegend and not figure.layout.showlegend
    assert (list(ring.x), list(ring.y)) == ([1], [1])


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("positions", [(0, 0), (64, 0), (0, 64), (9, 4)])
def test_arrows_end_where_the_numbers_are(theme, positions) -> None:
    trace = pair_trace([0.8, -0.3], [0.5, 0.6], 0, *positions)
    figure = turning_pairs(trace, theme, LABELS)
    shafts = [line for line in figure.data if line.hovertext]
    ends = [(line.x[1], line.y[1]) for line in shafts]
    assert np.allclose(ends, [trace.q, trace.k, trace.q_turned, trace.k_turned])
    assert {line.line.color for line in shafts} == {palette(theme).query, palette(theme).key}
    assert len({line.line.dash for line in shafts}) == 2
    spirals = [line for line in figure.data if line.line.dash == "dot"]
    start = math.atan2(*reversed(trace.q))
    end = math.atan2(spirals[0].y[-1], spirals[0].x[-1])
    assert math.cos(end - start - positions[0]) == pytest.approx(1)
