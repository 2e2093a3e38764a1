"""What is counted in written texts."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.worked.writing import (
    KnownPairs,
    different_texts,
    distinct_share,
    repeated_share,
    said_again,
    surprise,
)

TEXTS = st.lists(st.integers(0, 3), max_size=30)


def test_what_is_said_again_is_counted_by_hand() -> None:
    text = [1, 2, 3, 1, 2, 3, 1]
    assert said_again(text) == [False] * 5 + [True, True]
    assert repeated_share(text) == pytest.approx(2 / 5)
    assert distinct_share([text, text]) == pytest.approx(3 / 10)
    assert different_texts([text, text, [1]]) == 2


@given(TEXTS, st.integers(1, 4))
def test_the_share_is_that_of_the_marked_tokens(text: list[int], n: int) -> None:
    marks = said_again(text, n)
    assert len(marks) == len(text)
    windows = max(len(text) - n + 1, 0)
    assert repeated_share(text, n) == pytest.approx(sum(marks) / windows if windows else 0.0)
    if windows:
        assert distinct_share([text], n) == pytest.approx(1 - repeated_share(text, n))
    assert distinct_share([], n) == 0.0


@given(TEXTS, TEXTS)
def test_a_pair_is_strange_exactly_if_the_text_has_it_not(read: list[int], said: list[int]) -> None:
    known = KnownPairs.of(np.array(read, np.int64), 4)
    pairs = set(pairwise(read))
    expected = [False] + [pair not in pairs for pair in pairwise(said)]
    assert known.never_met(np.array(said, np.int64)).tolist() == expected[: len(said)]


def test_surprise_is_the_mean_of_minus_the_logarithms() -> None:
    assert surprise([1.0, math.exp(-2)]) == pytest.approx(1.0)
    assert surprise([]) == 0.0
