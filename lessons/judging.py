"""How an answer to an exercise is judged, and what is said about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from core.errors import LearnerError
from lessons.exercises import Exercise, Numbers, Truth, as_numbers
from lessons.numbers import readings

Answer = str | Sequence[str] | Sequence[Sequence[str]]
"""An option's id or a typed number; ids in order; the typed cells of a matrix."""


@dataclass(frozen=True)
class Verdict:
    """``winner`` is the option that is right, in words. ``cells`` tells for each cell of a matrix that was
    filled in whether it is right."""

    correct: bool
    feedback: str
    winner: str = ""
    cells: Mapping[tuple[int, int], bool] = field(default_factory=dict)


def judge(exercise: Exercise, answer: Answer, truth: Truth | None = None) -> Verdict:
    """Judge an answer; ``truth`` overrides what the file, or the draw, says.

    Raises LearnerError if the answer is not one: nothing chosen, or not a number.
    """
    wanted = truth if truth is not None else exercise.answer
    match exercise.kind:
        case "choice" | "predict" | "mistake":
            return _judge_choice(exercise, str(answer), wanted)
        case "number":
            return _judge_number(exercise, str(answer), wanted)
        case "order":
            return _judge_order(exercise, [str(item) for item in answer])
        case "matrix":
            return _judge_matrix(exercise, [[*line] for line in answer], as_numbers(wanted))


def _judge_choice(exercise: Exercise, answer: str, wanted: Truth | None) -> Verdict:
    chosen = next((option for option in exercise.options if option.id == answer), None)
    if chosen is None:
        if exercise.kind == "mistake":
            raise LearnerError("Choose the line that you think is wrong.")
        raise LearnerError("Choose one of the answers first.")
    wins = (o for o in exercise.options if (o.id == wanted if wanted is not None else o.right))
    right = next(wins, None)
    winner = right.text if right is not None else ""
    if chosen is right and (exercise.kind == "predict" or wanted is not None):
        # Which option wins is not known to the author: its feedback speaks to those who lost with it.
        return Verdict(True, exercise.explanation, winner)
    return Verdict(chosen is right, chosen.feedback or exercise.explanation, winner)


def _judge_number(exercise: Exercise, answer: str, wanted: Truth | None) -> Verdict:
    if not isinstance(wanted, (int, float)):
        raise ValueError(f"exercise {exercise.id} has no answer and was given no truth")
    values = readings(answer)
    if _any_near(values, wanted, exercise):
        return Verdict(True, exercise.explanation)
    for slip in exercise.slips:
        if slip.value is not None and _any_near(values, slip.value, exercise):
            return Verdict(False, slip.feedback)
    return Verdict(False, "")


def _judge_order(exercise: Exercise, answer: Sequence[str]) -> Verdict:
    if sorted(answer) != sorted(item.id for item in exercise.items):
        raise LearnerError("Put all the steps in order first.")
    if tuple(answer) in exercise.right_orders:
        return Verdict(True, exercise.explanation)
    for slip in exercise.slips:
        if answer.index(slip.first) < answer.index(slip.second):
            return Verdict(False, slip.feedback)
    return Verdict(False, "")


def _judge_matrix(exercise: Exercise, answer: Sequence[Sequence[str]], wanted: Numbers) -> Verdict:
    numbers = [
        [_cell(exercise, row, column, text) for column, text in enumerate(line)]
        for row, line in enumerate(answer)
    ]
    blanks = [
        (row, column)
        for row, line in enumerate(wanted)
        for column, _ in enumerate(line)
        if not (exercise.given and exercise.given[row][column])
    ]
    cells = {(r, c): _any_near(numbers[r][c], wanted[r][c], exercise) for r, c in blanks}
    if all(cells.values()):
        return Verdict(True, exercise.explanation, cells=cells)
    for slip in exercise.slips:
        if slip.numbers is not None and all(
            _any_near(numbers[r][c], slip.numbers[r][c], exercise) for r, c in blanks
        ):
            return Verdict(False, slip.feedback, cells=cells)
    return Verdict(False, "", cells=cells)


def _cell(exercise: Exercise, row: int, column: int, text: str) -> tuple[float, ...]:
    place = {"row": exercise.rows[row], "column": exercise.columns[column]}
    if not text.strip():
        raise LearnerError("Fill in every blank: row “{row}”, column “{column}” is empty.", **place)
    try:
        return readings(text)
    except LearnerError:
        raise LearnerError(
            "Row “{row}”, column “{column}”: “{typed}” is not a number. Type it like 0.25 or 1/4.",
            **place,
            typed=text.strip()[:20],
        ) from None


def _any_near(values: Sequence[float], wanted: float, exercise: Exercise) -> bool:
    """Whether what was typed can be read as the wanted number."""
    return bool(np.isclose(values, wanted, rtol=1e-12, atol=exercise.tolerance).any())
