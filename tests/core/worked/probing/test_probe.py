"""Probes find what is there, find nothing where nothing is, and say how sure they are."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.linear_model import Ridge
from sklearn.metrics import balanced_accuracy_score, r2_score

from core.worked.probing.probe import (
    RIDGE,
    Examples,
    Probe,
    TokenProbe,
    UnitProbe,
    score,
    unit_scores,
)

SEEDS = (1, 2, 3, 4, 5)


def examples(seed: int, *, is_number: bool = False, n: int = 2000, d: int = 12) -> Examples:
    """Unit 3 and, more weakly, the sum of all others tell it; 40 tokens a passage."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, d))
    signal = 2 * x[:, 3] + 0.2 * x.sum(axis=1) + 0.3 * rng.normal(size=n)
    y = signal if is_number else (signal > 1).astype(float)
    return Examples(x, y, np.arange(n) // 40)


@pytest.mark.parametrize("is_number", [False, True])
@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_there_is_found_on_examples_never_seen(seed: int, is_number: bool) -> None:
    fit, held = (examples(s, is_number=is_number) for s in (seed, seed + 100))
    alone = unit_scores(fit, is_number=is_number)
    assert alone.argmax() == 3
    chance = 0.0 if is_number else 0.5
    for probe in (Probe(fit, is_number=is_number), UnitProbe(fit, 3, is_number=is_number)):
        found = score(probe.answers(held.x), held.y, held.passage, is_number=is_number)
        assert chance + 0.25 < found.low < found.value < found.high <= 1


@pytest.mark.parametrize("is_number", [False, True])
def test_shuffled_labels_give_chance(is_number: bool) -> None:
    """On average: a single shuffling may by chance point to where the truth is, or away from it."""
    held = examples(100, is_number=is_number)
    values = []
    for seed in range(40):
        fit = examples(seed, is_number=is_number)
        shuffled = Examples(fit.x, np.random.default_rng(seed).permutation(fit.y), fit.passage)
        answers = Probe(shuffled, is_number=is_number).answers(held.x)
        values.append(score(answers, held.y, held.passage, is_number=is_number, draws=1).value)
    assert abs(np.mean(values) - (0.0 if is_number else 0.5)) < 0.06


def test_the_scores_are_scikit_learns() -> None:
    rng = np.random.default_rng(0)
    truth, passage = rng.integers(0, 4, 500).astype(float), np.arange(500) // 10
    answers = np.where(rng.random(500) < 0.6, truth, rng.integers(0, 4, 500))
    found = score(answers, truth, passage, is_number=False)
    assert found.value == pytest.approx(balanced_accuracy_score(truth, answers))
    near = truth + rng.normal(size=500)
    found = score(near, truth, passage, is_number=True)
    assert found.value == pytest.approx(r2_score(truth, near))


def test_of_a_number_the_probe_is_scikit_learns_ridge() -> None:
    fit = examples(1, is_number=True)
    z = (fit.x - fit.x.mean(axis=0)) / fit.x.std(axis=0)
    ridge = Ridge(alpha=RIDGE * len(fit.y)).fit(z, fit.y)
    np.testing.assert_allclose(
        Probe(fit, is_number=True).answers(fit.x), ridge.predict(z), atol=1e-6
    )


def test_each_class_counts_the_same_however_rare() -> None:
    """Nine in ten are of one class: who always says that one is right half of the time."""
    truth = (np.arange(1000) % 10 == 0).astype(float)
    found = score(np.zeros(1000), truth, np.arange(1000) // 50, is_number=False)
    assert found.value == 0.5


def test_a_rare_class_is_not_drowned() -> None:
    """One in twenty, and weakly told: a fit to all examples alike would never name it."""
    rng = np.random.default_rng(2)
    y = (rng.random(4000) < 0.05).astype(float)
    x = rng.normal(size=(4000, 3)) + y[:, None]
    answers = Probe(Examples(x, y, np.arange(4000) // 40), is_number=False).answers(x)
    assert (answers[y == 1] == 1).mean() > 0.7 and (answers[y == 0] == 0).mean() > 0.7


def test_a_probe_of_tokens_says_what_mostly_was_true_after_each() -> None:
    tokens = np.array([0, 0, 0, 1, 1, 1, 2])
    y = np.array([1.0, 1, 0, 0, 0, 1, 1])
    probe = TokenProbe(tokens, y, 5, is_number=False)
    assert list(probe.answers(np.array([0, 1, 2]))) == [1, 0, 1]
    lengths = TokenProbe(tokens, y, 5, is_number=True)
    assert lengths.answers(np.array([0, 4])) == pytest.approx([2 / 3, y.mean()])


def test_intervals_are_wider_where_passages_are_few() -> None:
    rng = np.random.default_rng(1)
    truth = rng.integers(0, 2, 4000).astype(float)
    right = np.repeat(rng.random(20) < 0.7, 200)
    answers = np.where(right, truth, 1 - truth)
    few = score(answers, truth, np.arange(4000) // 200, is_number=False)
    many = score(answers, truth, np.arange(4000), is_number=False)
    assert few.high - few.low > 5 * (many.high - many.low)


@pytest.mark.parametrize("share", [0.5, 0.7, 0.9])
def test_an_interval_holds_the_middle_95_of_100_draws(share: float) -> None:
    """As a normal distribution has it, 1.96 standard errors to each side: passages of one token each."""
    n = 1600
    right = np.arange(n) < share * n
    truth = np.ones(n)
    found = score(np.where(right, 1.0, 0.0), truth, np.arange(n), is_number=False, draws=4000)
    error = np.sqrt(share * (1 - share) / n)
    assert found.value == pytest.approx(share)
    assert found.low == pytest.approx(share - 1.96 * error, abs=0.2 * error)
    assert found.high == pytest.approx(share + 1.96 * error, abs=0.2 * error)
