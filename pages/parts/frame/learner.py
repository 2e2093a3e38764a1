"""Who is learning: an anonymous name from a cookie, and what this learner has done so far."""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import streamlit as st

from lessons.exercises import load_exercises
from pages.parts.frame import services

COOKIE = "clearhead_learner"
_NAME = re.compile(r"^[0-9a-f]{32}$")


@dataclass
class Progress:
    """The lesson last opened, and the exercises answered in each lesson."""

    last: str | None = None
    answered: dict[str, list[str]] = field(default_factory=dict)

    def share(self, slug: str) -> float:
        """How much of a lesson's exercises has been answered, 0 to 1."""
        known = load_exercises(slug, "en")
        done = set(self.answered.get(slug, ())) & set(known)
        return len(done) / len(known) if known else 0.0


def learner() -> str:
    """This browser's anonymous name; a fresh one for the session where cookies are refused."""
    value = str(st.context.cookies.get(COOKIE, "")) if hasattr(st.context, "cookies") else ""
    if _NAME.match(value):
        return value
    if "learner" not in st.session_state:
        st.session_state["learner"] = os.urandom(16).hex()
    return str(st.session_state["learner"])


def progress() -> Progress:
    """What this learner has done; empty for a newcomer or if the file cannot be read."""
    try:
        stored = json.loads(_path().read_text(encoding="utf-8"))
        return Progress(stored.get("last"), dict(stored.get("answered", {})))
    except (OSError, ValueError, AttributeError):
        return Progress()


def record_opened(slug: str) -> None:
    """Remember the lesson that was opened last."""
    state = progress()
    if state.last != slug:
        state.last = slug
        _save(state)


def record_answered(slug: str, exercise: str) -> None:
    """Remember that an exercise was answered."""
    state = progress()
    done = state.answered.setdefault(slug, [])
    if exercise not in done:
        done.append(exercise)
        _save(state)


def _path() -> Path:
    name = hashlib.sha256(learner().encode()).hexdigest()[:32]
    return services.RUNS_FOLDER / "learners" / f"{name}.json"


def _save(state: Progress) -> None:
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False, encoding="utf-8") as file:
        json.dump({"last": state.last, "answered": state.answered}, file)
    os.replace(file.name, path)
