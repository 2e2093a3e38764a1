"""Lesson that compares models: which function fills which slot of the prose."""

from __future__ import annotations

from functools import partial

from pages.compare.arena.agreeing import coin_truth, show_agreement
from pages.compare.arena.prompts import show_prompt
from pages.compare.arena.race import early_truth, show_race
from pages.compare.arena.two_runs import show_two_runs
from pages.compare.arena.winners import show_winners
from pages.compare.tasks.slots import TASK_TRUTHS, task_slots
from pages.parts.exercises.box import after_bet
from pages.parts.frame import services
from pages.parts.lesson import below, show_lesson

SLUG = "compare"

look = services.look()
show_lesson(
    SLUG,
    {
        "race": below(partial(show_race, look)),
        "agreement": below(after_bet(SLUG, "bet_coin", show_agreement)),
        "prompt": below(show_prompt),
        "winners": below(partial(show_winners, look)),
        "two_runs": below(partial(show_two_runs, look)),
        **task_slots(look),
    },
    truths={
        "bet_early": partial(early_truth, look),
        "bet_coin": coin_truth,
        **TASK_TRUTHS,
    },
)
