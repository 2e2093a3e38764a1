"""A lesson on the screen: its prose leads, the page fills the slots that the prose names.

Prose and what belongs into it stand left (5 parts), pictures beside it (7 parts); on a narrow screen
the picture follows its paragraph.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import streamlit as st

from lessons.catalogue import lesson, next_lesson, place_in_part
from lessons.exercises import Truth, load_exercises
from lessons.explained import explained_exercises, explained_lesson, terms_explained
from lessons.pace import section_minutes
from pages.parts.exercises.box import show_exercise
from pages.parts.frame.landing import MAP, link_to
from pages.parts.frame.language import _, language, translated
from pages.parts.frame.learner import progress_is_kept, record_opened
from pages.parts.frame.navigation import course_page, home_page
from pages.parts.lesson.opened import link_to_whole
from pages.parts.lesson.reading import when_read
from pages.parts.lesson.section import Filler, Shown, show_section
from pages.parts.widgets.terms import explain_terms


def inline(show: Callable[[], None]) -> Filler:
    """In the prose."""
    return Filler(show, "inline")


def beside(show: Callable[[], None]) -> Filler:
    """Right of the prose."""
    return Filler(show, "beside")


def below(show: Callable[[], None]) -> Filler:
    """Across the page."""
    return Filler(show, "below")


Truths = Mapping[str, Callable[[], Truth | None]]
"""For exercises whose answer the page computes: exercise id to the function that computes it."""


def show_lesson(slug: str, fillers: Mapping[str, Filler], truths: Truths | None = None) -> None:
    """Draw a whole lesson: top line, title, sections, foot.

    A slot that no filler names is an exercise of that id. ``truths`` computes the answer of those
    exercises that the live pictures decide.
    """
    record_opened(slug)
    explain_terms(terms_explained(slug, language()), slug)
    text = explained_lesson(slug, language())
    st.caption(_top_line(slug))
    st.title(text.title, anchor=False)
    if not progress_is_kept():
        st.info(
            _(
                "The server cannot write to its disk: you can read and try everything, but what you do "
                "here is not kept for your next visit."
            )
        )
    if text.language != language():
        st.info(_("This lesson has not been translated yet: you are reading it in English."))
    filled = {**_exercises(slug, truths or {}), **fillers}
    exercises = explained_exercises(slug, language())
    first = next((section.name for section in text.sections if section.name), "")
    for section in text.sections:
        minutes = section_minutes(slug, section)
        shown = Shown(slug, section, filled, exercises, minutes, when_read(slug, section))
        show_section(shown, first=section.name == first)
    _show_foot(slug)


def fillers_for(slug: str, fillers: Mapping[str, Filler]) -> set[str]:
    """The names of all slots that can be filled in this lesson; tests hold the prose to them."""
    return set(fillers) | set(load_exercises(slug, "en"))


def _exercises(slug: str, truths: Truths) -> dict[str, Filler]:
    return {
        name: inline(partial(show_exercise, slug, exercise, truths.get(exercise.id)))
        for name, exercise in explained_exercises(slug, language()).items()
    }


def _top_line(slug: str) -> str:
    here = lesson(slug)
    place, count = place_in_part(slug)
    said = _("Part {number} · {part} · lesson {place} of {count} · about {minutes} minutes").format(
        number=here.part.number,
        part=translated(here.part.title),
        place=place,
        count=count,
        minutes=here.minutes,
    )
    if not here.deeper_minutes:
        return said
    return said + _(" · {minutes} more for what goes deeper").format(minutes=here.deeper_minutes)


def _show_foot(slug: str) -> None:
    following = next_lesson(slug)
    st.divider()
    if following is not None:
        st.page_link(
            course_page(following),
            label=_("Next lesson: {title}").format(title=translated(following.title)) + " →",
            icon=following.icon,
        )
    st.page_link(
        home_page(), label=_("Back to the course map"), icon="🏠", query_params=link_to(MAP)
    )
    st.page_link(
        course_page(lesson(slug)),
        label=_("The whole lesson on one page, to print or to save"),
        icon="🖨️",
        query_params=link_to_whole(),
    )
