"""Lesson heads: several heads look at different things, and W_O mixes what they find."""

from __future__ import annotations

from pages.heads.adding import show_adding, show_mistakes
from pages.heads.bench import show_bench
from pages.heads.cost import show_cost
from pages.heads.measures import show_measures
from pages.heads.mixing import show_mixing
from pages.heads.model import show_trained
from pages.heads.off import show_off, verdict_on_bet
from pages.heads.written import show_written
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
