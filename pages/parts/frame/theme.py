"""Which theme the learner sees, for pictures that must match it."""

from __future__ import annotations

import streamlit as st

from core.figures.theme import Theme


def theme() -> Theme:
    """The learner's theme. Wrong at most for a session's first run: a plot notices and asks again."""
    return "dark" if st.context.theme.type == "dark" else "light"
