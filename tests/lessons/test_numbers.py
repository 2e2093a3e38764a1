"""Numbers as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import LearnerError
from lessons.numbers import read_number, readings


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "0.25",
            " 0,25 ",
            "25%",
            "1/4",
            ".25",
            "25％",
            "25 %",
            "¼",
            "1⁄4",
            "1∕4",
            "1÷4",
            "１／４",
        ),
        *(
            "0。25",
            "０．２５",
            "0,250",
            "2.5e-1",
            "2.5E−1",
            "2.5 × 10^-1",
            "2.5·10^−1",
            "+0.25",
            "٠.٢٥",
        ),
    ],
)
def test_a_number_is_read_however_people_type_it(typed: str) -> None:
    assert read_number(typed) == pytest.approx(0.25)


@pytest.mark.parametrize("dash", list("-‐‑‒–—−﹣－"))
def test_every_dash_is_a_minus(dash: str) -> None:
    assert readings(f"{dash}0.31") == (-0.31,)
    assert readings(f"{dash} ½") == (-0.5,)
    assert readings(f"1e{dash}3") == (0.001,)


def test_whole_numbers_may_have_a_fraction() -> None:
    assert readings("1½") == readings("1 1/2") == readings("1 ½") == (1.5,)
    assert readings("−2¾") == (-2.75,)


def test_nothing_typed_is_not_called_a_number_that_is_none() -> None:
    for nothing in ("", "   ", "\u3000"):
        with pytest.raises(LearnerError, match=r"^Type a number first"):
            readings(nothing)


@pytest.mark.parametrize(
    "typed",
    [
        "½½",
        "1/",
        "1/½",
        "--1",
        "10^400",
        "1×10^999",
        "1e999",
        "%",
        "a",
        "1 2",
        "a quarter",
        "1/0",
        "1/2/3",
        "🙂",
        "inf",
        "nan",
        "9" * 400,
    ],
)
def test_what_is_no_number_gets_a_sentence(typed: str) -> None:
    with pytest.raises(LearnerError):
        read_number(typed)


@given(st.floats(-1e6, 1e6))
def test_every_plain_number_is_read_as_itself(value: float) -> None:
    assert read_number(repr(value)) == value


@pytest.mark.parametrize(
    "typed",
    [
        "1,290,000",
        "1 290 000",
        "1_290_000",
        "１，２９０，０００",
        "1290000",
        "1.290.000",
        "1.290.000,0",
    ],
)
def test_large_numbers_may_be_grouped(typed: str) -> None:
    assert read_number(typed) == 1_290_000


def test_one_comma_may_be_a_decimal_point_or_a_group() -> None:
    assert readings("197,120") == (pytest.approx(197.12), 197_120)
    assert readings("0,25") == (0.25,)
    assert readings("0,125") == (0.125,)
    assert readings("−1,290") == (-1.29, -1290)


def test_three_zeros_after_a_comma_are_thousands() -> None:
    """16 typed as 16,000 is wrong: nobody means 16 by it."""
    assert readings("16,000") == (16_000,)
    assert readings("-16,000") == (-16_000,)
    assert readings("16,00") == (16.0,)
    assert readings("16.000") == (16.0,)
    assert readings("−3") == (-3.0,)


@given(st.integers(0, 10**12))
def test_every_grouped_whole_number_is_among_its_readings(value: int) -> None:
    assert value in readings(f"{value:,}")
