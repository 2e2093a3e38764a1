"""Adding two numbers of as many digits, the sum written as usual or from its last digit on."""

from __future__ import annotations

from string import digits
from typing import ClassVar

import numpy as np

from core.errors import LearnerError
from core.spec.text import TaskName
from core.text.tasks.task import Task, only, pick


class Addition(Task):
    """``12+30=42``. Both numbers have as many digits and, but for 0 itself, none begins with a 0."""

    name: ClassVar[TaskName] = "addition"
    trained, tested, example = 3, 6, "27+58"
    prompt_tokens, extra_tokens = 2, 1

    def draw(self, rng: np.random.Generator, length: int) -> str:
        return f"{_number(rng, length)}+{_number(rng, length)}"

    def answer(self, prompt: str) -> str:
        first, second = prompt.split("+")
        return str(int(first) + int(second))

    def read(self, typed: str) -> str:
        plain = only(typed, f"{digits}+", 2 * self.tested + 1)
        numbers = plain.split("+")
        if len(numbers) != 2 or not all(numbers):
            raise LearnerError(
                "Write two numbers with a + between them, such as {example}.", example=self.example
            )
        if len(numbers[0]) != len(numbers[1]):
            raise LearnerError(
                "Both numbers need as many digits as each other: these models have seen no other sums."
            )
        if any(len(number) > 1 and number.startswith("0") for number in numbers):
            raise LearnerError("No number may begin with 0: these models have seen none that does.")
        return plain

    def length(self, prompt: str) -> int:
        return prompt.index("+")

    def problems(self, length: int) -> int:
        return 100 if length == 1 else (9 * 10 ** (length - 1)) ** 2

    def chance(self, length: int) -> float:
        """Sums of numbers of n digits are the whole numbers from 2·10ⁿ⁻¹ to 2·10ⁿ - 2; of one digit, 0 to
        18."""
        least = 0 if length == 1 else 2 * 10 ** (length - 1)
        return float(1 / (2 * 10**length - 1 - least))

    def most_answered(self, length: int) -> int:
        return length + 1


class AdditionReversed(Addition):
    """``12+30=24``: the same sum, written from its last digit on, in the order in which it is reckoned by
    hand (Lee et al. 2023, *Teaching Arithmetic to Small Transformers*, section 4)."""

    name: ClassVar[TaskName] = "addition_reversed"

    def answer(self, prompt: str) -> str:
        return super().answer(prompt)[::-1]


def _number(rng: np.random.Generator, length: int) -> str:
    return pick(rng, digits if length == 1 else digits[1:], 1) + pick(rng, digits, length - 1)
