"""Lesson positions: attention does not know the order of its tokens unless it is told."""

from __future__ import annotations

from functools import partial

from pages.parts.frame import services
from pages.parts.lesson import below, beside, inline, show_lesson
from pages.positions.alibi import show_alibi
from pages.positions.distance import show_distance, show_rotation
from pages.positions.learned import show_learned, truth_learned
from pages.positions.length_experiment import (
    positions_truth,
    show_positions_experiment,
)
from pages.positions.rotary import show_rotary, show_rotary_head
from pages.positions.shuffle import show_shuffle, truth_shuffle
from pages.positions.shuffle_experiment import (
    show_shuffle_experiment,
    shuffle_truth,
)
from pages.positions.waves import show_waves
from pages.positions.ways import show_places, show_ways

look = services.look()
show_lesson(
    "positions",
    {
        "shuffle": below(show_shuffle),
        "shuffle_experiment": below(partial(show_shuffle_experiment, look)),
        "waves": below(show_waves),
        "distance": beside(show_distance),
        "rotation": below(show_rotation),
        "learned": below(show_learned),
        "rotary": below(show_rotary),
        "rotary_head": beside(show_rotary_head),
        "alibi": below(show_alibi),
        "places": inline(show_places),
        "ways": beside(show_ways),
        "positions_experiment": below(partial(show_positions_experiment, look)),
    },
    truths={
        "bet_shuffle": truth_shuffle,
        "shuffle_bet": partial(shuffle_truth, look),
        "bet_learned": truth_learned,
        "length_bet": partial(positions_truth, look),
    },
)
