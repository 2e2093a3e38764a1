"""Which sections of the lesson are drawn: a page draws what comes near, so that opening it costs little."""

from __future__ import annotations

from dataclasses import dataclass, field

import streamlit as st

from pages.parts.frame.landing import landing_place
from pages.parts.frame.state import asked, visit

WHOLE = "whole"
"""The name under which an address asks for all sections at once: to print, to save, to search."""
WHOLE_SESSION = "lesson_whole"
"""Under this name a session asks for the same."""
_OPENED = "lesson_opened"


@dataclass
class Opened:
    """Of one visit to a lesson: the sections that are drawn, and those that were unfolded or folded up."""

    slug: str
    visit: int
    landing: str | None = None
    """The section that the visit began at: what the address says later is only where the reader is."""
    landed: bool = False
    drawn: set[str] = field(default_factory=set)
    unfolded: set[str] = field(default_factory=set)
    folded: set[str] = field(default_factory=set)
    whole: bool = False
    asked_whole: bool = False
    """Whether the address has asked for the whole lesson, which it goes on saying."""

    def unfold(self, name: str) -> None:
        self.unfolded.add(name)
        self.folded.discard(name)

    def fold(self, name: str) -> None:
        self.unfolded.discard(name)
        self.folded.add(name)

    def draw_whole(self) -> None:
        self.whole = True
        self.folded.clear()


def opened(slug: str) -> Opened:
    """What is open in this lesson; nothing yet for who comes to it from another page."""
    known = st.session_state.get(_OPENED)
    if not isinstance(known, Opened) or (known.slug, known.visit) != (slug, visit()):
        known = st.session_state[_OPENED] = Opened(slug, visit(), landing_place())
        known.whole = bool(st.session_state.get(WHOLE_SESSION))
    asked_whole = asked(WHOLE) not in (None, "", "0")
    if asked_whole and not known.asked_whole:
        known.draw_whole()
    known.asked_whole = asked_whole
    return known


def link_to_whole() -> dict[str, str]:
    """What an address says that asks for the whole lesson."""
    return {WHOLE: "1"}
