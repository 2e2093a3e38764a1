"""How many problems a model that learned a task solves, and what it answers to one of the learner's own."""

from __future__ import annotations

from dataclasses import dataclass

from core.questions.asked import AskedOfRun

SEED = 20_000
"""Of the problems that are asked."""
PROBLEMS = 100
"""Asked of each length, if no other number is."""
MOST_PROBLEMS = 400
SHOWN = 3
"""Problems of each length that are shown with the model's answer."""


@dataclass(frozen=True)
class Attempt:
    """A problem, its right answer and what the model answered, without the line break that ends it."""

    prompt: str
    right: str
    answered: str

    @property
    def is_right(self) -> bool:
        return self.answered == self.right


@dataclass(frozen=True)
class LengthResult:
    """Of ``asked`` problems of one length ``right`` were solved. ``new``: none of them stands in a text that
    any model trained on. ``attempts``: the first of them."""

    length: int
    right: int
    asked: int
    new: bool
    attempts: tuple[Attempt, ...]

    @property
    def share(self) -> float:
        return self.right / self.asked


@dataclass(frozen=True)
class TaskByLength(AskedOfRun[tuple[LengthResult, ...]]):
    """How many problems of each length does the model solve, when it always says the likeliest token?

    An answer is right if it is right to the last sign, and ended there. Problems are held out, wherever
    there are some to spare.
    """

    problems: int = PROBLEMS


@dataclass(frozen=True)
class TaskAttempt(AskedOfRun[Attempt]):
    """What does the model answer to this problem?"""

    prompt: str
