"""Kinds of exercise and how an answer is judged.

An exercise stands in ``lessons/<slug>/exercises.toml`` in every language at once. A *choice* has its
right option in the file, or leaves it to the page, which passes the truth it has computed; a *number*
has its answer in the file or is given it, and is right within a tolerance. Wrong options and typical
wrong numbers carry the feedback for the misconception behind them.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from core.errors import LearnerError
from lessons.text import LESSON_FOLDER


@dataclass(frozen=True)
class Option:
    id: str
    text: str
    feedback: str
    right: bool


@dataclass(frozen=True)
class Slip:
    """A wrong number that a known misconception leads to, and what to say about it."""

    value: float
    feedback: str


@dataclass(frozen=True)
class Exercise:
    id: str
    kind: Literal["choice", "number"]
    question: str
    explanation: str
    """What is true and why; shown after the answer."""
    hints: tuple[str, ...]
    options: tuple[Option, ...] = ()
    answer: float | None = None
    tolerance: float = 0.01
    slips: tuple[Slip, ...] = ()


@dataclass(frozen=True)
class Verdict:
    correct: bool
    feedback: str


@cache
def load_exercises(slug: str, language: str) -> Mapping[str, Exercise]:
    """The lesson's exercises by id, worded in this language (English where a wording is missing)."""
    path = LESSON_FOLDER / slug / "exercises.toml"
    if not path.exists():
        return {}
    entries = tomllib.loads(path.read_text(encoding="utf-8")).get("exercise", [])
    exercises = [_exercise(entry, language) for entry in entries]
    return {exercise.id: exercise for exercise in exercises}


def judge(exercise: Exercise, answer: str, truth: str | float | None = None) -> Verdict:
    """Judge an option id or a typed number; ``truth`` overrides what the file says.

    Raises LearnerError if the answer is not one: nothing chosen, or not a number.
    """
    if exercise.kind == "choice":
        return _judge_choice(exercise, answer, truth)
    return _judge_number(exercise, answer, truth)


def read_number(answer: str) -> float:
    """A number as people type it: ``0.25``, ``0,25``, ``25%`` or ``1/4``.

    Raises LearnerError if it is none.
    """
    text = answer.strip().replace(",", ".").replace("－", "-").replace("％", "%")
    try:
        if text.endswith("%"):
            value = float(text[:-1]) / 100
        elif "/" in text:
            above, below = text.split("/")
            value = float(above) / float(below)
        else:
            value = float(text)
    except (ValueError, ZeroDivisionError):
        raise LearnerError(
            "“{answer}” is not a number. Type it like 0.25, 25% or 1/4.", answer=answer.strip()[:40]
        ) from None
    if not math.isfinite(value):
        raise LearnerError("The answer is a finite number. Type it like 0.25, 25% or 1/4.")
    return value


def _judge_choice(exercise: Exercise, answer: str, truth: str | float | None) -> Verdict:
    chosen = next((option for option in exercise.options if option.id == answer), None)
    if chosen is None:
        raise LearnerError("Choose one of the answers first.")
    correct = chosen.id == truth if truth is not None else chosen.right
    return Verdict(correct, chosen.feedback or exercise.explanation)


def _judge_number(exercise: Exercise, answer: str, truth: str | float | None) -> Verdict:
    value = read_number(answer)
    wanted = float(truth) if truth is not None else exercise.answer
    if wanted is None:
        raise ValueError(f"exercise {exercise.id} has no answer and was given no truth")
    if abs(value - wanted) <= exercise.tolerance:
        return Verdict(True, exercise.explanation)
    for slip in exercise.slips:
        if abs(value - slip.value) <= exercise.tolerance:
            return Verdict(False, slip.feedback)
    return Verdict(False, "")


def _exercise(entry: Mapping[str, Any], language: str) -> Exercise:
    def worded(value: Mapping[str, Any], what: str) -> str:
        texts = value.get(what, {})
        return str(texts.get(language, texts.get("en", "")))

    hints = entry.get("hints", {})
    return Exercise(
        id=entry["id"],
        kind=entry["kind"],
        question=worded(entry, "question"),
        explanation=worded(entry, "explanation"),
        hints=tuple(hints.get(language, hints.get("en", ()))),
        options=tuple(
            Option(o["id"], worded(o, "text"), worded(o, "feedback"), bool(o.get("right", False)))
            for o in entry.get("options", ())
        ),
        answer=entry.get("answer"),
        tolerance=entry.get("tolerance", 0.01),
        slips=tuple(Slip(s["value"], worded(s, "feedback")) for s in entry.get("slips", ())),
    )
