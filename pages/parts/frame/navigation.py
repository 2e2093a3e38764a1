"""The pages of the course as Streamlit knows them, made from the catalogue in one place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from lessons.catalogue import Lesson
from pages.parts.frame.language import _

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage

_FOLDER = Path(__file__).parents[2]


def home_page() -> StreamlitPage:
    return st.Page(
        _FOLDER / "home" / "page.py",
        title=_("Three machines, one sentence"),
        icon="🏠",
        default=True,
    )


def lesson_page(lesson: Lesson) -> StreamlitPage:
    """The page of a lesson, titled in the learner's language; its address is the lesson's slug."""
    return st.Page(
        _FOLDER / lesson.slug / "page.py",
        title=_(lesson.title),
        icon=lesson.icon,
        url_path=lesson.slug,
    )
