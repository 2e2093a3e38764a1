"""Exercises: how an answer is read and judged, and that every shipped one is well formed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import LearnerError
from lessons.catalogue import lessons
from lessons.exercises import (
    Drawn,
    Exercise,
    Item,
    Option,
    Slip,
    draw_of,
    load_exercises,
    posed,
    shuffled,
)
from lessons.judging import judge

NUMBER = Exercise(
    "n", "number", "?", "since", ("look",), answer=0.25, slips=(Slip("forgot the row", value=0.5),)
)
CHOICE = Exercise(
    "c",
    "choice",
    "?",
    "since",
    (),
    options=(Option("a", "A", "", True), Option("b", "B", "not b", False)),
)


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


ORDER = Exercise(
    "o",
    "order",
    "?",
    "since",
    (),
    items=(Item("a", "A"), Item("b", "B"), Item("c", "C")),
    slips=(Slip("c needs a", first="c", second="a"),),
)
MATRIX = Exercise(
    "m",
    "matrix",
    "?",
    "since",
    (),
    answer=((1.0, 0.5), (0.25, 0.75)),
    slips=(Slip("rows, not columns", numbers=((1.0, 0.25), (0.5, 0.75))),),
    rows=("r1", "r2"),
    columns=("c1", "c2"),
    given=(("1", ""), ("", "")),
)
MISTAKE = Exercise(
    "f",
    "mistake",
    "?",
    "since",
    (),
    options=(Option("one", "1 = 1", "that is true", False), Option("two", "1 = 2", "", True)),
)


def test_who_wins_a_bet_is_told_why_and_not_what_losers_are_told() -> None:
    bet = replace(CHOICE, kind="predict")
    assert judge(bet, "b", truth="b").feedback == "since"
    assert judge(bet, "b", truth="a").feedback == "not b"


BETS = [
    (lesson.slug, exercise.id)
    for lesson in lessons()
    for exercise in load_exercises(lesson.slug, "en").values()
    if exercise.kind == "predict"
]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("slug", "name"), BETS, ids=map(str, BETS))
def test_a_lost_bet_names_the_winner_and_why(slug: str, name: str, language: str) -> None:
    """Whichever option wins, and whichever was bet on."""
    bet = load_exercises(slug, language)[name]
    for winner in bet.options:
        for option in bet.options:
            verdict = judge(bet, option.id, winner.id)
            assert verdict.correct == (option == winner)
            assert verdict.winner == winner.text
        assert bet.explanation


def test_steps_are_right_in_one_order_only_and_a_slip_names_the_pair() -> None:
    assert judge(ORDER, ["a", "b", "c"]).correct
    assert not judge(ORDER, ["b", "a", "c"]).correct
    assert judge(ORDER, ["b", "a", "c"]).feedback == ""
    assert judge(ORDER, ["c", "b", "a"]).feedback == "c needs a"
    with pytest.raises(LearnerError):
        judge(ORDER, ["a", "b"])


def test_steps_may_be_right_in_another_order_too() -> None:
    either = replace(ORDER, also=(("b", "a", "c"),))
    assert judge(either, ["a", "b", "c"]).correct
    assert judge(either, ["b", "a", "c"]).correct
    assert not judge(either, ["a", "c", "b"]).correct
    begun = {shuffled(either, seed) for seed in range(60)}
    assert len(begun) == 4 and not begun & set(either.right_orders)


@given(st.integers(0, 2**32 - 1))
def test_steps_begin_shuffled_and_never_right(seed: int) -> None:
    begun = shuffled(ORDER, seed)
    assert sorted(begun) == ["a", "b", "c"]
    assert not judge(ORDER, begun).correct


def test_a_matrix_is_judged_cell_by_cell_and_given_cells_do_not_count() -> None:
    assert judge(MATRIX, [["1", "1/2"], ["25%", "0,75"]]).correct
    wrong = judge(MATRIX, [["1", "0.5"], ["0.25", "0.9"]])
    assert not wrong.correct
    assert wrong.cells == {(0, 1): True, (1, 0): True, (1, 1): False}
    assert judge(MATRIX, [["1", "0.25"], ["0.5", "0.75"]]).feedback == "rows, not columns"
    with pytest.raises(LearnerError, match="empty"):
        judge(MATRIX, [["1", "0.5"], ["", "0.75"]])
    with pytest.raises(LearnerError, match="not a number"):
        judge(MATRIX, [["1", "0.5"], ["🙂", "0.75"]])


def test_the_mistake_is_the_line_that_is_wrong() -> None:
    assert judge(MISTAKE, "two").correct
    assert judge(MISTAKE, "one").feedback == "that is true"
    with pytest.raises(LearnerError, match="line"):
        judge(MISTAKE, "")


def test_drawn_numbers_stand_in_the_texts_and_decide_the_truth(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def draw(rng: np.random.Generator) -> Drawn:
        number = int(rng.integers(2, 10))
        return Drawn({"n": str(number)}, number**2, {"double": 2 * number, "same": number**2})

    monkeypatch.setattr("lessons.exercises.draw_of", lambda slug, name: draw)
    template = Exercise(
        "q",
        "number",
        "{{ n }} squared?",
        "{{n}} times {{n}}",
        (),
        slips=(Slip("not twice {{ n }}", id="double"), Slip("never", id="same")),
        drawn=True,
    )
    exercise = posed("any", template, 5)
    number = int(exercise.question.split()[0])
    assert exercise.answer == number**2
    assert exercise.explanation == f"{number} times {number}"
    assert judge(exercise, str(number**2)).correct
    assert len(exercise.slips) == 1 or number == 2
    assert posed("any", template, 5) == exercise
    assert len({posed("any", template, seed).question for seed in range(30)}) > 3
    assert posed("any", NUMBER, 5) is NUMBER


@pytest.mark.parametrize("slug", [entry.slug for entry in lessons()])
def test_every_shipped_exercise_is_whole(slug: str) -> None:
    exercises = load_exercises(slug, "en")
    assert len(exercises) >= 3
    for exercise in exercises.values():
        assert exercise.question and exercise.explanation
        if exercise.kind in ("choice", "predict", "mistake"):
            assert len(exercise.options) >= 2
            assert len({option.id for option in exercise.options}) == len(exercise.options)
            assert all(option.text for option in exercise.options)
        if exercise.kind == "mistake" and not exercise.drawn:
            assert sum(option.right for option in exercise.options) == 1
        if exercise.kind == "order":
            ids = {item.id for item in exercise.items}
            assert len(ids) == len(exercise.items) >= 3
            assert all({slip.first, slip.second} <= ids for slip in exercise.slips)


@pytest.mark.parametrize("slug", [entry.slug for entry in lessons()])
def test_every_drawn_exercise_can_be_answered_and_its_slips_are_wrong(slug: str) -> None:
    for language in ("en", "zh"):
        for template in load_exercises(slug, language).values():
            if not template.drawn:
                continue
            assert callable(draw_of(slug, template.id))
            for seed in range(40):
                exercise = posed(slug, template, seed)
                texts = [exercise.question, exercise.explanation, *exercise.hints]
                texts += [option.text + option.feedback for option in exercise.options]
                texts += [slip.feedback for slip in exercise.slips]
                assert not any("{{ " in text for text in texts)
                answer = exercise.answer
                assert answer is not None
                typed = answer if isinstance(answer, (str, list, tuple)) else repr(answer)
                if exercise.kind == "matrix":
                    typed = [[repr(value) for value in line] for line in answer]  # type: ignore[union-attr]
                assert judge(exercise, typed).correct  # type: ignore[arg-type]
                for slip in exercise.slips:
                    if slip.value is not None:
                        told = judge(exercise, repr(slip.value))
                        assert not told.correct
                        assert told.feedback


@pytest.mark.parametrize("slug", ["attention", "heads", "positions", "block"])
def test_the_attention_lessons_ask_in_many_ways(slug: str) -> None:
    """At least six exercises, of four kinds, two with the learner's own numbers, each with two hints."""
    exercises = load_exercises(slug, "en").values()
    assert len(exercises) >= 6
    assert len({exercise.kind for exercise in exercises}) >= 4
    assert sum(exercise.drawn for exercise in exercises) >= 2
    assert all(len(exercise.hints) == 2 for exercise in exercises)
