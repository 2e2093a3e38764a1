"""What a learner may turn on a model before training it. A family declares it; pages draw it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Range:
    """A whole number from ``least`` to ``most``. ``option`` is the field of the specification and,
    after the lesson's name, of the address; ``label`` is what people read, in English."""

    option: str
    label: str
    least: int
    most: int


@dataclass(frozen=True)
class Choice:
    """One of ``options``; ``words`` names, in English, those that are not shown as they are."""

    option: str
    label: str
    options: tuple[int | str, ...]
    words: Mapping[str, str] = field(default_factory=dict)


Knob = Range | Choice
