"""The slots of the sections on tasks, and the truths of their bets."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from core.store.look import Look
from pages.compare.tasks.copied import show_copied
from pages.compare.tasks.curves import parity_truth, show_solved
from pages.compare.tasks.live import show_task_training
from pages.compare.tasks.own import show_own_problem
from pages.compare.tasks.positions import beyond_truth, show_positions
from pages.parts.exercises.box import after_bet
from pages.parts.lesson import Truths, below
from pages.parts.lesson.section import Filler

SLUG = "compare"


def task_slots(look: Look) -> Mapping[str, Filler]:
    """By the names in the prose."""
    return {
        "solved": below(after_bet(SLUG, "bet_parity", show_solved)),
        "own_problem": below(after_bet(SLUG, "bet_parity", partial(show_own_problem, look))),
        "positions_solved": below(after_bet(SLUG, "bet_beyond", show_positions)),
        "copied": below(partial(show_copied, look)),
        "task_training": below(after_bet(SLUG, "bet_parity", partial(show_task_training, look))),
    }


TASK_TRUTHS: Truths = {"bet_parity": parity_truth, "bet_beyond": beyond_truth}
