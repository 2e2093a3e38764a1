"""Which text is counted, chosen in sight of all, and an example that fits it."""

from __future__ import annotations

import streamlit as st

from core.text.pieces import UNKNOWN_ID
from core.wording import N_
from pages.ngram.counted import Counted
from pages.ngram.state import CONTEXT, CORPUS
from pages.parts.frame.language import _
from pages.parts.frame.state import Text
from pages.parts.training.own_text import own_text, own_text_box
from pages.parts.training.state import CORPUS_NAMES, OFFERED

_COMMON = {
    "tales": N_("English tales"),
    "tales_zh": N_("Chinese tales"),
    "own": N_("Your own text"),
}
"""The texts that are always in sight: the tales in both languages, and the learner's own."""

_EXAMPLES = {
    "tales": CONTEXT.first,
    "tales_zh": "这艘小船很",
    "errands": "Ben needs paper. He",
    "errands_zh": "小明要买瓜。他看见",
    "market": "Leo needs soap, sees",
    "market_zh": "小明要买茶，看见",
    "asides": "The dogs near the",
    "asides_zh": "小狗在小猫",
    "reviews": "The soup was",
    "reviews_zh": "服务员非常",
    "picture_book": "The dogs are",
    "python": "The value of the",
    "names": "Mar",
    "names_zh": "刘金",
}
_BEGINNING = 4
"""Tokens of a learner's text that are its example."""


def draw_text_choice() -> None:
    """The texts in sight, in a popover the rarer ones, and the box for a text of one's own."""
    chosen = CORPUS.value
    shown = [*_COMMON, *([] if chosen in _COMMON else [chosen])]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        CORPUS.among(shown).draw(
            st.pills, _("Text"), words=lambda name: _(_COMMON.get(name, CORPUS_NAMES[name]))
        )
        with st.popover(_("Other texts")):
            for name in OFFERED:
                if name not in _COMMON:
                    st.button(
                        _(CORPUS_NAMES[name]),
                        key=f"ngram_corpus_{name}",
                        on_click=CORPUS.set,
                        args=(name,),
                    )
    if chosen == "own":
        with st.expander(_("Your own text"), expanded=own_text() is None):
            own_text_box("ngram")


def context_in(counted: Counted) -> Text:
    """The text so far; while nobody has typed, an example from the text that was counted."""
    return CONTEXT.beginning(example_of(counted))


def example_of(counted: Counted) -> str:
    """Some words that the counted text goes on from; of one's own, the first four known ones in a row."""
    known = _EXAMPLES.get(counted.spec.corpus.name)
    if known is not None:
        return known
    fits = (
        counted.training != UNKNOWN_ID if not counted.tokenizer.lossless else counted.training >= 0
    )
    places = range(len(fits) - _BEGINNING)
    start = next((at for at in places if fits[at : at + _BEGINNING].all()), 0)
    return counted.text[counted.starts[start] : counted.starts[start + _BEGINNING]].strip()
