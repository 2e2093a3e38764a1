"""How long a lesson takes: reckoned from its English text, and the same in every language.

A section takes the time to read its words, to understand its displayed formulas, to move each picture, to
think about each exercise, and to wait for what is trained in it.

* 150 words a minute. Adults read easy non-fiction silently at 238 (Brysbaert 2019, *How many words do we
  read per minute?*), and whoever reads to learn takes about two thirds of that (Carver 1990, *Reading rate*:
  300 words to follow, 200 to learn), so 159; many learners here read a second language.
* What an exercise asks, offers and explains is read at the same pace; the minutes of thinking are those of
  ``THINKING``. They, a minute a picture and half a minute for each line of a formula are estimates.
* Training takes as long as ``waits`` in the lesson's ``entry.toml`` says; a test reckons it.

What is shown adds up: a lesson's minutes are the sum of those of its sections, each rounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from lessons.entries import LessonEntry, read_entry
from lessons.exercises import Exercise, Kind, load_exercises
from lessons.text import LESSON_FOLDER, Prose, Section, load_lesson

WORDS_A_MINUTE = 150
PICTURE = 1.0
FORMULA_LINE = 0.5
THINKING: dict[Kind, float] = {
    "choice": 1.0,
    "predict": 0.5,
    "number": 2.0,
    "order": 1.5,
    "matrix": 3.0,
    "mistake": 2.0,
}
"""Minutes by the kind of exercise. A bet is no reckoning: it is to be quick."""

_DISPLAYED = re.compile(r"\$\$(.+?)\$\$", re.DOTALL)
_WITHIN_A_LINE = re.compile(r"\$[^$]+\$")
_WORD = re.compile(r"\w+(?:['’-]\w+)*")


def section_minutes(slug: str, section: Section) -> int:
    """About how many minutes a section of this lesson takes, in whichever language it is: at least 1."""
    return _minutes(slug)[section.name]


def core_minutes(slug: str) -> int:
    """The minutes of the lesson's core path: of what stands before its sections, and of all sections
    that cannot be left out."""
    return sum(minutes for minutes, deeper in _sections(slug) if not deeper)


def deeper_minutes(slug: str) -> int:
    """The minutes of all its sections that go deeper; 0 if it has none."""
    return sum(minutes for minutes, deeper in _sections(slug) if deeper)


def exact_minutes(section: Section, exercises: dict[str, Exercise], waits: dict[str, int]) -> float:
    """The formula, for one section in English; ``waits`` is in seconds, by slot."""
    read = waited = 0.0
    for block in section.blocks:
        if isinstance(block, Prose):
            read += _reading(block.markdown)
        else:
            exercise = exercises.get(block.name)
            read += PICTURE if exercise is None else _solving(exercise)
            waited += waits.get(block.name, 0) / 60
    return read + waited


@cache
def _minutes(slug: str) -> dict[str, int]:
    """By the section's name, "" for what stands before all sections."""
    exercises = dict(load_exercises(slug, "en"))
    waits = read_entry(LessonEntry, LESSON_FOLDER, slug).waits
    return {
        section.name: max(1, round(exact_minutes(section, exercises, waits)))
        for section in load_lesson(slug, "en").sections
    }


def _sections(slug: str) -> Iterator[tuple[int, bool]]:
    for section in load_lesson(slug, "en").sections:
        yield section_minutes(slug, section), section.deeper


def _reading(markdown: str) -> float:
    """A formula within a line counts as a word."""
    displayed: int = sum(1 + found.count(r"\\") for found in _DISPLAYED.findall(markdown))
    prose = _WITHIN_A_LINE.sub("x", _DISPLAYED.sub("", markdown))
    return len(_WORD.findall(prose)) / WORDS_A_MINUTE + FORMULA_LINE * displayed


def _solving(exercise: Exercise) -> float:
    options = [option.text for option in exercise.options]
    items = [item.text for item in exercise.items]
    read = [exercise.question, *options, *items, exercise.explanation]
    return sum(map(_reading, read)) + THINKING[exercise.kind]
