"""The pages of the course as Streamlit knows them, made from the catalogue in one place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from lessons.catalogue import Page
from pages.parts.frame.language import _, translated

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage

HOME = "home"
"""What the first page is called where a lesson has its slug."""

_FOLDER = Path(__file__).parents[2]


def home_page() -> StreamlitPage:
    return st.Page(
        _FOLDER / HOME / "page.py",
        title=_("Three machines, one sentence"),
        icon="🏠",
        default=True,
    )


def course_page(page: Page) -> StreamlitPage:
    """A page of the course, titled in the learner's language; its address is its slug."""
    return st.Page(
        _FOLDER / page.slug / "page.py",
        title=translated(page.title),
        icon=page.icon,
        url_path=page.slug,
    )
