"""Numbers as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import LearnerError
from lessons.numbers import read_number, readings


@pytest.mark.parametrize("typed", ["0.25", " 0,25 ", "25%", "1/4", ".25", "25％"])
def test_a_number_is_read_however_people_type_it(typed: str) -> None:
    assert read_number(typed) == pytest.approx(0.25)


@pytest.mark.parametrize("typed", ["", "a quarter", "1/0", "1/2/3", "🙂", "inf", "nan", "9" * 400])
def test_what_is_no_number_gets_a_sentence(typed: str) -> None:
    with pytest.raises(LearnerError):
        read_number(typed)


@given(st.floats(-1e6, 1e6))
def test_every_plain_number_is_read_as_itself(value: float) -> None:
    assert read_number(repr(value)) == value


@pytest.mark.parametrize(
    "typed", ["1,290,000", "1 290 000", "1_290_000", "１，２９０，０００", "1290000"]
)
def test_large_numbers_may_be_grouped(typed: str) -> None:
    assert read_number(typed) == 1_290_000


def test_one_comma_may_be_a_decimal_point_or_a_group() -> None:
    assert readings("197,120") == (pytest.approx(197.12), 197_120)
    assert readings("0,25") == (0.25,)
    assert readings("−3") == (-3.0,)


@given(st.integers(0, 10**12))
def test_every_grouped_whole_number_is_among_its_readings(value: int) -> None:
    assert value in readings(f"{value:,}")
