"""The frame around every page: navigation from the course catalogue, language, what all pages share."""

from __future__ import annotations

import streamlit as st

from lessons.catalogue import pages_of, parts
from pages.parts.frame.language import _, language_switch, settle_language, translated
from pages.parts.frame.navigation import HOME, course_page, home_page
from pages.parts.frame.state import arrive, write_address
from pages.parts.frame.style import show_frame

st.set_page_config(page_title="Clearhead", page_icon="🔍", layout="wide")
settle_language()

course = {
    f"{part.number} · {translated(part.title)}": [course_page(lesson) for lesson in lessons]
    for part, lessons in parts()
}
others = {
    heading: [course_page(entry) for entry in entries]
    for heading, entries in (
        (_("Look it up"), pages_of("reference")),
        (_("Tools"), pages_of("tool")),
    )
    if entries
}
page = st.navigation({"": [home_page()], **course, **others})
with st.sidebar:
    language_switch()
show_frame()
slug = page.url_path or HOME
arrive(slug)
page.run()
write_address(slug)
