"""Which function answers which question: a theme's module registers its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from core.answers.loaded import Loaded
from core.questions import Asked, AskedOfRun

A = TypeVar("A")
Q = TypeVar("Q")

OF_RUNS: dict[type[AskedOfRun[Any]], Callable[[Loaded, Any], Any]] = {}
"""Answers to questions about a run's model, by the question's class."""

OTHERS: dict[type[Asked[Any]], Callable[[Any], Any]] = {}
"""Answers to questions that name no run."""


def answers(
    question: type[AskedOfRun[A]],
) -> Callable[[Callable[[Loaded, Q], A]], Callable[[Loaded, Q], A]]:
    """Mark the function that answers this class of question to a loaded model."""

    def register(function: Callable[[Loaded, Q], A]) -> Callable[[Loaded, Q], A]:
        OF_RUNS[question] = function
        return function

    return register


def answers_without_run(
    question: type[Asked[A]],
) -> Callable[[Callable[[Q], A]], Callable[[Q], A]]:
    """Mark the function that answers this class of question, which names no run."""

    def register(function: Callable[[Q], A]) -> Callable[[Q], A]:
        OTHERS[question] = function
        return function

    return register
