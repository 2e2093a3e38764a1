"""Lesson attention: softmax(QKᵀ/√d_k)V, one number at a time."""

from __future__ import annotations

from functools import partial

from pages.attention.bench import show_bench
from pages.attention.mask_experiment import mask_truth, show_mask_experiment
from pages.attention.pictures import (
    best_key,
    largest_weight_when_wider,
    show_asking,
    show_masking,
    show_widths,
)
from pages.attention.printed import show_printed
from pages.attention.state import ALONE
from pages.attention.trained_head import show_trained_head
from pages.parts.frame import services
from pages.parts.frame.alone import show_alone, with_alone_button
from pages.parts.lesson import below, beside, inline, show_lesson
from pages.parts.widgets.shapes import score_shapes

if ALONE.settle() == "bench":
    show_alone(ALONE, show_bench)
else:
    look = services.look()
    show_lesson(
        "attention",
        {
            "asking": beside(show_asking),
            "shapes": inline(score_shapes),
            "bench": below(partial(with_alone_button, ALONE, "bench", show_bench)),
            "widths": beside(show_widths),
            "masking": beside(show_masking),
            "mask_experiment": below(partial(show_mask_experiment, look)),
            "printed": beside(show_printed),
            "trained_head": below(show_trained_head),
        },
        truths={
            "her_looks": lambda: best_key("her"),
            "wider": largest_weight_when_wider,
            "mask_bet": partial(mask_truth, look),
        },
    )
