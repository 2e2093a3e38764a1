"""Lesson on going on to learn: which function fills which slot of the prose."""

from __future__ import annotations

from functools import partial

from pages.parts.frame import services
from pages.parts.lesson import below, show_lesson
from pages.tuning.other import forgetting_truth, show_fine_tuning
from pages.tuning.remedies import remedy_truth, show_remedies
from pages.tuning.same import going_truth, show_going_on

look = services.look()
show_lesson(
    "tuning",
    {
        "going_on": below(partial(show_going_on, look)),
        "fine_tuning": below(partial(show_fine_tuning, look)),
        "remedies": below(partial(show_remedies, look)),
    },
    truths={
        "bet_going": partial(going_truth, look),
        "bet_forget": partial(forgetting_truth, look),
        "bet_remedy": partial(remedy_truth, look),
    },
)
