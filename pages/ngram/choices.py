"""The choices of the N-gram lesson: order, smoothing and its constants."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from core.errors import LearnerError
from core.spec.run import RunSpec, read_spec
from core.spec.text import TokenizerSpec
from core.store.own_texts import OwnText
from core.wording import N_
from pages.ngram.state import (
    COMMON,
    CORPUS,
    CUTOFF,
    DISCOUNT,
    ESTIMATED,
    LAMBDA,
    ORDER,
    SMOOTHING,
    SMOOTHINGS,
    TOKENIZER,
    VOCABULARY,
    K,
)
from pages.ngram.texts import draw_text_choice
from pages.parts.frame.language import _
from pages.parts.frame.services import shipped
from pages.parts.frame.state import Choice
from pages.parts.training.own_text import own_text
from pages.parts.training.state import TOKENIZER_NAMES

_NAMES = ("names", "names_zh")
"""Counted as words, hardly any name would occur twice: they begin with characters."""

_RARER = {
    "jelinek_mercer": N_("A fixed part λ from each context, the rest from the shorter one."),
    "witten_bell": N_("The more different tokens followed, the more goes to the unseen."),
    "absolute": N_("The same small number D is taken from each count."),
    "katz": N_("Only small counts are lowered; only what was not seen asks the shorter context."),
}
"""Each way that is not among the common ones, in a line."""

_SIZES = {"python": 200}
"""Where it is not 2000 entries."""


@dataclass(frozen=True)
class Choices:
    """What the learner has chosen, and the text of their own where that is to be counted."""

    order: int
    smoothing: str
    corpus: str
    tokenizer: TokenizerSpec
    k: float
    discount: float | None
    weight: float | None
    cutoff: int
    own: OwnText | None

    def spec(self) -> RunSpec:
        """The run that counts so. Raises LearnerError if there is nothing to count yet."""
        base = shipped("ngram")
        if self.corpus == "own" and self.own is None:
            raise LearnerError(
                "Paste or upload a text of your own at the top of the page: it is counted then."
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
        value["tokenizer"] = self.tokenizer.model_dump(mode="json")
        value["model"] = {
            "family": "ngram",
            "order": self.order,
            "smoothing": self.smoothing,
            "k": self.k,
            "discount": self.discount,
            "interpolation": self.weight,
            "cutoff": self.cutoff,
        }
        return read_spec(value)


def read_choices() -> Choices:
    """What is chosen, whether or not the choices have been drawn yet."""
    corpus = CORPUS.value
    own = own_text() if corpus == "own" else None
    estimated = ESTIMATED.value
    discount, weight = (None if estimated else chosen.value for chosen in (DISCOUNT, LAMBDA))
    tokenizer = TokenizerSpec.model_validate(
        {"kind": tokenizer_of(corpus).value, "vocabulary": VOCABULARY.value}
    )
    return Choices(
        ORDER.value,
        SMOOTHING.value,
        corpus,
        tokenizer,
        K.value,
        discount,
        weight,
        CUTOFF.value,
        own,
    )


def tokenizer_of(corpus: str) -> Choice[str]:
    """What a text is cut into; at first what suits it."""
    return TOKENIZER.among(
        tuple(TOKENIZER_NAMES), first="characters" if corpus in _NAMES else "words"
    )


def draw_choices() -> None:
    """Draw the choices: text, order, smoothing, and in popovers the rarer ways and the constants."""
    draw_text_choice()
    left, right = st.columns(2)
    with left:
        ORDER.draw(st.segmented_control, _("Order n"))
    with right:
        chosen = SMOOTHING.value
        shown = COMMON if chosen in COMMON else (*COMMON, chosen)
        SMOOTHING.among(shown).draw(
            st.pills, _("Smoothing"), words=lambda name: _(SMOOTHINGS[name])
        )
    with st.container(horizontal=True):
        with st.popover(_("More ways of smoothing")):
            _draw_rarer_ways()
        with st.popover("⚙ " + _("More knobs")):
            _draw_knobs()


def _draw_rarer_ways() -> None:
    for name, words in _RARER.items():
        st.button(
            _(SMOOTHINGS[name]),
            key=f"ngram_smoothing_{name}",
            on_click=SMOOTHING.set,
            args=(name,),
        )
        st.caption(_(words))


def _draw_knobs() -> None:
    tokenizer_of(CORPUS.value).draw(
        st.selectbox, _("Kind of tokens"), words=lambda kind: _(TOKENIZER_NAMES[kind])
    )
    VOCABULARY.draw(st.selectbox, _("Vocabulary, at most"), words=lambda most: f"{most:,}")
    K.slider(_("k of add-k"))
    estimated = ESTIMATED.toggle(_("Estimate D and λ from the counts"))
    DISCOUNT.slider(_("Discount D of Kneser–Ney and absolute discounting"), disabled=estimated)
    LAMBDA.slider(_("Part λ of Jelinek–Mercer"), disabled=estimated)
    CUTOFF.slider(_("Katz lowers counts up to"))
