"""The choices of the N-gram lesson: text, order, smoothing and its constants."""

from __future__ import annotations

import streamlit as st

from core.errors import LearnerError
from core.spec.families.ngram import NGramSpec
from core.spec.text import CorpusSpec, TokenizerSpec
from core.text.own import digest
from core.wording import N_
from pages.ngram.counted import ORDERS, Counted, count
from pages.parts.frame.language import _
from pages.parts.frame.services import shipped
from pages.parts.frame.state import linked_choice
from pages.parts.training.knobs import CORPUS_NAMES, own_text_box

SMOOTHINGS = {
    "kneser_ney": N_("Kneser–Ney"),
    "add_k": N_("add-k"),
    "stupid_backoff": N_("stupid back-off"),
    "mle": N_("none"),
}
_CHARACTERS = TokenizerSpec(kind="characters")
"""For names: counted as words, hardly any would occur twice."""

_SIZES = {"tales": 2000, "tales_zh": 2000, "python": 200, "names": 2000, "names_zh": 2000}


def choose_and_count() -> Counted:
    """Draw the choices (order, smoothing, and under "More knobs" text and constants) and count.

    Raises LearnerError if there is nothing to count yet.
    """
    base = shipped("ngram")
    left, right = st.columns(2)
    with left:
        order = linked_choice(
            st.segmented_control, _("Order n"), ORDERS, key="ngram_order", first=3
        )
    with right:
        smoothing = linked_choice(
            st.pills,
            _("Smoothing"),
            tuple(SMOOTHINGS),
            key="ngram_smoothing",
            first="kneser_ney",
            words=lambda name: _(SMOOTHINGS[name]),
        )
    with st.popover("⚙ " + _("More knobs")):
        corpus = linked_choice(
            st.selectbox,
            _("Text"),
            tuple(CORPUS_NAMES),
            key="ngram_corpus",
            first="tales",
            words=lambda name: _(CORPUS_NAMES[name]),
        )
        own_text = own_text_box("ngram") if corpus == "own" else None
        k = st.slider(_("k of add-k"), 0.01, 2.0, 0.1, 0.01, key="ngram_k", bind="query-params")
        discount = st.slider(
            _("Discount of Kneser–Ney"),
            0.05,
            0.95,
            0.75,
            0.05,
            key="ngram_discount",
            bind="query-params",
        )
    if corpus == "own" and own_text is None:
        raise LearnerError("Open “More knobs” and paste or upload a text of your own to train on.")
    text = (
        CorpusSpec(name="own", size=1, seed=0, digest=digest(own_text))
        if own_text is not None
        else CorpusSpec(name=corpus, size=_SIZES[corpus], seed=base.corpus.seed)
    )
    model = NGramSpec(order=order, smoothing=smoothing, k=k, discount=discount)
    tokenizer = _CHARACTERS if corpus in ("names", "names_zh") else base.tokenizer
    spec = base.model_copy(update={"corpus": text, "tokenizer": tokenizer, "model": model})
    return count(spec, own_text)
