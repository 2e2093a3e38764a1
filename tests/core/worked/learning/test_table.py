"""A bigram by descending: it ends where counting begins, and its gradient is torch's."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch

from core.errors import LearnerError
from core.spec.text import CorpusSpec
from core.text.corpora import load_corpus
from core.worked.learning.polls import descend_in_batches, poll_gradients
from core.worked.learning.table import OTHER, BigramCounts, count_characters, descend


@pytest.fixture(scope="module")
def tales() -> BigramCounts:
    return count_characters(load_corpus(CorpusSpec(size=40)).text)


def test_counting_by_hand() -> None:
    """abab…a: after a always b, after b always a; one c somewhere makes a's row 10/11 and 1/11."""
    counts = count_characters("ab" * 10 + "acab")
    assert counts.characters == ("a", "b", "c")
    assert counts.counts.tolist() == [[0, 11, 1], [10, 0, 0], [1, 0, 0]]
    by_hand = (11 * math.log(12 / 11) + math.log(12)) / 23
    assert counts.counted_loss == pytest.approx(by_hand)
    assert counts.loss(np.zeros((3, 3))) == pytest.approx(math.log(3)) == counts.even_loss


def test_gradient_descent_ends_within_a_hundredth_of_counting(tales: BigramCounts) -> None:
    descent = descend(tales, 50.0, 1000, (0, 1, 1000))
    assert descent.losses[0] == pytest.approx(tales.even_loss)
    assert (np.diff(descent.losses) < 0).all()
    assert tales.counted_loss < descent.losses[-1] < tales.counted_loss + 0.01
    assert sorted(descent.kept) == [0, 1, 1000]
    assert tales.loss(descent.kept[1000]) == pytest.approx(descent.losses[-1])


def test_loss_and_gradient_are_torchs(tales: BigramCounts) -> None:
    rng = np.random.default_rng(3)
    logits = rng.normal(size=tales.counts.shape)
    places = np.argwhere(tales.counts > 0).repeat(
        tales.counts[tales.counts > 0].astype(int), axis=0
    )
    z = torch.tensor(logits, requires_grad=True)
    loss = torch.nn.functional.cross_entropy(z[places[:, 0]], torch.from_numpy(places[:, 1]))
    loss.backward()
    assert tales.loss(logits) == pytest.approx(float(loss.detach()))
    assert z.grad is not None
    np.testing.assert_allclose(tales.gradient(logits), z.grad.numpy(), atol=1e-12)


def test_too_large_a_rate_does_not_arrive(tales: BigramCounts) -> None:
    assert descend(tales, 200.0, 1000, ()).losses[-1] > tales.counted_loss + 0.1


def test_rare_characters_share_a_row() -> None:
    counts = count_characters("abc" * 20 + "xyz", most=3)
    assert counts.characters == ("a", "b", "c", OTHER)
    assert counts.pairs == 62


def test_texts_without_anything_to_learn_are_said() -> None:
    with pytest.raises(LearnerError, match="at least 21 characters"):
        count_characters("too short")
    with pytest.raises(LearnerError, match="repeats one character"):
        count_characters("a" * 100)


def test_four_times_the_batch_halves_the_noise(tales: BigramCounts) -> None:
    polls = poll_gradients(tales, np.zeros_like(tales.counts), seed=1)
    for measured, expected in zip(polls.distances, polls.expected, strict=True):
        assert measured == pytest.approx(expected, rel=0.15)
    for larger, smaller in zip(polls.expected, polls.expected[1:], strict=False):
        assert larger / smaller == pytest.approx(2)


def test_a_batch_of_the_whole_text_over_and_over_is_nearly_plain_descent(
    tales: BigramCounts,
) -> None:
    plain = descend(tales, 20.0, 30, ()).losses[-1]
    noisy = descend_in_batches(tales, 20.0, 30, 1_000_000, seed=0, falls=False)[-1]
    assert noisy == pytest.approx(plain, abs=0.01)
