"""Exercises in one language, with the numbers of one learner.

They stand in ``lessons/<slug>/exercises.toml``, in every language at once.

Six kinds. *choice*: one of several options. *predict*: a choice that a picture or an experiment
decides. *number*: within a tolerance. *order*: steps to be put in order. *matrix*: blanks to be
filled. *mistake*: the wrong line of a worked computation. Wrong answers carry the feedback for the
misconception behind them.

An exercise that is ``drawn`` gets its numbers from the lesson's ``draws.py``: a function of a random
generator, which also computes the truth. Its texts name the numbers as ``{{ name }}``.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Literal, cast

import numpy as np

from lessons.exercise_file import (
    ExerciseEntry,
    MatrixEntry,
    NumberEntry,
    OptionEntry,
    OptionsEntry,
    OrderEntry,
    read_exercises,
)

Kind = Literal["choice", "predict", "number", "order", "matrix", "mistake"]
Numbers = Sequence[Sequence[float]]
Truth = str | float | Numbers

_PLACE = re.compile(r"\{\{\s*([a-z][a-z0-9_]*)\s*\}\}")
_ALIKE = 1e-9


@dataclass(frozen=True)
class Option:
    """An answer to choose. Of a *mistake* it is a line of the computation, ``right`` if it is wrong."""

    id: str
    text: str
    feedback: str
    right: bool


@dataclass(frozen=True)
class Item:
    """A step of an *order* exercise; the file has them in the right order."""

    id: str
    text: str


@dataclass(frozen=True)
class Slip:
    """A wrong answer that a known misconception leads to, and what to say about it.

    Of a *number* the ``value``, of a *matrix* its ``numbers``, of an *order* the item ``first`` that
    was put before the item ``second``. ``id`` is how a drawn exercise names it.
    """

    feedback: str
    id: str = ""
    value: float | None = None
    numbers: Numbers | None = None
    first: str = ""
    second: str = ""


@dataclass(frozen=True)
class Exercise:
    """``answer`` is a number, a matrix, or for a drawn choice the option's id; None where options say it
    or the page computes it. ``also`` are the orders of an *order* that are as right as that of its items.
    ``given`` are a matrix's cells as shown, "" where it is to be filled."""

    id: str
    kind: Kind
    question: str
    explanation: str
    """What is true and why; shown after the answer."""
    hints: tuple[str, ...]
    options: tuple[Option, ...] = ()
    items: tuple[Item, ...] = ()
    also: tuple[tuple[str, ...], ...] = ()
    answer: Truth | None = None
    tolerance: float = 0.01
    slips: tuple[Slip, ...] = ()
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    given: tuple[tuple[str, ...], ...] = ()
    drawn: bool = False

    @property
    def right_orders(self) -> tuple[tuple[str, ...], ...]:
        """Of an *order*: each order of the items' ids that is right."""
        return (tuple(item.id for item in self.items), *self.also)


@dataclass(frozen=True)
class Drawn:
    """What a draw decides: the numbers as the texts show them, the true answer, the answers that slips
    lead to, and for a matrix its cells, None where the learner fills them."""

    shown: Mapping[str, str]
    answer: Truth
    slips: Mapping[str, float | Numbers] = field(default_factory=dict)
    given: Sequence[Sequence[float | None]] | None = None


Draw = Callable[[np.random.Generator], Drawn]


@cache
def load_exercises(slug: str, language: str) -> Mapping[str, Exercise]:
    """The lesson's exercises by id, worded in this language (English where a wording is missing).

    Raises AuthorError if the file is not as it must be.
    """
    exercises = [_exercise(entry, language) for entry in read_exercises(slug)]
    return {exercise.id: exercise for exercise in exercises}


def posed(slug: str, exercise: Exercise, seed: int) -> Exercise:
    """The exercise with the numbers of this seed; itself if none are drawn."""
    if not exercise.drawn:
        return exercise
    drawn = draw_of(slug, exercise.id)(np.random.default_rng(seed))

    def filled(text: str) -> str:
        return _PLACE.sub(lambda place: drawn.shown[place.group(1)], text)

    slips = (_slip_of(slip, drawn, filled) for slip in exercise.slips)
    return replace(
        exercise,
        question=filled(exercise.question),
        explanation=filled(exercise.explanation),
        hints=tuple(map(filled, exercise.hints)),
        options=tuple(
            replace(o, text=filled(o.text), feedback=filled(o.feedback)) for o in exercise.options
        ),
        items=tuple(replace(item, text=filled(item.text)) for item in exercise.items),
        answer=drawn.answer,
        slips=tuple(slip for slip in slips if slip is not None),
        rows=tuple(map(filled, exercise.rows)),
        columns=tuple(map(filled, exercise.columns)),
        given=_texts(drawn.given) if drawn.given is not None else exercise.given,
    )


def draw_of(slug: str, exercise: str) -> Draw:
    """The function in the lesson's ``draws.py`` that draws this exercise's numbers."""
    draws: Mapping[str, Draw] = importlib.import_module(f"lessons.{slug}.draws").DRAWS
    return draws[exercise]


def shuffled(exercise: Exercise, seed: int) -> tuple[str, ...]:
    """The ids of an order exercise as it begins: shuffled, and never right already."""
    ids = [item.id for item in exercise.items]
    rng = np.random.default_rng(seed)
    for _ in range(100):
        mixed = tuple(ids[place] for place in rng.permutation(len(ids)))
        if mixed not in exercise.right_orders:
            return mixed
    return tuple(reversed(ids))


def as_numbers(answer: object) -> Numbers:
    """An answer or a slip that is a matrix."""
    return np.asarray(answer, dtype=np.float64).tolist()  # type: ignore[no-any-return]


def _slip_of(slip: Slip, drawn: Drawn, filled: Callable[[str], str]) -> Slip | None:
    """The slip with its drawn answer; None where the draw has none, or it happens to be the truth."""
    worded = replace(slip, feedback=filled(slip.feedback))
    if not slip.id:
        return worded
    wrong = drawn.slips.get(slip.id)
    if wrong is None:
        return None
    if np.shape(wrong) == np.shape(drawn.answer) and np.allclose(
        np.asarray(wrong, float), np.asarray(drawn.answer, float), atol=_ALIKE
    ):
        return None
    if isinstance(wrong, (int, float)):
        return replace(worded, value=float(wrong))
    return replace(worded, numbers=as_numbers(wrong))


def _texts(given: Sequence[Sequence[float | None]]) -> tuple[tuple[str, ...], ...]:
    return tuple(
        tuple("" if number is None else f"{number:g}" for number in line) for line in given
    )


def _exercise(entry: ExerciseEntry, language: str) -> Exercise:
    exercise = Exercise(
        entry.id,
        cast(Kind, entry.kind),
        question=entry.question.in_language(language),
        explanation=entry.explanation.in_language(language),
        hints=tuple(entry.hints.in_language(language)),
        drawn=getattr(entry, "drawn", False),
    )
    match entry:
        case OptionsEntry():
            options = (
                Option(o.id, o.text.in_language(language), _feedback(o, language), o.right)
                for o in entry.options
            )
            return replace(exercise, options=tuple(options))
        case NumberEntry():
            return replace(
                exercise,
                answer=entry.answer,
                tolerance=entry.tolerance,
                slips=tuple(
                    Slip(slip.feedback.in_language(language), id=slip.id, value=slip.value)
                    for slip in entry.slips
                ),
            )
        case OrderEntry():
            return replace(
                exercise,
                items=tuple(Item(i.id, i.text.in_language(language)) for i in entry.items),
                also=tuple(map(tuple, entry.also)),
                slips=tuple(
                    Slip(s.feedback.in_language(language), first=s.first, second=s.second)
                    for s in entry.slips
                ),
            )
        case MatrixEntry():
            return replace(
                exercise,
                answer=entry.answer,
                tolerance=entry.tolerance,
                slips=tuple(
                    Slip(slip.feedback.in_language(language), id=slip.id, numbers=slip.value)
                    for slip in entry.slips
                ),
                rows=tuple(entry.rows.in_language(language)),
                columns=tuple(entry.columns.in_language(language)),
                given=tuple(map(tuple, entry.given)),
            )
    raise TypeError(f"exercises of the kind {entry.kind} are not known here")


def _feedback(option: OptionEntry, language: str) -> str:
    return option.feedback.in_language(language) if option.feedback is not None else ""
