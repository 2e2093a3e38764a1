"""What every question has: the type of its answer, and mostly a run whose model is asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

Answer = TypeVar("Answer", covariant=True)

LONGEST_PROMPT = 20_000
"""Characters of a prompt or text that are looked at."""


@dataclass(frozen=True)
class Asked(Generic[Answer]):
    """A question that the warm worker answers with an ``Answer``."""


@dataclass(frozen=True)
class AskedOfRun(Asked[Answer]):
    """A question to the model of a run."""

    run: str
