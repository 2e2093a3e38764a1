"""Exercises as they stand in ``lessons/<slug>/exercises.toml``, in every language at once.

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
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, Literal

import numpy as np

from lessons.text import LESSON_FOLDER

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
    or the page computes it. ``given`` are a matrix's cells as shown, "" where it is to be filled."""

    id: str
    kind: Kind
    question: str
    explanation: str
    """What is true and why; shown after the answer."""
    hints: tuple[str, ...]
    options: tuple[Option, ...] = ()
    items: tuple[Item, ...] = ()
    answer: Truth | None = None
    tolerance: float = 0.01
    slips: tuple[Slip, ...] = ()
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    given: tuple[tuple[str, ...], ...] = ()
    drawn: bool = False


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
    """The lesson's exercises by id, worded in this language (English where a wording is missing)."""
    path = LESSON_FOLDER / slug / "exercises.toml"
    if not path.exists():
        return {}
    entries = tomllib.loads(path.read_text(encoding="utf-8")).get("exercise", [])
    exercises = [_exercise(entry, language) for entry in entries]
    return {exercise.id: exercise for exercise in exercises}


def posed(slug: str, exercise: Exercise, seed: int) -> Exercise:
    """The exercise with the numbers of this seed; itself if none are drawn."""
    if not exercise.drawn:
        return exercise
    drawn = draw_of(slug, exercise.id)(np.random.default_rng(seed))

    def told(text: str) -> str:
        return _PLACE.sub(lambda place: drawn.shown[place.group(1)], text)

    slips = (_slip_of(slip, drawn, told) for slip in exercise.slips)
    return replace(
        exercise,
        question=told(exercise.question),
        explanation=told(exercise.explanation),
        hints=tuple(map(told, exercise.hints)),
        options=tuple(
            replace(o, text=told(o.text), feedback=told(o.feedback)) for o in exercise.options
        ),
        items=tuple(replace(item, text=told(item.text)) for item in exercise.items),
        answer=drawn.answer,
        slips=tuple(slip for slip in slips if slip is not None),
        rows=tuple(map(told, exercise.rows)),
        columns=tuple(map(told, exercise.columns)),
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
        if mixed != tuple(ids):
            return mixed
    return tuple(reversed(ids))


def as_numbers(answer: object) -> Numbers:
    """An answer or a slip that is a matrix."""
    return np.asarray(answer, dtype=np.float64).tolist()  # type: ignore[no-any-return]


def _slip_of(slip: Slip, drawn: Drawn, told: Callable[[str], str]) -> Slip | None:
    """The slip with its drawn answer; None where the draw has none, or it happens to be the truth."""
    said = replace(slip, feedback=told(slip.feedback))
    if not slip.id:
        return said
    wrong = drawn.slips.get(slip.id)
    if wrong is None:
        return None
    if np.shape(wrong) == np.shape(drawn.answer) and np.allclose(
        np.asarray(wrong, float), np.asarray(drawn.answer, float), atol=_ALIKE
    ):
        return None
    if isinstance(wrong, (int, float)):
        return replace(said, value=float(wrong))
    return replace(said, numbers=as_numbers(wrong))


def _texts(given: Sequence[Sequence[float | None]]) -> tuple[tuple[str, ...], ...]:
    return tuple(
        tuple("" if number is None else f"{number:g}" for number in line) for line in given
    )


def _exercise(entry: Mapping[str, Any], language: str) -> Exercise:
    def worded(value: Mapping[str, Any], what: str) -> str:
        texts = value.get(what, {})
        return str(texts.get(language, texts.get("en", "")))

    def names(what: str) -> tuple[str, ...]:
        found = entry.get(what, ())
        if isinstance(found, Mapping):
            found = found.get(language, found.get("en", ()))
        return tuple(map(str, found))

    answer = entry.get("answer")
    return Exercise(
        id=entry["id"],
        kind=entry["kind"],
        question=worded(entry, "question"),
        explanation=worded(entry, "explanation"),
        hints=names("hints"),
        options=tuple(
            Option(o["id"], worded(o, "text"), worded(o, "feedback"), bool(o.get("right", False)))
            for o in entry.get("options", ())
        ),
        items=tuple(Item(i["id"], worded(i, "text")) for i in entry.get("items", ())),
        answer=as_numbers(answer) if isinstance(answer, list) else answer,
        tolerance=entry.get("tolerance", 0.01),
        slips=tuple(_slip(s, worded(s, "feedback")) for s in entry.get("slips", ())),
        rows=names("rows"),
        columns=names("columns"),
        given=tuple(tuple(map(str, line)) for line in entry.get("given", ())),
        drawn=bool(entry.get("drawn", False)),
    )


def _slip(entry: Mapping[str, Any], feedback: str) -> Slip:
    value = entry.get("value")
    matrix = isinstance(value, list)
    return Slip(
        feedback,
        id=entry.get("id", ""),
        value=None if matrix or value is None else float(value),
        numbers=as_numbers(value) if matrix else None,
        first=entry.get("first", ""),
        second=entry.get("second", ""),
    )
