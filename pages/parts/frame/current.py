"""What widgets say before they are drawn, so that no part of a page hangs on where another one stands."""

from __future__ import annotations

from typing import TypeVar

import streamlit as st

Value = TypeVar("Value", str, int, float)


def current(key: str, first: Value) -> Value:
    """The value of the widget of this key: the session's, else the address's, else ``first``.

    Of an address that no widget would take this says something all the same; see ``settle``.
    """
    kept: Value | None = st.session_state.get(key)
    if kept is not None:
        return kept
    try:
        return type(first)(st.query_params.get(key, first))
    except ValueError:
        return first


def settle(name: str, read: object, drawn: object) -> None:
    """Run the page again where its widgets, once drawn, say something else than what was read before.

    That is so after a link that asks for what there is not, and after Back and Forward. The second
    time the session has what the widgets say; it is never run a third time for the same.
    """
    key = f"{name}_settled"
    if read == drawn:
        st.session_state.pop(key, None)
    elif st.session_state.get(key) != drawn:
        st.session_state[key] = drawn
        st.rerun()
