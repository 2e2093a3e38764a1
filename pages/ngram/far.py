"""What an N-gram cannot see: a verb that agrees with a noun further back than its memory."""

from __future__ import annotations

import math

import streamlit as st

from core.spec.families.ngram import NGramSpec
from pages.ngram.counted import count
from pages.parts.frame.language import _
from pages.parts.frame.services import shipped

SENTENCE = "The cards close to the tree"
SUBJECT = " cards close to the tree"
NEAR, FAR = 3, 6
"""A short memory, and the first that reaches the subject."""


def show_far() -> None:
    """Both verbs' probabilities on the Tiny tales, where the subject is out of reach and in reach."""
    base = shipped("ngram")
    shares = []
    for order in (NEAR, FAR):
        counted = count(base.model_copy(update={"model": NGramSpec(order=order)}), None)
        encode = counted.tokenizer.encode
        logp = counted.model.next_log_probabilities([encode(SENTENCE)])[0]
        was, were = (math.exp(logp[int(encode(verb)[0])]) for verb in (" was", " were"))
        shares.append({"order": order, "was": was, "were": were})
    times = len(counted.model.occurrences(encode(SUBJECT), len(counted.training)))
    words = _("order {order}: *was* {was:.1%}, *were* {were:.1%}")
    st.markdown(
        _(
            "Counted in the Tiny tales, after *{sentence}*: {near}; {far}. Order {order} reaches "
            "*cards*, but *{subject}* stands in the text {times} times, so it falls back."
        ).format(
            sentence=SENTENCE,
            near=words.format(**shares[0]),
            far=words.format(**shares[1]),
            order=FAR,
            subject=SUBJECT.strip(),
            times=times,
        )
    )
