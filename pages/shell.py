"""The frame around every page: navigation from the course catalogue, language, what all pages share."""

from __future__ import annotations

import streamlit as st

from pages.parts.frame.face import MARK, with_name
from pages.parts.frame.language import language_switch, settle_language
from pages.parts.frame.navigation import HOME, all_pages
from pages.parts.frame.state import arrive, leave
from pages.parts.frame.style import show_frame
from pages.parts.lesson.reading import section_links
from pages.parts.widgets.course_list import show_course_list

settle_language()
page = st.navigation(all_pages(), expanded=True)
slug = page.url_path or HOME
st.set_page_config(page_title=with_name(page.title), layout="wide")
st.logo(MARK, size="large")
with st.sidebar:
    language_switch()
    show_course_list(slug, section_links(slug))
show_frame()
arrive(slug)
page.run()
leave(slug)
