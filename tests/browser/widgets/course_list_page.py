"""The list of the course at the side, and a lesson of three sections, each higher than the screen."""

from __future__ import annotations

import streamlit as st

from pages.parts.widgets.course_list import SectionLink, show_course_list

NAMES = ("first", "second", "third")

with st.sidebar:
    show_course_list(
        "heads",
        tuple(
            SectionLink(name, f"The {name}", done=name == "first", deeper=name == "third")
            for name in NAMES
        ),
    )
for name in NAMES:
    st.html(
        f'<div id="section-{name}" class="clearhead-section" data-name="{name}" style="height: 1200px">'
        f"<h2>The {name} section</h2></div>"
    )
