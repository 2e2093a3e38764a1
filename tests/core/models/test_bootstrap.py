"""The bootstrap against what statistics knows of it."""

from __future__ import annotations

import numpy as np
import pytest

from core.models.bootstrap import paired_bootstrap


def test_the_spread_is_the_standard_error_of_the_mean() -> None:
    rng = np.random.default_rng(1)
    apart, tokens = rng.normal(0.1, 1, size=400), np.ones(400, dtype=int)
    found = paired_bootstrap(apart, np.zeros(400), tokens, draws=4000)
    assert found.difference == pytest.approx(apart.mean())
    assert found.drawn.mean() == pytest.approx(apart.mean(), abs=0.01)
    assert found.drawn.std() == pytest.approx(apart.std() / 20, rel=0.05)
    low, high = found.interval()
    assert high - low == pytest.approx(2 * 1.96 * apart.std() / 20, rel=0.06)


def test_an_interval_holds_the_truth_in_most_cases() -> None:
    rng = np.random.default_rng(2)
    held = 0
    for seed in range(100):
        losses = rng.normal(0.3, 1, size=60)
        low, high = paired_bootstrap(losses, np.zeros(60), np.ones(60, int), seed=seed).interval()
        held += low <= 0.3 <= high
    assert 88 <= held <= 99


def test_long_passages_count_for_more_and_equal_models_do_not_differ() -> None:
    losses, tokens = np.array([10.0, 0.0]), np.array([90, 10])
    assert paired_bootstrap(losses, np.zeros(2), tokens).difference == pytest.approx(0.1)
    same = paired_bootstrap(losses, losses, tokens)
    assert same.interval() == (0, 0)
    with pytest.raises(ValueError, match="passages"):
        paired_bootstrap(losses, losses, tokens[:1])
