"""Metrics against numbers worked out by hand."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import LearnerError
from core.models.metrics import (
    accuracy,
    bits_per_character,
    cross_entropy,
    perplexity,
    precision_recall_f1,
    uniform_loss,
)
from core.models.ngram import NGramModel
from core.spec.families.ngram import NGramSpec


def test_cross_entropy_is_the_mean_over_all_tokens_but_the_first():
    model = NGramModel.fit(np.array([0, 1, 1, 2]), 3, NGramSpec(order=2, smoothing="mle"))
    # p(1 | 0) = 1, p(1 | 1) = 1/2, p(2 | 1) = 1/2
    loss = cross_entropy(model, np.array([0, 1, 1, 2]))
    assert loss == pytest.approx(2 * math.log(2) / 3)
    assert perplexity(loss) == pytest.approx(2 ** (2 / 3))
    assert cross_entropy(model, np.array([0, 0])) == math.inf
    assert str(cross_entropy(model, np.array([0, 1]))) == "0.0"
    for tokens in ([], [1]):
        with pytest.raises(LearnerError, match="too short to measure"):
            cross_entropy(model, np.array(tokens, int))


@given(st.integers(1, 30_000))
def test_the_perplexity_of_guessing_is_the_vocabulary_size(vocabulary_size):
    assert perplexity(uniform_loss(vocabulary_size)) == pytest.approx(vocabulary_size)


def test_an_untrained_model_has_the_uniform_loss():
    spec = NGramSpec(order=2, smoothing="mle")
    model = NGramModel.fit(np.array([0]), 7, spec)  # nothing follows anything
    assert cross_entropy(model, np.array([3, 1, 4])) == pytest.approx(uniform_loss(7))


def test_perplexity_of_the_impossible():
    assert perplexity(math.inf) == math.inf
    assert perplexity(1e4) == math.inf
    assert perplexity(0.0) == 1


def test_bits_per_character():
    # 10 tokens of 2 bits each spell 40 characters: half a bit for each character.
    assert bits_per_character(2 * math.log(2), tokens=10, characters=40) == pytest.approx(0.5)


def test_accuracy_takes_the_first_highest_score():
    probabilities = np.array([[0.2, 0.8], [0.6, 0.4], [0.5, 0.5], [0.1, 0.9]])
    assert accuracy(probabilities, np.array([1, 0, 0, 0])) == 0.75
    assert accuracy(probabilities, np.array([1, 0, 1, 0])) == 0.5
    assert accuracy(probabilities.reshape(2, 2, 2), np.array([[1, 0], [0, 1]])) == 1
    with pytest.raises(ValueError, match="do not fit"):
        accuracy(probabilities, np.array([[1], [0], [1], [0]]))
    with pytest.raises(ValueError, match="do not fit"):
        accuracy(np.zeros((0, 2)), np.array([], int))


def test_precision_recall_and_f1_of_each_class():
    actual = np.array([0, 0, 0, 0, 1, 1, 2])
    predicted = np.array([0, 0, 1, 1, 1, 0, 0])
    scores = precision_recall_f1(predicted, actual, classes=4)
    np.testing.assert_allclose(scores.precision, [2 / 4, 1 / 3, 0, 0])
    np.testing.assert_allclose(scores.recall, [2 / 4, 1 / 2, 0, 0])
    np.testing.assert_allclose(scores.f1, [1 / 2, 2 / 5, 0, 0])
    assert scores.support.tolist() == [4, 2, 1, 0]
    assert scores.macro_f1 == pytest.approx((1 / 2 + 2 / 5) / 4)
    with pytest.raises(ValueError, match="not below 2"):
        precision_recall_f1(predicted, actual, classes=2)
    with pytest.raises(ValueError, match="do not fit"):
        precision_recall_f1(predicted[1:], actual, classes=3)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1))
def test_f1_is_the_harmonic_mean_and_recall_weighted_by_support_is_accuracy(pairs):
    predicted, actual = np.array(pairs).T
    scores = precision_recall_f1(predicted, actual, classes=4)
    for p, r, f1 in zip(scores.precision, scores.recall, scores.f1, strict=True):
        assert f1 == pytest.approx(2 * p * r / (p + r) if p + r else 0)
    right = (scores.recall * scores.support).sum()
    assert right / len(pairs) == pytest.approx(accuracy(np.eye(4)[predicted], actual))
