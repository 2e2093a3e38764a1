"""Lesson learning: slopes, steps, and what becomes of both in a network."""

from __future__ import annotations

from pages.learning.careful import show_careful, show_decay, truth_decay, truth_warm
from pages.learning.curves import show_activations, show_depth, truth_depth
from pages.learning.graph import show_graph
from pages.learning.landscape import show_landscape, show_walkers, truth_rate
from pages.learning.polls import show_polls
from pages.learning.slope import show_slope
from pages.learning.softmax import show_softmax
from pages.learning.table import show_table
from pages.parts.lesson import below, beside, show_lesson

show_lesson(
    "learning",
    {
        "softmax": beside(show_softmax),
        "slope": below(show_slope),
        "table": below(show_table),
        "graph": below(show_graph),
        "landscape": below(show_landscape),
        "walkers": below(show_walkers),
        "careful": below(show_careful),
        "decay": below(show_decay),
        "polls": beside(show_polls),
        "activations": beside(show_activations),
        "depth": beside(show_depth),
    },
    truths={
        "bet_rate": truth_rate,
        "bet_warm": truth_warm,
        "bet_decay": truth_decay,
        "bet_depth": truth_depth,
    },
)
