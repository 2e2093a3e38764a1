"""Copy, reverse, sort and parity: what is asked for is the same signs again, in some order, or a count."""

from __future__ import annotations

from math import comb
from string import ascii_lowercase, digits
from typing import ClassVar

import numpy as np

from core.spec.text import TaskName
from core.text.tasks.task import Task, only, pick


class _Signs(Task):
    """A problem is a row of signs, each drawn evenly from an alphabet."""

    alphabet: ClassVar[str]
    prompt_tokens = 1

    def draw(self, rng: np.random.Generator, length: int) -> str:
        return pick(rng, self.alphabet, length)

    def read(self, typed: str) -> str:
        return only(typed, self.alphabet, self.tested)

    def length(self, prompt: str) -> int:
        return len(prompt)

    def problems(self, length: int) -> int:
        return int(len(self.alphabet) ** length)

    def chance(self, length: int) -> float:
        return 1 / self.problems(length)

    def most_answered(self, length: int) -> int:
        return length


class Copy(_Signs):
    """``afc=afc``: say it again."""

    name: ClassVar[TaskName] = "copy"
    alphabet = ascii_lowercase[:8]
    trained, tested, example = 8, 20, "afcbh"

    def answer(self, prompt: str) -> str:
        return prompt


class Reverse(_Signs):
    """``afc=cfa``: the last one first."""

    name: ClassVar[TaskName] = "reverse"
    alphabet = ascii_lowercase[:8]
    trained, tested, example = 8, 20, "afcbh"

    def answer(self, prompt: str) -> str:
        return prompt[::-1]


class Sort(_Signs):
    """``4192=1249``: the smallest one first."""

    name: ClassVar[TaskName] = "sort"
    alphabet = digits
    trained, tested, example = 8, 20, "41926"

    def answer(self, prompt: str) -> str:
        return "".join(sorted(prompt))

    def chance(self, length: int) -> float:
        """Who guesses evenly names one of the C(length + 9, 9) sorted rows."""
        return 1 / comb(length + len(self.alphabet) - 1, length)


class Parity(_Signs):
    """``01101=1``: 1 if an odd number of the bits are 1, else 0."""

    name: ClassVar[TaskName] = "parity"
    alphabet = "01"
    trained, tested, example = 12, 24, "01101001"

    def answer(self, prompt: str) -> str:
        return str(prompt.count("1") % 2)

    def family_of(self, prompt: str) -> str:
        """Without the last bit: so as many even rows are held out as odd ones, of each length."""
        return prompt[:-1]

    def chance(self, length: int) -> float:
        return 1 / 2

    def most_answered(self, length: int) -> int:
        return 1
