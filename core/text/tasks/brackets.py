"""Matching brackets: a row of which some are still open, and the brackets that close them."""

from __future__ import annotations

from functools import cache
from typing import ClassVar

import numpy as np

from core.errors import LearnerError
from core.spec.text import TaskName
from core.text.tasks.task import Task, only, pick

OPENS = "([{"
_CLOSES = dict(zip(OPENS, ")]}", strict=True))


class Brackets(Task):
    """``([]{=})``: close what is open, the last one first.

    How many are open is drawn first, each number that is possible equally likely, then a row of that kind,
    each equally likely: neither the length nor the last brackets tell how many are to be closed.
    """

    name: ClassVar[TaskName] = "brackets"
    trained, tested, example = 8, 20, "([]{"
    prompt_tokens = 1

    def draw(self, rng: np.random.Generator, length: int) -> str:
        depth = int(rng.choice(_depths(length)))
        steps: list[int] = []
        left, level = length, depth
        # From the end backwards: a row of the given length that ends at this depth and never goes below 0.
        while left:
            opened = _rows(left - 1, level - 1)
            closed = _rows(left - 1, level + 1)
            step = 1 if rng.random() * (opened + closed) < opened else -1
            steps.append(step)
            level -= step
            left -= 1
        row, still = [], []
        for step in reversed(steps):
            if step > 0:
                still.append(pick(rng, OPENS, 1))
                row.append(still[-1])
            else:
                row.append(_CLOSES[still.pop()])
        return "".join(row)

    def answer(self, prompt: str) -> str:
        return "".join(_CLOSES[one] for one in reversed(open_brackets(prompt)))

    def read(self, typed: str) -> str:
        plain = only(typed, f"{OPENS}{''.join(_CLOSES.values())}", self.tested)
        if not open_brackets(plain):
            raise LearnerError("Nothing is open here: leave at least one bracket to be closed.")
        return plain

    def length(self, prompt: str) -> int:
        return len(prompt)

    def problems(self, length: int) -> int:
        """Each bracket that opens is one of three kinds; there are (length + depth) / 2 of them."""
        return sum(
            _rows(length, depth) * len(OPENS) ** ((length + depth) // 2)
            for depth in _depths(length)
        )

    def chance(self, length: int) -> float:
        """Evenly guessed are how many are open and then each kind: a third for each bracket."""
        depths = _depths(length)
        return sum(float(len(OPENS)) ** -depth for depth in depths) / len(depths) ** 2

    def most_answered(self, length: int) -> int:
        return length


def open_brackets(prompt: str) -> list[str]:
    """Those that are still open, the first one first. Raises LearnerError if one closes what is not open."""
    still: list[str] = []
    for place, sign in enumerate(prompt, start=1):
        if sign in _CLOSES:
            still.append(sign)
        elif not still or _CLOSES[still.pop()] != sign:
            raise LearnerError(
                "The bracket “{sign}” at place {place} closes nothing that is open there.",
                sign=sign,
                place=place,
            )
    return still


def _depths(length: int) -> list[int]:
    """How many may be open after so many brackets, at least one."""
    return list(range(2 - length % 2, length + 1, 2))


@cache
def _rows(length: int, depth: int) -> int:
    """Ways of going up and down by one, ``length`` times, from 0 to ``depth`` and never below 0."""
    if depth < 0 or depth > length:
        return 0
    if length == 0:
        return 1
    return _rows(length - 1, depth - 1) + _rows(length - 1, depth + 1)
