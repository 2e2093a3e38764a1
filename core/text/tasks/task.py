"""What a task is: problems of any length, one right answer to each, and which problems are held out."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from typing import ClassVar

import numpy as np

from core.errors import LearnerError
from core.spec.text import TaskName

ASK = "="
"""Stands between a problem and its answer."""
END = "\n"
"""Ends an answer, and stands before each problem."""

FEW = 200
"""If a length has fewer problems than this, all of them are for training: there are none to spare."""
_HELD_OUT = 26
"""Of 256 problems about so many are held out: a tenth."""
_TRIES = 10_000


@dataclass(frozen=True)
class Sample:
    """A problem without the sign that asks, and its right answer. Each of their characters is a token."""

    prompt: str
    answer: str

    @property
    def line(self) -> str:
        """As it stands in a training text: ``afc=afc`` and the line break that ends the answer."""
        return f"{self.prompt}{ASK}{self.answer}{END}"


class Task(ABC):
    """One kind of problem. A problem of length n has n of what the task counts: letters, digits, pairs."""

    name: ClassVar[TaskName]
    trained: ClassVar[int]
    """Problems of the training text have lengths from 1 to this, each equally likely."""
    tested: ClassVar[int]
    """The longest that is asked about: further than any that was trained."""
    prompt_tokens: ClassVar[int]
    """A problem of length n has ``prompt_tokens``·n tokens, ASK not counted, and perhaps a few more."""
    example: ClassVar[str]
    """A problem within the trained length, to begin with."""

    @abstractmethod
    def draw(self, rng: np.random.Generator, length: int) -> str:
        """A problem of this length."""

    @abstractmethod
    def answer(self, prompt: str) -> str:
        """The one right answer to a problem."""

    @abstractmethod
    def read(self, typed: str) -> str:
        """The problem that somebody means, without blanks. Raises LearnerError if it is none of this task."""

    @abstractmethod
    def length(self, prompt: str) -> int:
        """How long a problem is, as the task counts."""

    @abstractmethod
    def problems(self, length: int) -> int:
        """How many different problems of this length there are."""

    @abstractmethod
    def chance(self, length: int) -> float:
        """How often somebody is right who knows what answers look like and nothing else, and guesses
        evenly; at most this, where that depends on the problem."""

    @property
    def lengths(self) -> range:
        """All lengths that are asked about."""
        return range(1, self.tested + 1)

    def is_right(self, prompt: str, answer: str) -> bool:
        """Whether this is the right answer, to the last sign."""
        return answer == self.answer(prompt)

    def is_held_out(self, prompt: str) -> bool:
        """Whether a problem is never trained on: decided by its signs alone, so that no seed and no size of
        a text can bring it into one."""
        if self.problems(self.length(prompt)) < FEW:
            return False
        kept_together = f"{self.name} {self.length(prompt)} {self.family_of(prompt)}"
        return blake2b(kept_together.encode(), digest_size=1).digest()[0] < _HELD_OUT

    def family_of(self, prompt: str) -> str:
        """Problems of one length for which this is the same are held out together or not at all."""
        return prompt

    def can_be_new(self, length: int) -> bool:
        """Whether problems of this length are asked that no training has seen."""
        return self.problems(length) >= FEW

    def sample(self, rng: np.random.Generator, length: int, *, held_out: bool) -> Sample:
        """A problem of this length with its answer, from those that are held out or from the others. Where
        none are held out, any."""
        wanted = held_out and self.can_be_new(length)
        for _try in range(_TRIES):
            prompt = self.draw(rng, length)
            if self.is_held_out(prompt) == wanted:
                return Sample(prompt, self.answer(prompt))
        raise RuntimeError(f"no {self.name} of length {length} was found")

    def samples(self, seed: int, length: int, count: int) -> tuple[Sample, ...]:
        """``count`` held-out problems of one length, to ask a model; the same seed draws the same."""
        rng = np.random.default_rng((seed, length))
        return tuple(self.sample(rng, length, held_out=True) for _ in range(count))

    def training_samples(
        self, rng: np.random.Generator, *, held_out: bool = False
    ) -> Iterator[Sample]:
        """Problems of the trained lengths, without end."""
        while True:
            length = int(rng.integers(1, self.trained + 1))
            if held_out and not self.can_be_new(length):
                continue
            yield self.sample(rng, length, held_out=held_out)

    @property
    def longest_line(self) -> int:
        """At most so many tokens stand in a line of the training text, with the END before it."""
        return self.most_tokens(self.trained)

    def most_tokens(self, length: int) -> int:
        """At most so many tokens are in a problem of this length with the END before it, its ASK, its answer
        and the END after it."""
        return self.prompt_tokens * length + self.extra_tokens + self.most_answered(length) + 3

    extra_tokens: ClassVar[int] = 0
    """What a prompt has besides, whatever its length."""

    @abstractmethod
    def most_answered(self, length: int) -> int:
        """The most signs of an answer to a problem of this length."""


def only(typed: str, allowed: str, most: int) -> str:
    """What was typed, without blanks and what follows an ASK. Raises LearnerError if a sign is not among
    ``allowed``, or if there is nothing or too much of it."""
    plain = "".join(typed.split()).partition(ASK)[0]
    if not plain:
        raise LearnerError("Type a problem first.")
    strange = next((sign for sign in plain if sign not in allowed), None)
    if strange is not None:
        raise LearnerError(
            "“{sign}” has no place in this task: these models know only {allowed}.",
            sign=strange,
            allowed=allowed,
        )
    if len(plain) > most:
        raise LearnerError("This is too long: at most {most} signs.", most=most)
    return plain


def pick(rng: np.random.Generator, signs: str, count: int) -> str:
    """``count`` signs, each drawn evenly."""
    return "".join(signs[int(at)] for at in rng.integers(0, len(signs), size=count))
