"""Experiments: runs that differ in one thing, trained side by side. Each lesson's own are in its folder.

All arms of an experiment have the same text, seed, steps and learning rate. The settings were chosen
so that each lesson shows within seconds, and shows with other seeds too; tests hold that in small.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.spec.run import RunSpec
from core.spec.text import TokenizerSpec

WORDS = TokenizerSpec(kind="words", vocabulary=1000)
CHARACTERS = TokenizerSpec(kind="characters", vocabulary=1000)


@dataclass(frozen=True)
class Arm:
    """One of the runs that are compared, under the English name that the page translates."""

    name: str
    spec: RunSpec


def arm(name: str, base: RunSpec, **changes: object) -> Arm:
    """The base with a few options of its model changed."""
    model = type(base.model).model_validate(base.model.model_dump() | changes)
    return Arm(name, base.model_copy(update={"model": model}))
