"""The pages of the course as Streamlit knows them, made from the catalogue in one place."""

from __future__ import annotations

from copy import copy
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from lessons.catalogue import Page, pages
from lessons.text import load_lesson
from pages.parts.frame.language import language, translated

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage

HOME = "home"
"""What the first page is called where a lesson has its slug."""

_FOLDER = Path(__file__).parents[2]


def all_pages() -> list[StreamlitPage]:
    """Every page, home first. In no groups: who folds one up in Streamlit's own list takes its links away."""
    return [home_page(), *map(course_page, pages())]


def home_title() -> str:
    """What home is called in the learner's language."""
    return load_lesson(HOME, language()).title


def home_page() -> StreamlitPage:
    return copy(_made(HOME, home_title(), "🏠"))


def course_page(page: Page) -> StreamlitPage:
    """A page of the course, titled in the learner's language; its address is its slug."""
    return copy(_made(page.slug, translated(page.title), page.icon))


@cache
def _made(slug: str, title: str, icon: str) -> StreamlitPage:
    """Made once, since Streamlit looks its file up on the disk. Each run has a copy, which it marks."""
    return st.Page(
        _FOLDER / slug / "page.py",
        title=title,
        icon=icon,
        url_path=None if slug == HOME else slug,
        default=slug == HOME,
    )
