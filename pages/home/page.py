"""Home: three trained models answer one prompt; under them the course as a map."""

from __future__ import annotations

from functools import partial

import streamlit as st

from lessons.explained import explained_lesson, terms_explained
from lessons.text import Prose
from pages.home.course import show_course
from pages.home.machines import show_machines
from pages.parts.frame.landing import MAP
from pages.parts.frame.language import language
from pages.parts.widgets.landing import land_here
from pages.parts.widgets.terms import explain_terms

_FILLERS = {"machines": show_machines, "course": show_course}

explain_terms(terms_explained("home", language()), "home")
text = explained_lesson("home", language())
st.title(text.title, anchor=False)
for section in text.sections:
    if any(not isinstance(block, Prose) and block.name == "course" for block in section.blocks):
        land_here(MAP)
    if section.heading:
        st.header(section.heading, anchor=False)
    for block in section.blocks:
        show = (
            partial(st.markdown, block.markdown)
            if isinstance(block, Prose)
            else _FILLERS[block.name]
        )
        show()
