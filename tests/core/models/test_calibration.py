"""Calibration, by hand and on outcomes drawn by what was said."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.models.calibration import calibration_error, reliability


def test_by_hand() -> None:
    confidence = np.array([0.95, 0.85, 0.9, 0.2])
    right = np.array([True, False, True, False])
    low, high, top = reliability(confidence, right)
    assert (low.count, low.said, low.happened) == (1, pytest.approx(0.2), 0)
    assert (high.count, high.said, high.happened) == (
        2,
        pytest.approx(0.875),
        0.5,
    )  # 0.9 is an edge
    assert (top.count, top.happened) == (1, 1)
    error = (1 * 0.2 + 2 * 0.375 + 1 * 0.05) / 4
    assert calibration_error((low, high, top)) == pytest.approx(error)


@given(
    st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=60), st.integers(1, 20)
)
def test_nothing_is_lost_and_each_place_is_in_its_bin(
    places: list[tuple[float, bool]], bins: int
) -> None:
    confidence, right = np.array([p for p, _ in places]), np.array([r for _, r in places])
    found = reliability(confidence, right, bins)
    assert sum(one.count for one in found) == len(places)
    assert sum(one.count * one.happened for one in found) == pytest.approx(right.sum())
    assert all(one.low - 1e-9 <= one.said <= one.high + 1e-9 for one in found)
    assert 0 <= calibration_error(found) <= 1


def test_who_says_what_happens_is_calibrated() -> None:
    rng = np.random.default_rng(0)
    confidence = rng.random(40_000)
    honest = reliability(confidence, rng.random(40_000) < confidence)
    bragging = reliability(np.sqrt(confidence), rng.random(40_000) < confidence)
    assert calibration_error(honest) < 0.01
    assert calibration_error(bragging) == pytest.approx(2 / 3 - 1 / 2, abs=0.01)


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        reliability(np.array([0.5]), np.array([True, False]))
