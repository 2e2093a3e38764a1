"""Buttons that are heard whatever happens to the run that hears them first."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st


def pressed(label: str, *, key: str, **options: Any) -> bool:
    """Draw a button; whether it was pressed since it was drawn last.

    Streamlit's own answer is true in one run alone, and gone if that comes to ``st.rerun()`` before the
    button, as when a section is drawn anew for another reason in the same moment.
    """
    st.button(label, key=key, on_click=partial(_note, _named(key)), **options)
    return bool(st.session_state.pop(_named(key), False))


def _named(key: str) -> str:
    return f"{key}_pressed"


def _note(name: str) -> None:
    st.session_state[name] = True
