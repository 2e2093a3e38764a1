"""Asking a trained model from a page: cached, and with a sentence when the answer takes too long."""

from __future__ import annotations

from typing import Any

import streamlit as st

from core.questions import Answer, Asked, AskedOfRun
from pages.parts.frame.services import foreman, library


def ask(question: Asked[Answer]) -> Answer:
    """The warm worker's answer. The same question about the same weights is asked once.

    Raises LearnerError where the question cannot be answered.
    """
    stamp = library().weights_written(question.run) if isinstance(question, AskedOfRun) else 0
    answer: Answer = _remembered(repr(question), stamp, question)
    return answer


@st.cache_data(max_entries=512, show_spinner=False)
def _remembered(spelled: str, stamp: int, _question: Asked[Any]) -> Any:
    """The question is told apart by its spelling; ``stamp`` is when the weights were written, so that
    a run that trains on is asked anew."""
    return foreman().ask(_question)
