"""Lesson N-grams: count, divide, smooth, lengthen the memory, write."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

import streamlit as st

from core.errors import LearnerError
from lessons.exercises import load_exercises
from pages.ngram.choices import Choices, draw_choices, read_choices
from pages.ngram.copied import show_copying_by_order
from pages.ngram.costs import show_sizes
from pages.ngram.counted import Counted, count
from pages.ngram.counts import show_counts
from pages.ngram.far import show_far
from pages.ngram.orders import show_orders, show_sparsity
from pages.ngram.path import read_question, show_next_tokens, show_path
from pages.ngram.picked import forget_other_texts
from pages.ngram.state import PANEL
from pages.ngram.ways import show_discounts, show_unseen, show_ways
from pages.ngram.writing import show_writing
from pages.parts.exercises.box import after_bet, bet_placed, show_exercise
from pages.parts.frame import services
from pages.parts.frame.language import _, language, worded
from pages.parts.lesson import below, beside, inline, show_lesson
from pages.parts.training.controls import training_panel
from pages.parts.training.own_text import written
from pages.parts.training.panel import Panel

SLUG = "ngram"

Part = TypeVar("Part")


def show_choices(counted: Counted | None, problem: LearnerError | None) -> None:
    """The choices of the whole page, and what has been counted, in a sentence."""
    draw_choices()
    if problem is not None:
        st.warning(worded(problem))
    if counted is not None:
        st.markdown(
            _(
                "Counted: **{tokens:,}** tokens, **{vocabulary}** different ones. Kept back for testing, and "
                "never counted: **{held:,}** more."
            ).format(
                tokens=len(counted.training),
                vocabulary=counted.model.vocabulary_size,
                held=len(counted.validation),
            )
        )


def show_training(counted: Counted) -> None:
    run = look.at(counted.spec)
    panel = Panel(SLUG, PANEL, counted.spec, 1.0, view=run)
    training_panel(panel, look)


def show_bet_far() -> None:
    """The last exercise, and under it, once it was answered, what the counts say."""
    show_exercise(SLUG, load_exercises(SLUG, language())["bet_far"])
    if bet_placed(SLUG, "bet_far"):
        show_far()


def _given(part: Part | None, show: Callable[[Part], object]) -> Callable[[], None]:
    """A slot that stays empty while there is nothing to show in it."""

    def filled() -> None:
        if part is not None:
            show(part)

    return filled


def _counted(choices: Choices) -> tuple[Counted | None, LearnerError | None]:
    """What the choices have counted, or why they cannot be counted."""
    try:
        if choices.own is None:
            return count(choices.spec(), None), None
        with st.spinner(_("Counting your text …"), show_time=True):
            return count(choices.spec(), written(choices.own)), None
    except LearnerError as problem:
        return None, problem


look = services.look()
choices = read_choices()
counted, problem = _counted(choices)
if counted is not None:
    forget_other_texts(counted)
question = read_question(counted) if counted is not None else None
show_lesson(
    SLUG,
    {
        "choices": below(partial(show_choices, counted, problem)),
        "counts": beside(_given(counted, show_counts)),
        "next_tokens": beside(_given(question, show_next_tokens)),
        "path": below(_given(question, show_path)),
        "unseen": inline(after_bet(SLUG, "bet_unseen", _given(question, show_unseen))),
        "discounts": inline(_given(counted, show_discounts)),
        "ways": below(_given(question, show_ways)),
        "orders": beside(after_bet(SLUG, "bet_order", _given(counted, show_orders))),
        "sparsity": beside(_given(counted, show_sparsity)),
        "costs": beside(after_bet(SLUG, "bet_cost", _given(counted, show_sizes))),
        "copying": beside(_given(counted, show_copying_by_order)),
        "writing": beside(_given(counted, show_writing)),
        "training": below(_given(counted, show_training)),
        "bet_far": inline(show_bet_far),
    },
)
