"""An exercise on the screen: a bordered box with a question, the answer, hints and feedback."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from core.errors import LearnerError
from lessons.exercises import Exercise, Verdict, judge
from pages.parts.language import _, worded
from pages.parts.learner import answered


def show_exercise(
    slug: str, exercise: Exercise, truth: Callable[[], str | float | None] | None = None
) -> None:
    """Ask, judge when the learner presses the button, and say what is behind a wrong answer.

    ``truth`` computes the answer from the live picture; it is asked only when the learner answers.
    """
    key = f"{slug}_{exercise.id}"
    with st.container(border=True, key=f"bet_{key}"):
        st.markdown("**" + _("Your bet") + f"** — {exercise.question}")
        answer = _answer_widget(exercise, key)
        row = st.container(horizontal=True)
        with row:
            pressed = st.button(_("Check"), key=f"{key}_check")
            if exercise.hints:
                _hint_button(exercise, key)
        if pressed:
            _judge(slug, exercise, answer, truth, key)
        for hint in exercise.hints[: st.session_state.get(f"{key}_hints_shown", 0)]:
            st.info(hint, icon="💡")
        _show_verdict(exercise, st.session_state.get(f"{key}_verdict"))


def _answer_widget(exercise: Exercise, key: str) -> str:
    if exercise.kind == "choice":
        texts = {option.id: option.text for option in exercise.options}
        chosen = st.pills(
            exercise.question,
            list(texts),
            format_func=lambda option: texts.get(option, option),
            key=f"{key}_answer",
            label_visibility="collapsed",
        )
        return str(chosen or "")
    return st.text_input(
        exercise.question,
        key=f"{key}_answer",
        placeholder="0.25",
        label_visibility="collapsed",
        max_chars=40,
    )


def _hint_button(exercise: Exercise, key: str) -> None:
    def show_one_more() -> None:
        shown = st.session_state.get(f"{key}_hints_shown", 0)
        st.session_state[f"{key}_hints_shown"] = min(shown + 1, len(exercise.hints))

    shown = st.session_state.get(f"{key}_hints_shown", 0)
    st.button(
        _("Hint {number} of {count}").format(
            number=min(shown + 1, len(exercise.hints)), count=len(exercise.hints)
        ),
        key=f"{key}_hint",
        on_click=show_one_more,
        disabled=shown >= len(exercise.hints),
    )


def _judge(
    slug: str,
    exercise: Exercise,
    answer: str,
    truth: Callable[[], str | float | None] | None,
    key: str,
) -> None:
    try:
        verdict = judge(exercise, answer, truth() if truth else None)
    except LearnerError as error:
        st.warning(worded(error))
        return
    st.session_state[f"{key}_verdict"] = verdict
    answered(slug, exercise.id)


def _show_verdict(exercise: Exercise, verdict: Verdict | None) -> None:
    if verdict is None:
        return
    if verdict.correct:
        st.success(_("Right.") + f" {verdict.feedback}", icon="✅")
    else:
        feedback = verdict.feedback or _("Look at the picture again, or take a hint.")
        st.error(_("Not yet.") + f" {feedback}", icon="🔎")
