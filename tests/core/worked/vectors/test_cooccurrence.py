"""Counting near words, how far beyond chance, and the few numbers that keep most of it."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.worked.vectors.cooccurrence import (
    count_near,
    counted_vectors,
    factorised,
    pmi,
    pmi_cell,
    ppmi,
)
from core.worked.vectors.pairs import pairs_around

TEXT = st.lists(st.integers(0, 5), min_size=1, max_size=30).map(lambda ids: np.array(ids))


@given(TEXT, st.integers(1, 4), st.booleans())
def test_counts_are_those_of_each_pair_that_the_window_holds(
    text: np.ndarray, window: int, shrink: bool
) -> None:
    by_hand = np.zeros((6, 6))
    for centre in range(len(text)):
        for pair in pairs_around(len(text), centre, window, shrink=shrink):
            by_hand[text[pair.centre], text[pair.context]] += pair.share
    counts = count_near(text, 6, window, shrink=shrink)
    assert counts == pytest.approx(by_hand)
    assert counts == pytest.approx(counts.T)


def test_pmi_by_hand() -> None:
    """ "a b a c": a meets b twice, c once, itself never, within one word."""
    counts = count_near(np.array([0, 1, 0, 2]), 3, 1)
    assert counts.tolist() == [[0, 2, 1], [2, 0, 0], [1, 0, 0]]
    cell = pmi_cell(counts, 0, 1)
    assert (cell.near, cell.of_word, cell.of_other, cell.total) == (2, 3, 2, 6)
    assert cell.expected == 1 and cell.pmi == pytest.approx(math.log(2))
    assert pmi_cell(counts, 1, 2).pmi == -math.inf
    table = pmi(counts)
    assert table[0, 1] == pytest.approx(math.log(2)) and table[1, 2] == -math.inf
    assert ppmi(counts)[1, 2] == 0
    assert ppmi(counts, negatives=2)[0, 1] == pytest.approx(0)
    assert ppmi(counts, negatives=3)[0, 1] == 0


def test_raised_counts_make_rare_companions_less_surprising() -> None:
    counts = count_near(np.array([0, 1, 0, 2]), 3, 1)
    of_other = counts.sum(axis=0) ** 0.75
    expected = 3 * of_other[2] / of_other.sum()
    assert pmi(counts, 0.75)[0, 2] == pytest.approx(math.log(1 / expected))
    assert pmi(counts, 0.75)[0, 2] < pmi(counts)[0, 2]


@pytest.mark.parametrize("size", [8, 40, 320])
def test_the_factors_are_numpys_singular_vectors(size: int) -> None:
    """Above three hundred words only the largest are computed, by another library."""
    rng = np.random.default_rng(size)
    table = np.maximum(0, rng.normal(size=(size, 6)) @ rng.normal(size=(6, size)))
    found = factorised(table, 5)
    u, s, _vt = np.linalg.svd(table)
    assert found.sizes == pytest.approx(s[:5])
    best = (u[:, :5] * s[:5]) @ u[:, :5].T
    assert found.vectors @ found.vectors.T == pytest.approx(best, abs=1e-8 * s[0])
    assert found.kept == pytest.approx((s[:5] ** 2).sum() / (s**2).sum())
    assert (found.vectors[np.abs(found.vectors).argmax(axis=0), range(5)] > 0).all()
    again = factorised(table, 5)
    assert np.array_equal(again.vectors, found.vectors)


def test_more_numbers_than_words_are_filled_up_with_zeros() -> None:
    found = factorised(np.eye(3), 5)
    assert found.vectors.shape == (3, 5) and found.kept == pytest.approx(1)
    assert not found.vectors[:, 3:].any()


@pytest.mark.parametrize("size", [12, 320])
def test_who_meets_nobody_has_a_vector_of_zeros_and_nobody_else(size: int) -> None:
    """To the last digit: a vector of zeros is how it is told that a word has none."""
    rng = np.random.default_rng(size)
    table = np.maximum(0, rng.normal(size=(size, size)))
    table[[1, 5, 6]] = table[:, [1, 5, 6]] = 0
    vectors = factorised(table, size if size < 300 else 20).vectors
    assert np.flatnonzero(~vectors.any(axis=1)).tolist() == [1, 5, 6]


@pytest.mark.parametrize("text", [[2], [2, 2, 2], [0, 1]])
def test_a_text_that_says_next_to_nothing_gives_numbers_all_the_same(text: list[int]) -> None:
    found = counted_vectors(np.array(text), 4, window=2, dimension=3)
    assert found.vectors.shape == (4, 3) and np.isfinite(found.vectors).all()


def test_words_in_like_company_get_like_vectors() -> None:
    """0 and 1 stand between the same words; 4 elsewhere."""
    text = np.array([2, 0, 3, 2, 1, 3] * 20 + [5, 4, 6] * 20)
    vectors = counted_vectors(text, 7, window=1, dimension=3).vectors
    alike = vectors @ vectors.T
    assert alike[0, 1] > 5 * abs(alike[0, 4])
