"""A lesson on the screen: its prose leads, the page fills the slots that the prose names.

Prose and what belongs into it stand left (5 parts), pictures beside it (7 parts); on a narrow screen
the picture follows its paragraph.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Literal

import streamlit as st

from core.errors import LearnerError
from lessons.catalogue import lesson, next_lesson, place_in_part
from lessons.exercises import Truth, load_exercises
from lessons.text import Block, Prose, Section, load_lesson
from pages.parts.exercises.box import show_exercise
from pages.parts.frame.landing import MAP, link_to
from pages.parts.frame.language import _, language, translated, worded
from pages.parts.frame.learner import progress_is_kept, record_opened
from pages.parts.frame.navigation import course_page, home_page

_LINE_WIDTH = 640
"""Pixels: about 70 characters, as wide as prose should be. A narrow screen has less."""


@dataclass(frozen=True)
class Filler:
    """What a page puts into a slot, and where it stands: in the prose, beside it, or across the page."""

    show: Callable[[], None]
    place: Literal["inline", "beside", "below"]


def inline(show: Callable[[], None]) -> Filler:
    return Filler(show, "inline")


def beside(show: Callable[[], None]) -> Filler:
    return Filler(show, "beside")


def below(show: Callable[[], None]) -> Filler:
    return Filler(show, "below")


Truths = Mapping[str, Callable[[], Truth | None]]
"""For exercises whose answer the page computes: exercise id to the function that computes it."""


def show_lesson(slug: str, fillers: Mapping[str, Filler], truths: Truths | None = None) -> None:
    """Draw a whole lesson: top line, title, sections, foot.

    A slot that no filler names is an exercise of that id. ``truths`` computes the answer of those
    exercises that the live pictures decide.
    """
    record_opened(slug)
    text = load_lesson(slug, language())
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
    for section in text.sections:
        _show_section(section, filled)
    _show_foot(slug)


def fillers_for(slug: str, fillers: Mapping[str, Filler]) -> set[str]:
    """The names of all slots that can be filled in this lesson; tests hold the prose to them."""
    return set(fillers) | set(load_exercises(slug, "en"))


def _exercises(slug: str, truths: Truths) -> dict[str, Filler]:
    return {
        name: inline(partial(show_exercise, slug, exercise, truths.get(exercise.id)))
        for name, exercise in load_exercises(slug, language()).items()
    }


def _show_section(section: Section, filled: Mapping[str, Filler]) -> None:
    if section.heading:
        st.header(section.heading, anchor=False)
    group: list[Block] = []
    for block in section.blocks:
        if not isinstance(block, Prose) and filled[block.name].place == "below":
            _show_group(group, filled)
            group = []
            _show(filled[block.name])
        else:
            group.append(block)
    _show_group(group, filled)


def _show_group(blocks: list[Block], filled: Mapping[str, Filler]) -> None:
    if not blocks:
        return
    pictures = [b for b in blocks if not isinstance(b, Prose) and filled[b.name].place == "beside"]
    if pictures:
        left, right = st.columns([5, 7], gap="large")
    else:
        left, right = st.container(width=_LINE_WIDTH), None
    with left:
        for block in blocks:
            if isinstance(block, Prose):
                st.markdown(block.markdown)
            elif filled[block.name].place == "inline":
                _show(filled[block.name])
    if right is not None:
        with right:
            for block in pictures:
                _show(filled[block.name])


def _show(filler: Filler) -> None:
    """What cannot be shown, as with a file that is damaged, is a sentence in its place; the rest stands."""
    try:
        filler.show()
    except LearnerError as error:
        st.warning(worded(error))


def _top_line(slug: str) -> str:
    here = lesson(slug)
    place, count = place_in_part(slug)
    return _("Part {number} · {part} · lesson {place} of {count} · about {minutes} minutes").format(
        number=here.part.number,
        part=translated(here.part.title),
        place=place,
        count=count,
        minutes=here.minutes,
    )


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
