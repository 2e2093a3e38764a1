"""Several numbers in one box, as people type them."""

from __future__ import annotations

import re

from lessons.numbers import read_number


def read_numbers(typed: str) -> list[float]:
    """``2, 1; 0 −1`` or ``1/2 0.25``: numbers with commas, semicolons or blanks between; so a comma never
    stands for a decimal point here.

    Raises LearnerError for what is no number.
    """
    joined = re.sub(r"\s*/\s*", "/", typed).strip()
    parts = re.split(r"[,;，；、\s]+(?=\S)|[,;，；、]\s*$", joined)
    return [read_number(part) for part in parts if part]


def spelled(values: list[float], places: int = 4) -> str:
    """The numbers with at most so many decimals, as they stand in a box."""
    return ", ".join(f"{round(value, places) + 0.0:g}" for value in values)
