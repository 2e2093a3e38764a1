"""Key–value recall: letters with a digit each, and one of the letters again."""

from __future__ import annotations

import re
from math import perm
from string import ascii_lowercase, digits
from typing import ClassVar

import numpy as np

from core.errors import LearnerError
from core.spec.text import TaskName
from core.text.tasks.task import Task, only, pick

KEYS = ascii_lowercase[:16]
_PROBLEM = re.compile(r"((?:[a-p][0-9])+)\?([a-p])")


class Recall(Task):
    """``a3f7c1?f=7``: which digit stood behind this letter? No letter comes twice before the question."""

    name: ClassVar[TaskName] = "recall"
    trained, tested, example = 8, 16, "a3f7c1?f"
    prompt_tokens, extra_tokens = 2, 2

    def draw(self, rng: np.random.Generator, length: int) -> str:
        keys = "".join(rng.permutation(list(KEYS))[:length])
        values = pick(rng, digits, length)
        pairs = "".join(key + value for key, value in zip(keys, values, strict=True))
        return f"{pairs}?{pick(rng, keys, 1)}"

    def answer(self, prompt: str) -> str:
        pairs, _ask, wanted = prompt.partition("?")
        return pairs[pairs.index(wanted) + 1]

    def read(self, typed: str) -> str:
        plain = only(typed, f"{KEYS}{digits}?", 2 * self.tested + 2)
        found = _PROBLEM.fullmatch(plain)
        if found is None:
            raise LearnerError(
                "Write pairs of a letter and a digit, a question mark and one of the letters, such as "
                "{example}.",
                example=self.example,
            )
        keys = found[1][::2]
        if len(set(keys)) < len(keys):
            raise LearnerError("Each letter may have one digit only.")
        if found[2] not in keys:
            raise LearnerError(
                "The letter {letter} has no digit: ask for one that has.", letter=found[2]
            )
        return plain

    def length(self, prompt: str) -> int:
        return prompt.index("?") // 2

    def problems(self, length: int) -> int:
        return int(perm(len(KEYS), length) * len(digits) ** length * length)

    def chance(self, length: int) -> float:
        return 1 / len(digits)

    def most_answered(self, length: int) -> int:
        return 1
