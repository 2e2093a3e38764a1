"""Parts of a page that are drawn again alone."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import streamlit as st

from core.errors import LearnerError
from pages.parts.frame.cause import within_fragment_run
from pages.parts.frame.language import worded
from pages.parts.frame.state.address import write_address
from pages.parts.frame.state.session import Kept, kept

Given = ParamSpec("Given")


def fragment(draw: Callable[Given, None], *, run_every: str | None = None) -> Callable[Given, None]:
    """As ``st.fragment``, for all parts of pages: one that is drawn again alone writes the address when
    it is done, in one step of the browser's history. After whole runs the shell does. What cannot be
    shown is a sentence in its place."""

    @wraps(draw)
    def drawn(*args: Given.args, **kwargs: Given.kwargs) -> None:
        state = kept()
        alone = state.depth == 0 and within_fragment_run()
        if alone:
            state.reader = None
        _drawn(state, draw, *args, **kwargs)
        if alone:
            _ends(state)

    return st.fragment(drawn, run_every=run_every)


def section(name: str, draw: Callable[[], None]) -> None:
    """Draw a section of a page, which is drawn again alone as well. If what was chosen in it is read
    elsewhere on the page too, all of the page is drawn again after it."""

    def drawn() -> None:
        state = kept()
        alone = state.depth == 0 and within_fragment_run()
        outer, state.reader = state.reader, name
        for readers in state.readers.values():
            readers.discard(name)
        try:
            _drawn(state, draw)
        finally:
            state.reader = outer
        if not alone:
            return
        if read_elsewhere(state, name):
            st.rerun()
        _ends(state)

    st.fragment(drawn)()


def read_elsewhere(state: Kept, name: str) -> bool:
    """Whether another part of the page than this section reads what was chosen since it was drawn last."""
    return any(state.readers.get(moved, set()) - {name} for moved in state.moved)


def redraw_page() -> None:
    """In a callback of a part that is drawn again alone: have all of the page drawn again."""
    kept().whole = True


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


def _ends(state: Kept) -> None:
    """A part was drawn alone: nobody comes after it to write the address."""
    if state.whole:
        st.rerun()
    state.moved.clear()
    if state.changed:
        write_address(state.page)
