"""Which sections of the lesson are drawn: a page draws what comes near, so that opening it costs little."""

from __future__ import annotations

from dataclasses import dataclass, field

import streamlit as st

from pages.parts.frame.landing import landing_place
from pages.parts.frame.state import asked

WHOLE = "whole"
"""The name under which an address asks for all sections at once: to print, to save, to search."""
WHOLE_SESSION = "lesson_whole"
"""Under this name a session asks for the same."""
_OPENED = "lesson_opened"


@dataclass
class Opened:
    """Of one visit to a lesson: the sections that are drawn, and those that were unfolded."""

    slug: str
    drawn: set[str] = field(default_factory=set)
    unfolded: set[str] = field(default_factory=set)
    whole: bool = False
    landing: str | None = None
    """The section that the visit began at: what the address says later is only where the reader is."""
    landed: bool = False


def opened(slug: str) -> Opened:
    """What is open in this lesson; nothing yet for who comes to it from another page."""
    known = st.session_state.get(_OPENED)
    if not isinstance(known, Opened) or known.slug != slug:
        known = st.session_state[_OPENED] = Opened(slug, landing=landing_place())
        known.whole = bool(asked(WHOLE) or st.session_state.get(WHOLE_SESSION))
    return known


def link_to_whole() -> dict[str, str]:
    """What an address says that asks for the whole lesson."""
    return {WHOLE: "1"}
