"""Width and softmax: what the lesson claims about √d_k holds, and can be switched off."""

from __future__ import annotations

import numpy as np
import pytest

from core.worked.sharpness import entropy, sharpness
from core.worked.trace import attention_trace, causal_mask


def test_scores_spread_like_the_root_of_the_width() -> None:
    for width in (4, 64, 256):
        assert sharpness(width, divided=False).spread == pytest.approx(np.sqrt(width), rel=0.05)
        assert sharpness(width, divided=True).spread == pytest.approx(1.0, rel=0.05)


def test_without_the_division_wide_queries_look_at_one_key_only() -> None:
    narrow, wide = sharpness(4, divided=False), sharpness(256, divided=False)
    assert wide.shares[0] > 0.9 > narrow.shares[0]
    assert wide.entropy < narrow.entropy / 4
    assert wide.gradient < narrow.gradient / 3


def test_with_the_division_width_hardly_matters() -> None:
    narrow, wide = sharpness(16, divided=True), sharpness(256, divided=True)
    assert wide.shares == pytest.approx(narrow.shares, abs=0.03)
    assert wide.shares.sum() == pytest.approx(1.0)
    assert (np.diff(wide.shares) <= 0).all()


def test_entropy_of_certainty_and_of_ignorance() -> None:
    rows = np.array([[1.0, 0.0, 0.0, 0.0], [0.25, 0.25, 0.25, 0.25]])
    assert entropy(rows) == pytest.approx([0.0, np.log(4)])


def test_without_the_division_the_weights_are_softmax_of_the_scores_themselves() -> None:
    rng = np.random.default_rng(3)
    q, k, v = rng.standard_normal((3, 5, 4))
    trace = attention_trace(q, k, v, causal_mask(5), divide=False)
    for row in range(5):
        exponentials = np.exp((q @ k.T)[row, : row + 1])
        expected = exponentials / exponentials.sum()
        assert trace.weights[row, : row + 1] == pytest.approx(expected)
        assert trace.weights[row, row + 1 :].sum() == 0
        assert trace.output[row] == pytest.approx(expected @ v[: row + 1])
    assert (trace.scaled == trace.scores).all() and trace.divisor == 1.0


def test_it_stands_scores_too_large_for_an_exponential() -> None:
    large = np.full((2, 4), 100.0)
    trace = attention_trace(large, large, np.eye(2), divide=False)
    assert trace.weights == pytest.approx(np.full((2, 2), 0.5))
