"""The frame around every page: navigation from the course catalogue, language, what all pages share."""

from __future__ import annotations

import streamlit as st

from lessons.catalogue import parts
from pages.parts.frame.language import _, language_switch, settle_language
from pages.parts.frame.navigation import home_page, lesson_page
from pages.parts.frame.style import show_frame

st.set_page_config(page_title="Clearhead", page_icon="🔍", layout="wide")
settle_language()

course = {
    f"{part.number} · {_(part.title)}": [lesson_page(lesson) for lesson in lessons]
    for part, lessons in parts()
}
page = st.navigation({"": [home_page()], **course})
with st.sidebar:
    language_switch()
show_frame()
page.run()
