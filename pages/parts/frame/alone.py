"""One picture of a lesson alone on the screen: for a projector, and quick, as it shares its page with
nothing. The address carries it, so a teacher can send it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from lessons.text import load_lesson
from pages.parts.frame.language import _, language


def asked_alone(slug: str, part: str) -> bool:
    """Whether the address asks for this part of the lesson alone."""
    return st.query_params.get(f"{slug}_alone") == part


def show_alone(slug: str, show: Callable[[], None]) -> None:
    """The lesson's title as a way back, and the part."""
    title = load_lesson(slug, language()).title

    def back() -> None:
        del st.query_params[f"{slug}_alone"]

    st.button(
        "← " + _("The whole lesson"), key=f"{slug}_alone_back", on_click=back, type="tertiary"
    )
    st.title(title, anchor=False)
    show()


def with_alone_button(slug: str, part: str, show: Callable[[], None]) -> None:
    """The part within its lesson, and a button that shows it alone."""

    def alone() -> None:
        st.query_params[f"{slug}_alone"] = part

    st.button(
        _("Alone on the screen"),
        icon=":material/fullscreen:",
        key=f"{slug}_{part}_alone",
        on_click=alone,
        type="tertiary",
        help=_("Without the text around it: for a projector, and quicker with many tokens."),
    )
    show()
