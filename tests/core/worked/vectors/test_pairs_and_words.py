"""What skip-gram trains on, by hand; and a word's row, as the product that it is."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from core.errors import LearnerError
from core.spec.text import TokenizerSpec
from core.text.tokenizers import train_tokenizer
from core.worked.vectors.pairs import draw_noise, keep_share, noise, pair_loss, pairs_around
from core.worked.vectors.words import row_of, words_of


def test_the_pairs_of_one_place_and_how_often_its_window_holds_them() -> None:
    pairs = pairs_around(6, 1, 3)
    assert [(pair.context, pair.share) for pair in pairs] == [
        *((0, 1.0), (2, 1.0), (3, pytest.approx(2 / 3)), (4, pytest.approx(1 / 3)))
    ]
    assert {pair.centre for pair in pairs} == {1}
    assert [p.share for p in pairs_around(6, 1, 3, shrink=False)] == [1.0] * 4
    assert pairs_around(1, 0, 3) == ()


@given(st.lists(st.integers(0, 50), min_size=2, max_size=8).filter(any), st.integers(0, 99))
def test_noise_is_the_counts_to_the_power_of_three_quarters(counts: list[int], seed: int) -> None:
    share = noise(np.array(counts))
    total = sum(count**0.75 for count in counts)
    assert share == pytest.approx([count**0.75 / total if count else 0 for count in counts])
    drawn = draw_noise(share, 500, np.random.default_rng(seed))
    assert all(counts[word] for word in drawn)


def test_drawn_words_come_as_often_as_their_share() -> None:
    share = noise(np.array([1, 16, 81]))
    drawn = draw_noise(share, 40_000, np.random.default_rng(0))
    assert np.bincount(drawn) / 40_000 == pytest.approx(share, abs=0.01)
    assert share == pytest.approx(np.array([1, 8, 27]) / 36)


class _Lots:
    """Numbers that lie just where one word ends and another begins, which none drawn at random does."""

    def random(self, _size: object) -> np.ndarray:
        return np.array([0.0, 0.25, 0.5])


def test_a_word_that_never_occurs_is_not_drawn_at_an_edge_either() -> None:
    share = np.array([0, 0.25, 0, 0.25, 0.5])
    drawn = draw_noise(share, 3, _Lots())  # type: ignore[arg-type]
    assert drawn.tolist() == [1, 3, 4]


def test_frequent_words_are_passed_over_and_rare_ones_kept() -> None:
    counts = np.array([0, 1, 99, 900])
    kept = keep_share(counts, 0.01)
    assert kept[1] == 1.0 and kept[3] < kept[2] < 1.0
    assert kept[3] == pytest.approx(math.sqrt(0.01 / 0.9) + 0.01 / 0.9)
    assert keep_share(counts, 0).tolist() == [1.0] * 4


@given(st.integers(0, 1000), st.integers(0, 4))
def test_a_pairs_loss_and_its_gradients_are_those_of_autograd(seed: int, drawn: int) -> None:
    rng = np.random.default_rng(seed)
    v, u, others = rng.normal(size=4), rng.normal(size=4), rng.normal(size=(drawn, 4))
    found = pair_loss(v, u, others)
    tv, tu = (torch.tensor(x, requires_grad=True) for x in (v, u))
    tn = torch.tensor(others, requires_grad=True)
    sigma = torch.sigmoid
    loss = -torch.log(sigma(tu @ tv)) - torch.log(sigma(-(tn @ tv))).sum()
    loss.backward()
    assert found.total == pytest.approx(loss.item())
    assert found.losses.sum() == pytest.approx(found.total)
    assert found.of_centre == pytest.approx(tv.grad.numpy())
    assert found.of_others == pytest.approx(np.vstack([tu.grad.numpy()[None], tn.grad.numpy()]))


def test_a_typed_word_is_its_row_however_it_is_written() -> None:
    tokenizer = train_tokenizer(TokenizerSpec(kind="bare", vocabulary=50), "The cat saw Anna. " * 9)
    words = words_of(tokenizer)
    assert words[row_of(tokenizer, " CAT ")] == "cat" and words[row_of(tokenizer, "anna")] == "Anna"
    spaced = train_tokenizer(TokenizerSpec(kind="words", vocabulary=50), "The cat saw Anna. " * 9)
    assert words_of(spaced)[row_of(spaced, "cat")] == "␣cat"


@pytest.mark.parametrize(
    ("typed", "said"),
    [("", "Type a word"), ("cat saw", "more than one word"), ("dog", "has no “dog”"), ("!", "“!”")],
)
def test_what_is_no_word_of_the_text_is_said_in_a_sentence(typed: str, said: str) -> None:
    tokenizer = train_tokenizer(TokenizerSpec(kind="bare", vocabulary=50), "The cat saw Anna. " * 9)
    with pytest.raises(LearnerError, match=said):
        row_of(tokenizer, typed)
