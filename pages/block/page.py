"""Lesson block: what a Transformer block adds, forgets, looks up, and how many parameters it has."""

from __future__ import annotations

from functools import partial

from pages.block.counting import show_counting, show_work
from pages.block.layernorm import invariance_truth, show_layernorm
from pages.block.neurons import neuron_truth, show_neuron
from pages.block.norm_places import show_places
from pages.block.norms_experiment import (
    norms_truth,
    show_gradients_at_start,
    show_norms_experiment,
)
from pages.block.parts_experiment import parts_truth, show_parts_experiment
from pages.block.stream import cosine_truth, show_stream
from pages.parts.frame import services
from pages.parts.lesson import below, beside, show_lesson

SLUG = "block"

look = services.look()

show_lesson(
    SLUG,
    {
        "stream": below(show_stream),
        "layernorm": below(show_layernorm),
        "places": beside(show_places),
        "neuron": below(show_neuron),
        "counting": below(show_counting),
        "work": below(show_work),
        "parts": below(partial(show_parts_experiment, look, bet=(SLUG, "bet_parts"))),
        "norms": below(partial(show_norms_experiment, look, bet=(SLUG, "bet_norms"))),
        "gradients": below(partial(show_gradients_at_start, bet=(SLUG, "bet_norms"))),
    },
    truths={
        "bet_cosine": cosine_truth,
        "bet_invariant": invariance_truth,
        "bet_neuron": neuron_truth,
        "bet_parts": partial(parts_truth, look),
        "bet_norms": partial(norms_truth, look),
    },
)
