"""The one place that writes the address. The language is read, and switched, in ``frame/language.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from pages.parts.frame import script_run
from pages.parts.frame.language import language
from pages.parts.frame.state.session import UNSET, kept

if TYPE_CHECKING:
    from pages.parts.frame.state.base import Declared

TABLES: dict[str, dict[str, Declared[Any]]] = {}
"""What each page declares, by slug and name."""


def arrive(slug: str) -> None:
    """Begin a run of a page. After Back or Forward every choice is read from the address again; otherwise the
    session knows better, since an address may arrive later than what was chosen after it."""
    state = kept()
    state.visit += slug != state.page
    state.page, state.depth = slug, 0
    state.reader = ""
    state.readers.clear()
    state.moved.clear()
    state.owed.clear()
    state.whole = False
    if script_run.navigated():
        arrivals = state.arrivals
        arrivals[slug] = arrivals.get(slug, 0) + 1


def arrival(slug: str) -> int:
    """Grows with each Back or Forward to the page: for what is kept outside of the declared choices."""
    return kept().arrivals.get(slug, 0)


def leave(slug: str) -> None:
    """End a run of a page: the address says what is chosen, and what callbacks read and choose from now on
    is not of this run."""
    write_address(slug)
    state = kept()
    state.reader = None
    state.moved.clear()


def visit() -> int:
    """Which visit to a page this is: another one for who comes to it from another page."""
    return kept().visit


def asked(name: str) -> str | None:
    """What the address says under a name that nobody has declared: of one visit, and never kept."""
    return st.query_params.get(name)


def write_address(slug: str) -> None:
    """Have the address say the language, what is chosen, and nothing that cannot be, in one step of the
    browser's history.

    Choices of widgets that are not drawn now keep their place; so do names that nobody has declared. After
    whole runs this comes last: a browser on its way to another page would count it as the page before. After
    Back the language is not added: whoever goes back twice in a row is on another entry when it arrives.
    """
    state = kept()
    now = st.query_params.to_dict()
    wanted = dict(now) if script_run.navigated() else now | {"lang": language()}
    arrived = state.arrivals.get(slug, 0)
    for name, declared in TABLES.get(slug, {}).items():
        entry = state.entries.get(name)
        if not declared.linked:
            continue
        if entry is None or entry.arrival != arrived:
            if name in now and declared.parse(now[name]) is None:
                del wanted[name]
        elif entry.chosen is UNSET:
            wanted.pop(name, None)
        else:
            wanted[name] = declared.format(entry.chosen)
    if wanted != now:
        st.query_params.from_dict(wanted)
    state.changed = False
