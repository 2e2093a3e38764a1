"""An exercise on the screen: a bordered box with a question, the answer, hints and feedback."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from core.errors import LearnerError
from lessons.exercises import Exercise, Truth, posed
from lessons.explained import explained_exercises
from lessons.judging import Answer, Verdict, judge
from pages.parts.exercises.kept import fits, frozen, keep, put_back, recall
from pages.parts.exercises.kinds import ask_for, show_matrix
from pages.parts.frame.language import _, in_a_row, language, worded
from pages.parts.frame.learner import learner, record_answered
from pages.parts.frame.state import fragment, pressed

FindTruth = Callable[[], Truth | None]


_WITHIN_QUOTES = str.maketrans("“”", "‘’")
"""Quotation marks within quotation marks."""


def show_exercise(slug: str, exercise: Exercise, truth: FindTruth | None = None) -> None:
    """Ask, judge when the learner presses the button, and say what is behind a wrong answer.

    ``truth`` computes the answer from the live picture. Of a *predict* exercise it is None until the
    experiment has been run: until then the bet is only noted.
    """
    if exercise.kind == "predict":
        _show_bet(slug, exercise, truth)
    else:
        _show_task(slug, exercise.id, truth)


def bet_placed(slug: str, exercise_id: str) -> bool:
    """Whether the learner has committed to an answer of this *predict* exercise, or has given one of
    another kind, right or wrong: what decides it is shown only then."""
    recall(slug, exercise_id)
    key = f"{slug}_{exercise_id}"
    return bool(st.session_state.get(f"{key}_bet") or st.session_state.get(f"{key}_answered"))


def after_bet(slug: str, exercise_id: str, show: Callable[[], None]) -> Callable[[], None]:
    """``show`` where it would tell how a bet comes out: until the bet is placed, a sentence stands there."""

    def shown() -> None:
        if bet_placed(slug, exercise_id):
            show()
        else:
            st.info(_("Place your bet first: then it is shown here how it comes out."), icon="🔒")

    return shown


def seed_of(slug: str, exercise_id: str) -> int:
    """What an exercise's numbers are drawn from: the learner, the exercise, and how often it was asked
    for other numbers."""
    recall(slug, exercise_id)
    attempt = st.session_state.get(f"{slug}_{exercise_id}_attempt", 0)
    spelled = f"{learner()} {slug} {exercise_id} {attempt}"
    return int.from_bytes(hashlib.sha256(spelled.encode()).digest()[:4], "big")


@fragment
def _show_task(slug: str, exercise_id: str, truth: FindTruth | None) -> None:
    """A keystroke or a button redraws this box alone."""
    key = f"{slug}_{exercise_id}"
    seed = seed_of(slug, exercise_id)
    attempt = st.session_state.get(f"{key}_attempt", 0)
    name = f"{key}_{attempt}" if attempt else key
    exercise = posed(slug, explained_exercises(slug, language())[exercise_id], seed)
    put_back(exercise, name, recall(slug, exercise_id), attempt)
    with st.container(border=True, key=f"bet_{key}"):
        _show_question(exercise)
        answer = ask_for(exercise, name, seed)
        matrix = st.container()
        with st.container(horizontal=True):
            to_judge = pressed(_("Check"), key=f"{key}_check")
            _hint_button(exercise, key)
            if exercise.drawn:
                st.button(
                    _("Other numbers"), key=f"{key}_again", on_click=partial(_draw_again, key)
                )
        if to_judge:
            verdict = _judged(slug, exercise, answer, truth)
            st.session_state[f"{key}_checked"] = None if verdict is None else frozen(answer)
        else:
            verdict = _judged_before(exercise, st.session_state.get(f"{key}_checked"), truth)
        was_answered = bet_placed(slug, exercise_id)
        st.session_state[f"{key}_answered"] = was_answered or verdict is not None
        keep(slug, exercise_id, answer)
        if verdict is not None and not was_answered:
            st.rerun()  # the list at the side ticks it, and the page may have held something back for it
        if exercise.kind == "matrix":
            with matrix:
                marks = verdict.cells if verdict else {}
                show_matrix(exercise, name, marks, on_change=partial(_forget_verdict, key))
        _show_hints(exercise, key)
        _show_verdict(verdict, _hints_left(exercise, key))


def _show_bet(slug: str, exercise: Exercise, truth: FindTruth | None) -> None:
    """A bet is placed once, before the picture answers; it is judged as soon as there is a truth."""
    key = f"{slug}_{exercise.id}"
    with st.container(border=True, key=f"bet_{key}"):
        _show_question(exercise)
        put_back(exercise, key, recall(slug, exercise.id), 0)
        bet = st.session_state.get(f"{key}_bet")
        answer = ask_for(exercise, key, 0, disabled=bool(bet))
        if not bet:
            with st.container(horizontal=True):
                placed = pressed(_("Place the bet"), key=f"{key}_check")
                _hint_button(exercise, key)
            if placed and _judged(slug, exercise, answer, lambda: "") is not None:
                st.session_state[f"{key}_bet"] = answer
                keep(slug, exercise.id, answer)
                st.rerun()
            keep(slug, exercise.id, answer)
            _show_hints(exercise, key)
            return
        found = truth() if truth else None
        if truth is not None and found is None:
            st.info(_("Your bet is noted. Now run the experiment: it decides."), icon="✍️")
        else:
            _show_outcome(exercise, bet, judge(exercise, bet, found))


def _show_question(exercise: Exercise) -> None:
    opening = _("Your bet") if exercise.kind == "predict" else _("Your turn")
    if exercise.kind == "mistake":
        opening = _("Find the mistake")
    st.markdown(f"**{opening}** — {exercise.question}")


def _hint_button(exercise: Exercise, key: str) -> None:
    if not exercise.hints:
        return

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


def _hints_left(exercise: Exercise, key: str) -> bool:
    return bool(st.session_state.get(f"{key}_hints_shown", 0) < len(exercise.hints))


def _draw_again(key: str) -> None:
    st.session_state[f"{key}_attempt"] = st.session_state.get(f"{key}_attempt", 0) + 1
    _forget_verdict(key)


def _forget_verdict(key: str) -> None:
    st.session_state.pop(f"{key}_checked", None)


def _judged(
    slug: str, exercise: Exercise, answer: Answer, truth: FindTruth | None
) -> Verdict | None:
    """The verdict, which counts as progress; None, and a sentence, if this is no answer."""
    try:
        verdict = judge(exercise, answer, truth() if truth else None)
    except LearnerError as error:
        st.warning(worded(error))
        return None
    record_answered(slug, exercise.id)
    return verdict


def _judged_before(exercise: Exercise, checked: Any, truth: FindTruth | None) -> Verdict | None:
    """The verdict on the answer that was judged last; None where there is none, or no truth any more."""
    if not checked or not fits(exercise, checked):
        return None
    try:
        return judge(exercise, checked, truth() if truth else None)
    except LearnerError:
        return None


def _show_hints(exercise: Exercise, key: str) -> None:
    for hint in exercise.hints[: st.session_state.get(f"{key}_hints_shown", 0)]:
        st.info(hint, icon="💡")


def _show_outcome(exercise: Exercise, bet: Answer, verdict: Verdict) -> None:
    """Of a bet, which cannot be placed again: a wrong one is told what is true, and then what is to be said
    of the bet itself."""
    if verdict.correct:
        _show_verdict(verdict)
        return
    sentences = [
        _("It came out otherwise: **{winner}**.").format(winner=verdict.winner),
        exercise.explanation,
    ]
    if verdict.feedback and verdict.feedback != exercise.explanation:
        chosen = next((option.text for option in exercise.options if option.id == bet), "")
        sentences.append(
            _("Your bet, “{bet}”: {said}").format(
                bet=chosen.translate(_WITHIN_QUOTES), said=verdict.feedback
            )
        )
    st.error(in_a_row(filter(None, sentences)), icon="🔎")


def _show_verdict(verdict: Verdict | None, hints_left: bool = False) -> None:
    if verdict is None:
        return
    if verdict.correct:
        st.success(in_a_row((_("Right."), verdict.feedback)), icon="✅")
    else:
        again = _("Try again, or take a hint.") if hints_left else _("Try again.")
        feedback = verdict.feedback or again
        st.error(in_a_row((_("Not yet."), feedback)), icon="🔎")
