"""The frame around every page: navigation from the course catalogue, language, what all pages share."""

from __future__ import annotations

import streamlit as st

from lessons.catalogue import parts
from pages.parts.frame import show_frame
from pages.parts.language import _, language_switch, settle_language

st.set_page_config(page_title="Clearhead", page_icon="🔍", layout="wide")
settle_language()

course = {
    f"{part.number} · {_(part.title)}": [
        st.Page(
            f"{lesson.slug}.py",
            title=_(lesson.title),
            icon=lesson.icon,
            url_path=lesson.slug,
        )
        for lesson in lessons
    ]
    for part, lessons in parts()
}
home = st.Page("home.py", title=_("Three machines, one sentence"), icon="🏠", default=True)
page = st.navigation({"": [home], **course})
with st.sidebar:
    language_switch()
show_frame()
page.run()
