"""What a session holds and every part of a page asks for, a hundred times a page.

``st.session_state`` takes a lock and looks a name up in four places. What is held here is found there once
in each thread that runs a session's pages, and then at hand; so it must be the same object for all of the
session: what changes, changes in it.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import local
from typing import Any, TypeVar, cast

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

Held = TypeVar("Held")


class _Found(local):
    """Of the session whose page this thread runs; a thread never runs two."""

    context: object = None
    by_name: dict[str, Any]


_found = _Found()


def held(name: str, make: Callable[[], Held]) -> Held:
    """What this session holds under ``name``; what ``make`` makes where it holds nothing yet."""
    context = get_script_run_ctx(suppress_warning=True)
    if context is None:
        return _in_session(name, make)
    if _found.context is not context:
        _found.context, _found.by_name = context, {}
    if name not in _found.by_name:
        _found.by_name[name] = _in_session(name, make)
    return cast("Held", _found.by_name[name])


def _in_session(name: str, make: Callable[[], Held]) -> Held:
    if name not in st.session_state:
        st.session_state[name] = make()
    return cast("Held", st.session_state[name])
