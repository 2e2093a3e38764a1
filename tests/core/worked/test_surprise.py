"""What a token costs: by hand, and every printed line worked out again."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import LearnerError
from core.models.metrics import perplexity
from core.worked.surprise import (
    LEAST,
    MOST_TOKENS,
    bits,
    check_probabilities,
    mean_surprise,
    surprise,
    worked_lines,
)


def test_by_hand() -> None:
    assert surprise(1) == 0 and surprise(0) == math.inf
    assert bits(surprise(1 / 8)) == pytest.approx(3)
    assert math.exp(mean_surprise([1 / 2, 1 / 4, 1 / 2, 1 / 8])) == pytest.approx(128 ** (1 / 4))


def value_of(latex: str) -> float:
    """What an expression of these lines comes to."""
    text = latex.replace(r"\infty", "inf")
    if power := re.fullmatch(r"e\^\{(.+)\}", text):
        return math.exp(float(power[1]))
    if logarithm := re.fullmatch(r"-\\ln (.+)", text):
        return surprise(float(logarithm[1]))
    terms, count = re.fullmatch(r"\((.+)\) / (\d+)", text).groups()  # type: ignore[union-attr]
    return math.fsum(map(float, terms.split(" + "))) / int(count)


@given(st.lists(st.floats(LEAST, 1), min_size=1, max_size=MOST_TOKENS))
def test_every_line_is_true_as_printed(values: list[float]) -> None:
    lines = worked_lines(values)
    assert len(lines) == len(values) + 2
    assert lines[-1].value == pytest.approx(perplexity(mean_surprise(values)))
    for line in lines:
        expression, result = re.split(r" = | \\approx ", line.latex)
        decimals = len(result.partition(".")[2])
        assert round(value_of(expression), decimals) == pytest.approx(float(result), abs=1e-9)


@given(st.lists(st.floats(), max_size=MOST_TOKENS))
def test_any_numbers_are_worked_out_or_refused(values: list[float]) -> None:
    try:
        check_probabilities(values)
    except LearnerError:
        return
    assert len(worked_lines(values)) == len(values) + 2


def test_what_was_impossible_makes_all_infinite() -> None:
    assert [line.value for line in worked_lines([0.5, 0])][1:] == [math.inf] * 3


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([], "Type the probability"),
        ([0.5] * 13, "At most 12"),
        ([-0.1], "-0.1 is no"),
        ([1e-13], "1e-13 is too small"),
    ],
)
def test_what_is_no_text_is_said(values: list[float], said: str) -> None:
    with pytest.raises(LearnerError, match=said):
        check_probabilities(values)
