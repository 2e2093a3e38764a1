"""This run of a page's script: what caused it, and what its session holds."""

from __future__ import annotations

from collections.abc import Callable
from threading import local
from typing import Any, TypeVar, cast

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

Held = TypeVar("Held")


def navigated() -> bool:
    """Whether the browser's Back or Forward did."""
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def within_fragment_run() -> bool:
    """Whether only a part of the page runs: then nobody comes after it to write the address."""
    context = get_script_run_ctx()
    return context is not None and bool(context.fragment_ids_this_run)


class _Found(local):
    """Of the session whose page this thread runs; a thread never runs two."""

    context: object = None
    by_name: dict[str, Any]


_found = _Found()


def held(name: str, make: Callable[[], Held]) -> Held:
    """What this session holds under ``name``; what ``make`` makes where it holds nothing yet.

    It must be the same object for all of the session: what changes, changes in it. ``st.session_state``
    takes a lock and looks a name up in four places, too much for what every part of a page asks for: here
    it is found once in each thread that runs the session's pages.
    """
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
