"""One picture of a lesson alone on the screen: for a projector, and quick, as it shares its page with
nothing. The address carries it, so a teacher can send it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from lessons.text import load_lesson
from pages.parts.frame.language import _, language
from pages.parts.frame.state import Choice, State


def alone_state(state: State, parts: Sequence[str]) -> Choice[str]:
    """Which of a lesson's parts is alone on the screen; at first none is."""
    return state.choice("alone", ("", *parts), first="")


def show_alone(alone: Choice[str], show: Callable[[], None]) -> None:
    """The lesson's title as a way back, and the part."""
    title = load_lesson(alone.slug, language()).title
    st.button(
        "← " + _("The whole lesson"),
        key=f"{alone.name}_back",
        on_click=alone.forget,
        type="tertiary",
    )
    st.title(title, anchor=False)
    show()


def with_alone_button(alone: Choice[str], part: str, show: Callable[[], None]) -> None:
    """The part within its lesson, and a button that shows it alone."""
    st.button(
        _("Alone on the screen"),
        icon=":material/fullscreen:",
        key=f"{alone.slug}_{part}_alone",
        on_click=alone.set,
        args=(part,),
        type="tertiary",
        help=_("Without the text around it: for a projector, and quicker with many tokens."),
    )
    show()
