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
from pages.parts.frame.state.session import kept

Given = ParamSpec("Given")


def fragment(draw: Callable[Given, None], *, run_every: str | None = None) -> Callable[Given, None]:
    """As ``st.fragment``, for all parts of pages: one that is drawn again alone writes the address when
    it is done, in one step of the browser's history. After whole runs the shell does. What cannot be
    shown is a sentence in its place."""

    @wraps(draw)
    def drawn(*args: Given.args, **kwargs: Given.kwargs) -> None:
        state = kept()
        state.depth += 1
        try:
            draw(*args, **kwargs)
        except LearnerError as error:
            st.warning(worded(error))
        finally:
            state.depth -= 1
        if state.depth == 0 and state.changed and within_fragment_run():
            write_address(state.page)

    return st.fragment(drawn, run_every=run_every)
