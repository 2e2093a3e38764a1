"""Hiding keys: the right way, and how the two shortcuts fail."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core.worked.masking import hide
from core.worked.trace import causal_mask

scores = arrays(np.float64, (5, 5), elements=st.floats(-20, 20))


@given(scores)
def test_minus_infinity_hides_and_keeps_shares(values: np.ndarray) -> None:
    weights = hide(values, causal_mask(5), "minus_infinity")
    assert (weights[causal_mask(5)] == 0).all()
    np.testing.assert_allclose(weights.sum(axis=1), 1.0)


@given(scores)
def test_a_score_of_zero_hides_nothing(values: np.ndarray) -> None:
    weights = hide(values, causal_mask(5), "score_zero")
    assert (weights[causal_mask(5)] > 0).all()
    np.testing.assert_allclose(weights.sum(axis=1), 1.0)


@given(scores)
def test_a_weight_of_zero_hides_but_rows_fall_short(values: np.ndarray) -> None:
    weights = hide(values, causal_mask(5), "weight_zero")
    assert (weights[causal_mask(5)] == 0).all()
    assert (weights.sum(axis=1)[:-1] <= 1.0).all()
    assert weights.sum(axis=1)[0] < 1.0 or values[0, 0] > values[0, 1:].max() + 15
