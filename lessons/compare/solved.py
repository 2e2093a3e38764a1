"""What the four families solve: recorded from real runs by ``tests/experiments/compare/record_tasks.py``."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from core.spec.text import TaskName
from core.store.solving import Solver, solving
from core.wording import N_

FILE = Path(__file__).with_name("solved.json")

SOLVERS: Mapping[Solver, str] = MappingProxyType(
    {
        "ngram": N_("N-gram, order 5"),
        "rnn": N_("RNN, width 64"),
        "lstm": N_("LSTM, width 64"),
        "gpt": N_("GPT, 2 layers"),
    }
)
"""The families that are compared, and what they are called in English."""
POSITIONS: Mapping[Solver, str] = MappingProxyType(
    {
        "gpt": N_("rotary"),
        "gpt_alibi": N_("ALiBi"),
        "gpt_none": N_("no positions"),
        "gpt_learned": N_("learned"),
    }
)
"""The GPT that copies, with other positions."""
POSITIONS_TASK: TaskName = "copy"
SEEDS = (1, 2, 3, 4, 5)


@dataclass(frozen=True)
class Solved:
    """One family on one task. ``right`` [s n]: of ``asked`` problems of each length from 1 on, how many the
    run of each seed solved."""

    right: Sequence[Sequence[int]]
    asked: int

    def share(self, length: int) -> float:
        """Of all seeds together."""
        return sum(self._of(length)) / (self.asked * len(self.right))

    def lowest(self, length: int) -> float:
        """Of the seed that did worst."""
        return min(self._of(length)) / self.asked

    def highest(self, length: int) -> float:
        """Of the seed that did best."""
        return max(self._of(length)) / self.asked

    def mean(self, lengths: Sequence[int]) -> float:
        """Over several lengths."""
        return sum(map(self.share, lengths)) / len(lengths)

    def _of(self, length: int) -> list[int]:
        return [run[length - 1] for run in self.right]


@cache
def solved(task: TaskName, solver: Solver) -> Solved | None:
    """What was recorded; None if that was of runs of another specification."""
    found = _recorded()["tasks"].get(task, {}).get(solver)
    if found is None or found["id"] != solving(task, solver).id:
        return None
    return Solved(found["right"], _recorded()["asked"])


@cache
def _recorded() -> dict[str, Any]:
    content: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return content
