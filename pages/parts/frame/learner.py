"""Who is learning: an anonymous name from a cookie, and what this learner has done so far."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st

from lessons.catalogue import lessons
from lessons.exercises import load_exercises
from pages.parts.frame import services
from pages.parts.frame.learner_file import Stored, change, read
from pages.parts.frame.script_run import held

COOKIE = "clearhead_learner"
_NAME = re.compile(r"^[0-9a-f]{32}$")
_LEARNER = "learner"
_UNKEPT = "progress_unkept"
_DONE = ("answered", "bet")
"""What cannot be taken back of the work on an exercise."""


@dataclass
class Progress:
    """The lesson last opened, and what was answered and read in each lesson."""

    last: str | None = None
    answered: dict[str, list[str]] = field(default_factory=dict)
    read: dict[str, list[str]] = field(default_factory=dict)
    """The sections read to their end, of those that ask nothing."""

    def share(self, slug: str) -> float:
        """How much of a lesson's exercises has been answered, 0 to 1."""
        known = load_exercises(slug, "en")
        done = set(self.answered.get(slug, ())) & set(known)
        return len(done) / len(known) if known else 0.0

    def read_in(self, slug: str) -> set[str]:
        """The sections of a lesson that have been read to their end."""
        return set(self.read.get(slug, ()))


def learner() -> str:
    """This browser's anonymous name, told when it connected; a fresh one for the session where cookies are
    refused."""
    return held(_LEARNER, _named)


def _named() -> str:
    value = str(st.context.cookies.get(COOKIE, "")) if hasattr(st.context, "cookies") else ""
    return value if _NAME.match(value) else os.urandom(16).hex()


def progress() -> Progress:
    """What this learner has done; empty for a newcomer or if the file cannot be read."""
    stored = read(_path())
    # The course may have lost, or renamed, the lesson since.
    last = next((entry.slug for entry in lessons() if entry.slug == stored.get("last")), None)
    return Progress(last, _names(stored, "answered"), _names(stored, "read"))


def record_opened(slug: str) -> None:
    """Remember the lesson that was opened last."""
    if progress().last != slug:
        _change(lambda stored: stored.update(last=slug))


def record_answered(slug: str, exercise: str) -> None:
    """Remember that an exercise was answered."""
    if exercise not in progress().answered.get(slug, ()):
        _change(partial(_add, "answered", slug, exercise))


def record_read(slug: str, section: str) -> None:
    """Remember that a section was read to its end."""
    if section not in progress().read_in(slug):
        _change(partial(_add, "read", slug, section))


def work_on(slug: str) -> dict[str, Any]:
    """What this learner has typed and chosen in a lesson's exercises, by exercise, as it was kept."""
    return _by_name(_by_name(read(_path()).get("work")).get(slug))


def keep_work(slug: str, exercise: str, work: Mapping[str, Any]) -> None:
    """Keep what was typed and chosen in one exercise; another tab may be at work on others. What this one
    knows nothing of, since it was opened before, stays as it is: a bet that was placed, an answer given."""

    def put(stored: Stored) -> None:
        by_lesson = _by_name(stored.get("work"))
        others = _by_name(by_lesson.get(slug))
        before = _by_name(others.get(exercise))
        done = {name: before[name] for name in _DONE if before.get(name) and not work.get(name)}
        by_lesson[slug] = {**others, exercise: {**work, **done}}
        stored["work"] = by_lesson

    _change(put)


def progress_is_kept() -> bool:
    """Whether the disk took what was last to be kept; if it did not, the page should say so."""
    return not st.session_state.get(_UNKEPT)


def _change(edit: Callable[[Stored], None]) -> None:
    st.session_state[_UNKEPT] = not change(_path(), edit)


def _path() -> Path:
    name = hashlib.sha256(learner().encode()).hexdigest()[:32]
    return services.RUNS_FOLDER / "learners" / f"{name}.json"


def _by_name(stored: Any) -> dict[str, Any]:
    """What the file has in a place where it should have things by name; nothing if it has something else."""
    return stored if isinstance(stored, dict) else {}


def _add(what: str, slug: str, name: str, stored: Stored) -> None:
    by_lesson = _names(stored, what)
    done = by_lesson.setdefault(slug, [])
    if name not in done:
        done.append(name)
    stored[what] = by_lesson


def _names(stored: Stored, what: str) -> dict[str, list[str]]:
    """What was answered, or read, by lesson, without what is no list of names."""
    by_lesson = stored.get(what)
    if not isinstance(by_lesson, dict):
        return {}
    return {
        slug: [name for name in done if isinstance(name, str)]
        for slug, done in by_lesson.items()
        if isinstance(done, list)
    }
