"""The choices of the N-gram lesson: text, order, smoothing and its constants."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from core.errors import LearnerError
from core.spec.run import RunSpec, read_spec
from core.spec.text import TokenizerSpec
from core.text.own import digest
from core.wording import N_
from pages.ngram.counted import ORDERS
from pages.parts.frame.current import current
from pages.parts.frame.language import _
from pages.parts.frame.services import shipped
from pages.parts.frame.state import linked_choice
from pages.parts.training.knobs import CORPUS_NAMES, own_text_box, read_own_text

SMOOTHINGS = {
    "kneser_ney": N_("Kneser–Ney"),
    "add_k": N_("add-k"),
    "stupid_backoff": N_("stupid back-off"),
    "mle": N_("none"),
}
_CHARACTERS = TokenizerSpec(kind="characters")
"""For names: counted as words, hardly any would occur twice."""

_SIZES = {"tales": 2000, "tales_zh": 2000, "python": 200, "names": 2000, "names_zh": 2000}


@dataclass(frozen=True)
class Choices:
    """What the learner has chosen, and the text of their own where that is to be counted."""

    order: int
    smoothing: str
    corpus: str
    k: float
    discount: float
    own_text: str | None

    def spec(self) -> RunSpec:
        """The run that counts so. Raises LearnerError if there is nothing to count yet."""
        base = shipped("ngram")
        if self.corpus == "own" and self.own_text is None:
            raise LearnerError(
                "Open “More knobs” and paste or upload a text of your own to train on."
            )
        value = base.model_dump(mode="json")
        value["corpus"] = (
            {"name": "own", "size": 1, "seed": 0, "digest": digest(self.own_text)}
            if self.own_text is not None
            else {"name": self.corpus, "size": _SIZES.get(self.corpus), "seed": base.corpus.seed}
        )
        if self.corpus in ("names", "names_zh"):
            value["tokenizer"] = _CHARACTERS.model_dump(mode="json")
        value["model"] = {
            "family": "ngram",
            "order": self.order,
            "smoothing": self.smoothing,
            "k": self.k,
            "discount": self.discount,
        }
        return read_spec(value)


FIRST = Choices(3, "kneser_ney", "tales", 0.1, 0.75, None)


def read_choices() -> Choices:
    """What is chosen, whether or not the choices have been drawn yet."""
    corpus = current("ngram_corpus", FIRST.corpus)
    return Choices(
        current("ngram_order", FIRST.order),
        current("ngram_smoothing", FIRST.smoothing),
        corpus,
        current("ngram_k", FIRST.k),
        current("ngram_discount", FIRST.discount),
        read_own_text("ngram") if corpus == "own" else None,
    )


def draw_choices() -> Choices:
    """Draw the choices (order, smoothing, and under "More knobs" text and constants)."""
    left, right = st.columns(2)
    with left:
        order = linked_choice(
            st.segmented_control, _("Order n"), ORDERS, key="ngram_order", first=FIRST.order
        )
    with right:
        smoothing = linked_choice(
            st.pills,
            _("Smoothing"),
            tuple(SMOOTHINGS),
            key="ngram_smoothing",
            first=FIRST.smoothing,
            words=lambda name: _(SMOOTHINGS[name]),
        )
    with st.popover("⚙ " + _("More knobs")):
        corpus = linked_choice(
            st.selectbox,
            _("Text"),
            tuple(CORPUS_NAMES),
            key="ngram_corpus",
            first=FIRST.corpus,
            words=lambda name: _(CORPUS_NAMES[name]),
        )
        own_text = own_text_box("ngram") if corpus == "own" else None
        k = st.slider(_("k of add-k"), 0.01, 2.0, FIRST.k, 0.01, key="ngram_k", bind="query-params")
        discount = st.slider(
            _("Discount of Kneser–Ney"),
            0.05,
            0.95,
            FIRST.discount,
            0.05,
            key="ngram_discount",
            bind="query-params",
        )
    return Choices(order, smoothing, corpus, k, discount, own_text)


def next_order() -> None:
    """Turn the order to the next one, so that there is something new to count."""
    st.session_state["ngram_order"] = current("ngram_order", FIRST.order) % ORDERS[-1] + 1
