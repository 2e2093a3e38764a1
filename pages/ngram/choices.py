"""The choices of the N-gram lesson: text, order, smoothing and its constants."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from core.errors import LearnerError
from core.spec.run import RunSpec, read_spec
from core.spec.text import TokenizerSpec
from core.store.own_texts import OwnText
from pages.ngram.state import CORPUS, DISCOUNT, ORDER, SMOOTHING, SMOOTHINGS, K
from pages.parts.frame.language import _
from pages.parts.frame.services import shipped
from pages.parts.training.own_text import own_text, own_text_box
from pages.parts.training.state import CORPUS_NAMES

_CHARACTERS = TokenizerSpec(kind="characters")
"""For names: counted as words, hardly any would occur twice."""

_SIZES = {"python": 200}
"""Where it is not 2000 entries."""


@dataclass(frozen=True)
class Choices:
    """What the learner has chosen, and the text of their own where that is to be counted."""

    order: int
    smoothing: str
    corpus: str
    k: float
    discount: float
    own: OwnText | None

    def spec(self) -> RunSpec:
        """The run that counts so. Raises LearnerError if there is nothing to count yet."""
        base = shipped("ngram")
        if self.corpus == "own" and self.own is None:
            raise LearnerError(
                "Open “More knobs” and paste or upload a text of your own to train on."
            )
        value = base.model_dump(mode="json")
        value["corpus"] = (
            {"name": "own", "size": 1, "seed": 0, "digest": self.own.digest}
            if self.own is not None
            else {
                "name": self.corpus,
                "size": _SIZES.get(self.corpus, 2000),
                "seed": base.corpus.seed,
            }
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


def read_choices() -> Choices:
    """What is chosen, whether or not the choices have been drawn yet."""
    corpus = CORPUS.value
    own = own_text() if corpus == "own" else None
    return Choices(ORDER.value, SMOOTHING.value, corpus, K.value, DISCOUNT.value, own)


def draw_choices() -> None:
    """Draw the choices (order, smoothing, and under "More knobs" text and constants)."""
    left, right = st.columns(2)
    with left:
        ORDER.draw(st.segmented_control, _("Order n"))
    with right:
        SMOOTHING.draw(st.pills, _("Smoothing"), words=lambda name: _(SMOOTHINGS[name]))
    with st.popover("⚙ " + _("More knobs")):
        corpus = CORPUS.draw(st.selectbox, _("Text"), words=lambda name: _(CORPUS_NAMES[name]))
        if corpus == "own":
            own_text_box("ngram")
        K.slider(_("k of add-k"))
        DISCOUNT.slider(_("Discount of Kneser–Ney"))
