"""Lesson attention: softmax(QKᵀ/√d_k)V, one number at a time."""

from __future__ import annotations

from functools import partial

from pages.parts.alone import asked_alone, show_alone, with_alone_button
from pages.parts.attention_bench import show_bench
from pages.parts.attention_pictures import (
    best_key,
    largest_weight_when_wider,
    show_asking,
    show_masking,
    show_widths,
)
from pages.parts.lesson import below, beside, show_lesson
from pages.parts.mask_experiment import mask_truth, show_mask_experiment
from pages.parts.printed_mistakes import show_printed
from pages.parts.trained_head import show_trained_head

if asked_alone("attention", "bench"):
    show_alone("attention", show_bench)
else:
    show_lesson(
        "attention",
        {
            "asking": beside(show_asking),
            "bench": below(partial(with_alone_button, "attention", "bench", show_bench)),
            "widths": beside(show_widths),
            "masking": beside(show_masking),
            "mask_experiment": below(show_mask_experiment),
            "printed": beside(show_printed),
            "trained_head": below(show_trained_head),
        },
        truths={
            "her_looks": lambda: best_key("her"),
            "wider": largest_weight_when_wider,
            "mask_bet": mask_truth,
        },
    )
