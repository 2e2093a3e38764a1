"""Lesson heads: several heads look at different things, and W_O mixes what they find."""

from __future__ import annotations

from pages.parts.heads_adding import show_adding, show_mistakes
from pages.parts.heads_bench import show_bench
from pages.parts.heads_cost import show_cost
from pages.parts.heads_measures import show_measures
from pages.parts.heads_mixing import show_mixing
from pages.parts.heads_model import show_trained
from pages.parts.heads_off import show_off, verdict_on_bet
from pages.parts.heads_written import show_written
from pages.parts.lesson import below, beside, show_lesson

show_lesson(
    "heads",
    {
        "mixing": beside(show_mixing),
        "bench": below(show_bench),
        "cost": beside(show_cost),
        "adding": beside(show_adding),
        "mistakes": beside(show_mistakes),
        "trained": below(show_trained),
        "measures": below(show_measures),
        "written": below(show_written),
        "off": below(show_off),
    },
    truths={"silenced": verdict_on_bet},
)
