"""How far the learner is in a lesson: which of its sections are done."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from lessons.catalogue import lessons
from lessons.exercises import load_exercises
from lessons.pace import section_minutes
from lessons.text import LessonText, Section, load_lesson
from pages.parts.exercises.plain_text import spoken
from pages.parts.frame.language import language
from pages.parts.frame.learner import Progress, progress, record_read
from pages.parts.frame.state import redraw_page
from pages.parts.widgets.course_list import SectionLink


def done_sections(slug: str, text: LessonText, known: Progress) -> set[str]:
    """The names of the sections that are done: all exercises answered, or, where there are none, read."""
    return {section.name for section in text.sections if _is_done(slug, section, known)}


def section_links(slug: str) -> tuple[SectionLink, ...]:
    """The lesson's sections for the list at the side; nothing for a page that is no lesson."""
    if all(lesson.slug != slug for lesson in lessons()):
        return ()
    text = load_lesson(slug, language())
    done = done_sections(slug, text, progress())
    return tuple(
        SectionLink(
            section.name,
            spoken(str(section.heading)),
            section.name in done,
            section.deeper,
            section_minutes(slug, section),
        )
        for section in text.sections
        if section.name
    )


def when_read(slug: str, section: Section) -> Callable[[], None] | None:
    """What to do when the end of a section has been read that asks nothing; None where it is known."""
    if not section.name or _asked(slug, section) or section.name in progress().read_in(slug):
        return None
    return partial(_note_read, slug, section.name)


def _note_read(slug: str, name: str) -> None:
    record_read(slug, name)
    redraw_page()


def _is_done(slug: str, section: Section, known: Progress) -> bool:
    asked = _asked(slug, section)
    if asked:
        return asked <= set(known.answered.get(slug, ()))
    return section.name in known.read_in(slug)


def _asked(slug: str, section: Section) -> set[str]:
    return set(load_exercises(slug, "en")) & {name for name in section.slots}
