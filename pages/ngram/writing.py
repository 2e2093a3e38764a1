"""An N-gram writes, and the page says how much of it was copied."""

from __future__ import annotations

import numpy as np
import streamlit as st

from core.models.decoding import Sampling, generate
from pages.ngram.counted import Counted, longest_copy, marked
from pages.ngram.state import WRITING_SEED
from pages.parts.frame.language import _
from pages.parts.frame.quoted import show_quoted
from pages.parts.frame.state import fragment
from pages.parts.frame.unknown import explain_unknown

LENGTH = 60


def show_writing(counted: Counted) -> None:
    """A text drawn at the chosen order, and the longest stretch of it that stands in the corpus."""
    fragment(_writing)(counted)


def _writing(counted: Counted) -> None:
    seed = WRITING_SEED.value
    prompt = counted.training[:0]
    tokens = [
        one.token for one in generate(counted.model, np.asarray(prompt), LENGTH, Sampling(), seed)
    ]
    start, end = longest_copy(counted, tokens)
    decode = counted.tokenizer.decode
    written = f"{decode(tokens[:start])}{marked(decode(tokens[start:end]))}{decode(tokens[end:])}"
    with st.container(border=True, key="ngram_written"):
        show_quoted(written.strip("\n"))
        explain_unknown([written])
        st.button(_("Draw again"), key="ngram_draw_again", on_click=_next_seed)
        st.markdown(
            _(
                "Between ⟦ and ⟧: the longest stretch that stands in the text as it is, **{copied}** of "
                "{count} tokens, at order {order}."
            ).format(copied=end - start, count=LENGTH, order=counted.model.order)
        )


def _next_seed() -> None:
    WRITING_SEED.set(WRITING_SEED.value + 1)
