"""The course as a map: where to go on, every part with its lessons, and how far the learner is in each."""

from __future__ import annotations

import streamlit as st

from lessons.catalogue import Lesson, lesson, pages_of, parts
from pages.parts.frame.language import _, translated
from pages.parts.frame.learner import Progress, progress
from pages.parts.frame.navigation import course_page

_RINGS = "○◔◑◕●"


def show_course() -> None:
    """Continue first, then every part with its lessons and how far the learner is in each."""
    done = progress()
    if done.last is not None:
        here = lesson(done.last)
        st.page_link(
            course_page(here),
            label=_("Continue: {title}").format(title=translated(here.title)),
            icon="▶️",
        )
    for position, (part, lessons) in enumerate(parts()):
        if position % 2 == 0:
            columns = st.columns(2, gap="large")
        with columns[position % 2]:
            st.markdown(f"**{part.number} · {translated(part.title)}**")
            for entry in lessons:
                _lesson_card(entry, done)
    for page in (*pages_of("reference"), *pages_of("tool")):
        st.page_link(course_page(page), label=translated(page.title), icon=page.icon)
        st.caption(translated(page.promise))


def _lesson_card(entry: Lesson, done: Progress) -> None:
    share = done.share(entry.slug)
    with st.container(border=True):
        st.page_link(course_page(entry), label=f"**{translated(entry.title)}**", icon=entry.icon)
        st.caption(
            _("{ring} {percent} % answered · about {minutes} minutes · {promise}").format(
                ring=_RINGS[round(share * (len(_RINGS) - 1))],
                percent=round(100 * share),
                minutes=entry.minutes,
                promise=translated(entry.promise),
            )
        )
