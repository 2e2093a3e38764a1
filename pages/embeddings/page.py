"""Lesson embeddings: how each word gets a row of numbers, and what such rows say and leave out."""

from __future__ import annotations

from functools import partial

from pages.embeddings.angle import show_angle
from pages.embeddings.company import show_pairs, show_questions
from pages.embeddings.counting import show_counting, truth_counting
from pages.embeddings.differences import show_analogy, show_odd, truth_step
from pages.embeddings.experiments import show_width, show_window, truth_width, truth_window
from pages.embeddings.flat import show_flat
from pages.embeddings.leaning import show_bias, truth_bias
from pages.embeddings.moving import show_moving, show_seen, truth_close
from pages.embeddings.opposites import show_antonyms, truth_antonyms
from pages.embeddings.pretrained import show_pretrained
from pages.embeddings.row import show_row
from pages.embeddings.state import PANEL
from pages.embeddings.step import show_step
from pages.embeddings.tables import base, knobs_here
from pages.parts.exercises.box import after_bet
from pages.parts.frame import services
from pages.parts.lesson import below, beside, inline, show_lesson
from pages.parts.training.chosen import chosen_run, show_chosen_run

SLUG = "embeddings"

look = services.look()
chosen = chosen_run(SLUG, base(), knobs_here(), PANEL, look, pictures=show_moving)
ready = look.finished(chosen.spec) or look.finished(base())
show_lesson(
    SLUG,
    {
        "row": beside(partial(show_row, ready)),
        "pairs": below(partial(show_pairs, ready)),
        "questions": below(partial(show_questions, ready)),
        "training": below(partial(show_chosen_run, chosen, look, bet=(SLUG, "bet_close"))),
        "seen": inline(after_bet(SLUG, "bet_close", partial(show_seen, chosen.panel, ready))),
        "angle": below(partial(show_angle, ready)),
        "analogy": below(after_bet(SLUG, "bet_step", partial(show_analogy, ready))),
        "odd": beside(partial(show_odd, ready)),
        "flat": below(partial(show_flat, ready)),
        "antonyms": below(show_antonyms),
        "bias": below(partial(show_bias, ready)),
        "pretrained": below(show_pretrained),
        "step": beside(partial(show_step, ready)),
        "counting": below(partial(show_counting, ready)),
        "width": below(partial(show_width, look)),
        "window": below(partial(show_window, look)),
    },
    truths={
        "bet_close": partial(truth_close, look),
        "bet_step": partial(truth_step, look),
        "bet_counting": lambda: truth_counting(ready) or truth_counting(look.finished(base())),
        "bet_antonyms": truth_antonyms,
        "bet_bias": truth_bias,
        "bet_width": partial(truth_width, look),
        "bet_window": partial(truth_window, look),
    },
)
