"""Lesson positions: attention does not know the order of its tokens unless it is told."""

from __future__ import annotations

from pages.parts.lesson import below, beside, inline, show_lesson
from pages.parts.positions_alibi import show_alibi
from pages.parts.positions_distance import show_distance, show_rotation
from pages.parts.positions_experiment import positions_truth, show_positions_experiment
from pages.parts.positions_learned import show_learned, truth_learned
from pages.parts.positions_rotary import show_rotary, show_rotary_head
from pages.parts.positions_shuffle import show_shuffle, truth_shuffle
from pages.parts.positions_waves import show_waves
from pages.parts.positions_ways import show_places, show_ways
from pages.parts.shuffle_experiment import show_shuffle_experiment, shuffle_truth

show_lesson(
    "positions",
    {
        "shuffle": below(show_shuffle),
        "shuffle_experiment": below(show_shuffle_experiment),
        "waves": below(show_waves),
        "distance": beside(show_distance),
        "rotation": below(show_rotation),
        "learned": below(show_learned),
        "rotary": below(show_rotary),
        "rotary_head": beside(show_rotary_head),
        "alibi": below(show_alibi),
        "places": inline(show_places),
        "ways": beside(show_ways),
        "positions_experiment": below(show_positions_experiment),
    },
    truths={
        "bet_shuffle": truth_shuffle,
        "shuffle_bet": shuffle_truth,
        "bet_learned": truth_learned,
        "length_bet": positions_truth,
    },
)
