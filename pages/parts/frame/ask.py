"""Asking a trained model from a page: cached, and with a sentence when the answer takes too long."""

from __future__ import annotations

from typing import Any

import streamlit as st

from core.questions import Answer, Asked, AskedOfRun
from pages.parts.frame.language import _
from pages.parts.frame.services import foreman, library


def ask(question: Asked[Answer]) -> Answer:
    """The warm worker's answer. The same question about the same weights is asked once. If what answers
    had to be restarted for it, the page says so.

    Raises LearnerError where the question cannot be answered.
    """
    stamp = library().weights_written(question.run) if isinstance(question, AskedOfRun) else 0
    restarts: list[str] = []
    answer: Answer = _remembered(repr(question), stamp, question, restarts)
    if restarts:
        st.toast(_("The program that answers questions ended unexpectedly and was restarted."))
    return answer


@st.cache_data(max_entries=512, show_spinner=False)
def _remembered(spelled: str, stamp: int, _question: Asked[Any], _restarts: list[str]) -> Any:
    """The question is told apart by its spelling; ``stamp`` is when the weights were written, so that
    a run that trains on is asked anew. ``_restarts`` grows if the question had to be asked again: what
    is drawn in here would be drawn again with each remembered answer."""
    return foreman().ask(_question, on_restart=lambda: _restarts.append(spelled))
