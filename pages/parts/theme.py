"""Which theme the learner sees, for pictures that must match it."""

from __future__ import annotations

from typing import Literal

import streamlit as st


def theme() -> Literal["light", "dark"]:
    """``light`` or ``dark``; light until the browser has said."""
    return "dark" if st.context.theme.type == "dark" else "light"
