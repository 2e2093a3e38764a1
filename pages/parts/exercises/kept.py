"""What a learner has typed and chosen in an exercise, kept over a reload and while the lesson is left.

The session holds it under the names that the widgets use. The learner's file holds it as JSON, written
whenever something has changed and read once a session: what another tab answers meanwhile stays in the file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import streamlit as st

from lessons.exercises import Exercise, load_exercises
from lessons.judging import Answer
from pages.parts.frame.learner import keep_work, work_on

MOST_TYPED = 40
"""Characters of a number as typed; a longer one is not kept."""
_MOST_ATTEMPTS = 10_000
_MOST_KEPT = 4_000
"""Characters of one exercise in the file; what a crafted page sends beyond is the session's alone."""


@dataclass(frozen=True)
class Work:
    """``attempt``: how often other numbers were asked for. ``answer``: as it stands, half filled or whole.
    ``checked``: the answer that was judged last. ``answered``: whether any ever was. ``bet``: the one
    that was placed."""

    attempt: int = 0
    hints: int = 0
    answer: Any = None
    checked: Any = None
    answered: bool = False
    bet: str = ""


def recall(slug: str, exercise_id: str) -> Work:
    """What was kept of an exercise. At the first call of a session it is put where the widgets look."""
    key = f"{slug}_{exercise_id}"
    known: Work | None = st.session_state.get(f"{key}_work")
    if known is not None:
        return known
    found = _read(_of_lesson(slug).get(exercise_id))
    if found.bet and not _can_be_bet(load_exercises(slug, "en")[exercise_id], found.bet):
        found = replace(found, bet="")
    st.session_state[f"{key}_work"] = found
    for name, value in (
        ("attempt", found.attempt),
        ("hints_shown", found.hints),
        ("checked", found.checked),
        ("answered", found.answered),
        ("bet", found.bet),
    ):
        if value:
            st.session_state.setdefault(f"{key}_{name}", value)
    return found


def put_back(exercise: Exercise, name: str, work: Work, attempt: int) -> None:
    """Tell the widgets under ``name`` what was kept, if Streamlit has forgotten it: after a reload, or
    while the lesson was left. What cannot be an answer to this exercise is no answer."""
    kept = work.bet or work.answer
    if kept is None or work.attempt != attempt:
        return
    where = {"order": f"{name}_order", "matrix": f"{name}_cells"}.get(
        exercise.kind, f"{name}_answer"
    )
    if where not in st.session_state and fits(exercise, kept):
        st.session_state[where] = _as_held(kept)


def fits(exercise: Exercise, answer: Any) -> bool:
    """Whether something that was kept can be an answer to the exercise, half filled or whole."""
    match exercise.kind:
        case "choice" | "predict" | "mistake":
            return answer in [option.id for option in exercise.options]
        case "number":
            return isinstance(answer, str) and len(answer) <= MOST_TYPED
        case "order":
            ids = [item.id for item in exercise.items]
            return _are_texts(answer) and sorted(answer) == sorted(ids)
        case "matrix":
            return (
                isinstance(answer, (list, tuple))
                and len(answer) == len(exercise.rows)
                and all(_are_texts(row) and len(row) == len(exercise.columns) for row in answer)
            )


def keep(slug: str, exercise_id: str, answer: Answer) -> None:
    """Keep the exercise as it stands now; the file is written if that is news."""
    key = f"{slug}_{exercise_id}"
    held = st.session_state.get
    work = Work(
        attempt=held(f"{key}_attempt", 0),
        hints=held(f"{key}_hints_shown", 0),
        answer=frozen(answer) or None,
        checked=held(f"{key}_checked"),
        answered=bool(held(f"{key}_answered")),
        bet=held(f"{key}_bet", ""),
    )
    if work != st.session_state.get(f"{key}_work"):
        st.session_state[f"{key}_work"] = work
        if len(repr(work)) <= _MOST_KEPT:
            keep_work(slug, exercise_id, asdict(work))


def frozen(answer: Any) -> Any:
    """The same answer as tuples, so that it stays as it is."""
    return tuple(map(frozen, answer)) if isinstance(answer, (list, tuple)) else answer


def _can_be_bet(exercise: Exercise, bet: str) -> bool:
    return exercise.kind == "predict" and fits(exercise, bet)


def _of_lesson(slug: str) -> dict[str, Any]:
    """The file's word on a lesson, read once a session."""
    name = f"{slug}_kept_work"
    if name not in st.session_state:
        st.session_state[name] = work_on(slug)
    found: dict[str, Any] = st.session_state[name]
    return found


def _read(stored: Any) -> Work:
    """From JSON; what is not as it was written counts as not there."""
    if not isinstance(stored, dict):
        return Work()
    return Work(
        attempt=_count(stored.get("attempt")),
        hints=_count(stored.get("hints")),
        answer=frozen(stored.get("answer")),
        checked=frozen(stored.get("checked")),
        answered=stored.get("answered") is True,
        bet=stored["bet"] if isinstance(stored.get("bet"), str) else "",
    )


def _count(stored: Any) -> int:
    return (
        stored
        if isinstance(stored, int)
        and not isinstance(stored, bool)
        and 0 <= stored <= _MOST_ATTEMPTS
        else 0
    )


def _are_texts(parts: Any) -> bool:
    return (
        isinstance(parts, Sequence)
        and not isinstance(parts, str)
        and all(isinstance(part, str) for part in parts)
    )


def _as_held(kept: Any) -> Any:
    """As the widgets' code holds it: lists that it may change."""
    return [_as_held(part) for part in kept] if isinstance(kept, tuple) else kept
