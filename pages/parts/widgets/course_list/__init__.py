"""The course at the side: every page, how far the learner is in it, and the sections of the open lesson.

One element, whatever the course holds. Its links are addresses, so that they open in another tab; a plain
click presses Streamlit's own link of the same page, which stands in the side bar without being seen: that
changes the page within the session.
"""

from __future__ import annotations

from pages.parts.widgets.course_list.entries import SectionLink, listed
from pages.parts.widgets.shared.program import Program

__all__ = ["SectionLink", "listed", "show_course_list"]

_COMPONENT = Program.of(
    "course_list", '<nav class="clearhead-course" translate="no"></nav>'
).component("clearhead_course")


def show_course_list(here: str, sections: tuple[SectionLink, ...] = ()) -> None:
    """Draw the list; ``here`` is the page that is open, ``sections`` those of its lesson, in order."""
    _COMPONENT(key="course_list", data=listed(here, sections))
