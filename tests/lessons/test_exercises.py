"""Exercises: how an answer is read and judged, and that every shipped one is well formed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import LearnerError
from lessons.catalogue import LESSONS
from lessons.exercises import Exercise, Option, Slip, judge, load_exercises, read_number

NUMBER = Exercise(
    "n", "number", "?", "since", ("look",), answer=0.25, slips=(Slip(0.5, "forgot the row"),)
)
CHOICE = Exercise(
    "c",
    "choice",
    "?",
    "since",
    (),
    options=(Option("a", "A", "", True), Option("b", "B", "not b", False)),
)


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


def test_a_number_is_right_within_its_tolerance_and_a_slip_is_named() -> None:
    assert judge(NUMBER, "0.255").correct
    assert not judge(NUMBER, "0.27").correct
    assert judge(NUMBER, "0.5").feedback == "forgot the row"
    assert judge(NUMBER, "0.5", truth=0.5).correct


def test_a_choice_is_judged_by_the_file_or_by_the_computed_truth() -> None:
    assert judge(CHOICE, "a").correct
    assert judge(CHOICE, "b").feedback == "not b"
    assert judge(CHOICE, "b", truth="b").correct
    with pytest.raises(LearnerError):
        judge(CHOICE, "")


@pytest.mark.parametrize("slug", [entry.slug for entry in LESSONS])
def test_every_shipped_exercise_is_whole(slug: str) -> None:
    exercises = load_exercises(slug, "en")
    assert len(exercises) >= 3
    for exercise in exercises.values():
        assert exercise.question and exercise.explanation
        if exercise.kind == "choice":
            assert len(exercise.options) >= 2
            assert len({option.id for option in exercise.options}) == len(exercise.options)
            assert all(option.text for option in exercise.options)
