"""What two models make of one beginning, side by side."""

from __future__ import annotations

import streamlit as st

from core.errors import LearnerError
from core.models.decoding import Sampling
from core.questions import Generate
from core.spec.run import RunSpec
from pages.parts.frame.ask import ask
from pages.parts.frame.language import _, worded
from pages.parts.frame.quoted import show_quoted
from pages.parts.frame.unknown import explain_unknown, name_unknown_to
from pages.tuning.state import TUNED_PROMPT

_SAMPLING = Sampling(temperature=0.8)
_TOKENS = 40


def show_before_and_after(before: RunSpec, after: RunSpec) -> None:
    """One prompt, drawn on by both with the same seed."""
    name_unknown_to(before.id, TUNED_PROMPT.box(_("The beginning that both go on from")))
    prompt = TUNED_PROMPT.value
    try:
        texts = [
            ask(Generate(spec.id, prompt, _TOKENS, _SAMPLING, seed=1)).text
            for spec in (before, after)
        ]
    except LearnerError as error:
        st.warning(worded(error))
        return
    for column, title, text in zip(st.columns(2), (_("Before"), _("After")), texts, strict=True):
        with column:
            st.markdown(f"**{title}**")
            show_quoted(f"{prompt.rstrip()}{text}")
    explain_unknown(texts)
