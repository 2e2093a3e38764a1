"""The glossary: all words of the course, and the letters of its shapes."""

from __future__ import annotations

import streamlit as st

from lessons.catalogue import parts
from lessons.explained import GLOSSARY
from lessons.terms import Term, explained_terms
from lessons.text import Prose, load_lesson
from pages.glossary.state import SEARCH
from pages.parts.frame.language import _, language, translated
from pages.parts.frame.state import asked
from pages.parts.widgets.landing import land_here
from pages.parts.widgets.shapes import letter_table, score_shapes
from pages.parts.widgets.word_list import word_list


def show_words() -> None:
    """The list; what is searched in it is in the address, and so is the word that a link asks for."""
    word_list(
        grouped(),
        key="glossary_words",
        search=SEARCH.value,
        term=asked("term") or "",
        on_search=SEARCH.set,
    )


def grouped() -> dict[str, list[Term]]:
    """The terms under the parts of the course that teach them, in order; last those that none teaches."""
    found = {
        f"{part.number} · {translated(part.title)}": [
            term for lesson in lessons for term in explained_terms() if term.lesson == lesson.slug
        ]
        for part, lessons in parts()
    }
    found[_("Used along the way")] = [term for term in explained_terms() if not term.lesson]
    return {title: terms for title, terms in found.items() if terms}


_FILLERS = {"words": show_words, "shapes": score_shapes, "letters": letter_table}

text = load_lesson(GLOSSARY, language())
st.title(text.title, anchor=False)
for section in text.sections:
    if section.heading:
        land_here(section.name)
        st.header(section.heading, anchor=False)
    for block in section.blocks:
        if isinstance(block, Prose):
            st.markdown(block.markdown)
        else:
            _FILLERS[block.name]()
