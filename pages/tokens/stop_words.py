"""A language model without stop words: what it costs, and what it writes."""

from __future__ import annotations

import streamlit as st

from core.figures.theme import number
from core.spec.text import CorpusSpec
from lessons.tokens.counted import Stopped, stopped
from pages.parts.exercises.box import after_bet
from pages.parts.frame.language import _
from pages.parts.frame.quoted import show_quoted
from pages.parts.frame.state import fragment
from pages.parts.training.state import CORPUS_NAMES
from pages.tokens.state import STOPPED

SLUG, BET = "tokens", "bet_stop"


def show_stop_words() -> None:
    after_bet(SLUG, BET, _stop_words)()


@fragment
def _stop_words() -> None:
    name = STOPPED.draw(
        st.segmented_control, _("Stories"), words=lambda name: _(CORPUS_NAMES[name])
    )
    with st.spinner(_("Counting two models …")):
        found = _stopped(name)
    left, right = st.columns(2, gap="medium")
    with left:
        st.caption(_("Written by a model that has counted everything"))
        show_quoted(found.writes)
    with right:
        st.caption(_("Written by one without stop words"))
        show_quoted(found.writes_without)
    st.markdown(
        _(
            "**{share:.0%}** of all tokens are stop words. A token of new text as people write it "
            "surprises the "
            "model that knows them by {whole} nats on average, the other one by **{without}**."
        ).format(share=found.share, whole=number(found.whole), without=number(found.without))
    )


@st.cache_data(max_entries=4, show_spinner=False)
def _stopped(name: str) -> Stopped:
    return stopped(CorpusSpec.model_validate({"name": name}))
