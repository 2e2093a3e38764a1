"""Parts of a page that are drawn again alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec

import streamlit as st

from core.errors import LearnerError
from pages.parts.frame.language import worded
from pages.parts.frame.script_run import within_fragment_run
from pages.parts.frame.state.address import write_address
from pages.parts.frame.state.session import Kept, kept

Given = ParamSpec("Given")


def fragment(draw: Callable[Given, None], *, run_every: str | None = None) -> Callable[Given, None]:
    """As ``st.fragment``, for all parts of pages: one that is drawn again alone writes the address when
    it is done, in one step of the browser's history. After whole runs the shell does. What cannot be
    shown is a sentence in its place."""
    within: str | None = None

    @wraps(draw)
    def drawn(*args: Given.args, **kwargs: Given.kwargs) -> None:
        nonlocal within
        state = kept()
        if _is_alone(state):
            with _alone(state, within):
                _drawn(state, draw, *args, **kwargs)
        else:
            within = state.reader
            _drawn(state, draw, *args, **kwargs)

    return st.fragment(drawn, run_every=run_every)


def section(name: str, draw: Callable[[], None]) -> None:
    """Draw a section of a page, which is drawn again alone as well."""

    def drawn() -> None:
        state = kept()
        for readers in state.readers.values():
            readers.discard(name)
        if _is_alone(state):
            with _alone(state, name):
                _drawn(state, draw)
        else:
            outer, state.reader = state.reader, name
            try:
                _drawn(state, draw)
            finally:
                state.reader = outer
        state.owed.discard(name)

    st.fragment(drawn)()


def read_elsewhere(state: Kept, name: str | None) -> bool:
    """Whether another part of the page than this section reads what was chosen since it was drawn last."""
    return any(state.readers.get(moved, set()) - {name} for moved in state.moved)


def redraw_page() -> None:
    """In a callback of a part that is drawn again alone: have all of the page drawn again instead."""
    kept().whole = True


def redraw_section(name: str) -> None:
    """In a callback: this section has changed. Should another part be drawn than this one, as when two
    ask at once and Streamlit hears one, all of the page is drawn again after it."""
    kept().owed.add(name)


def _is_alone(state: Kept) -> bool:
    return state.depth == 0 and within_fragment_run()


@contextmanager
def _alone(state: Kept, section: str | None) -> Iterator[None]:
    """A part of ``section`` is drawn alone: nobody comes after it to write the address. If more of the page
    is to be drawn, as when what was chosen is read elsewhere on it too, all of it is drawn again."""
    if state.whole:
        st.rerun()
    state.reader = section
    try:
        yield
    finally:
        state.reader = None
    if state.whole or state.owed - {section} or read_elsewhere(state, section):
        st.rerun()
    state.moved.clear()
    if state.changed:
        write_address(state.page)


def _drawn(
    state: Kept, draw: Callable[Given, None], *args: Given.args, **kwargs: Given.kwargs
) -> None:
    state.depth += 1
    try:
        draw(*args, **kwargs)
    except LearnerError as error:
        st.warning(worded(error))
    finally:
        state.depth -= 1
