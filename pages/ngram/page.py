"""Lesson N-grams: count, divide, smooth, lengthen the memory, write."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from core.errors import LearnerError
from lessons.exercises import load_exercises
from pages.ngram.choices import choose_and_count
from pages.ngram.counted import ORDERS, Counted
from pages.ngram.counts import show_counts
from pages.ngram.far import show_far
from pages.ngram.orders import show_orders, show_sparsity
from pages.ngram.path import show_next_tokens, show_path, show_unseen
from pages.ngram.writing import show_writing
from pages.parts.exercises.box import show_exercise
from pages.parts.frame.language import _, language, worded
from pages.parts.lesson import below, beside, inline, show_lesson
from pages.parts.training.controls import training_panel
from pages.parts.training.panel import Panel

SLUG = "ngram"

_COUNTED = "ngram_counted"


def show_choices() -> None:
    """The choices of the whole page, and what has been counted, in a sentence."""
    try:
        counted = choose_and_count()
    except LearnerError as error:
        st.warning(worded(error))
        return
    st.session_state[_COUNTED] = counted
    st.markdown(
        _(
            "Counted: **{tokens:,}** tokens, **{vocabulary}** different ones; **{held:,}** tokens are "
            "held out and never counted."
        ).format(
            tokens=len(counted.training),
            vocabulary=counted.model.vocabulary_size,
            held=len(counted.validation),
        )
    )


def show_training(counted: Counted) -> None:
    training_panel(Panel(SLUG, counted.spec, 1.0, another=_next_order, own_text=counted.own_text))


def show_bet_far() -> None:
    """The last exercise, and under it what the counts say."""
    show_exercise(SLUG, load_exercises(SLUG, language())["bet_far"])
    show_far()


def _next_order() -> None:
    order = int(st.session_state.get("ngram_order") or 3)
    st.session_state["ngram_order"] = order % ORDERS[-1] + 1


def _counted() -> Counted | None:
    """What the choices at the top have counted; None while they cannot be counted."""
    return st.session_state.get(_COUNTED)


def _with_counted(show: Callable[[Counted], object]) -> Callable[[], None]:
    """A slot that stays empty while the choices cannot be counted."""

    def filled() -> None:
        counted = _counted()
        if counted is not None:
            show(counted)

    return filled


st.session_state.pop(_COUNTED, None)
show_lesson(
    SLUG,
    {
        "choices": below(show_choices),
        "counts": beside(_with_counted(show_counts)),
        "next_tokens": beside(_with_counted(show_next_tokens)),
        "path": below(_with_counted(show_path)),
        "unseen": inline(_with_counted(show_unseen)),
        "orders": beside(_with_counted(show_orders)),
        "sparsity": inline(_with_counted(show_sparsity)),
        "writing": beside(_with_counted(show_writing)),
        "training": below(_with_counted(show_training)),
        "bet_far": inline(show_bet_far),
    },
)
