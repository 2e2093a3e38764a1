"""Choosing what no widget of AppTest shows, and asking what is chosen."""

from __future__ import annotations

from typing import Any, TypeVar

from streamlit.testing.v1 import AppTest

from pages.parts.frame.state import Declared
from pages.parts.frame.state.session import UNSET

Value = TypeVar("Value")


def choose(app: AppTest, declared: Declared[Value], value: Value) -> None:
    """As a click on a picture would, and what comes of it."""
    entry = app.session_state["page_state"].entries[declared.name]
    entry.chosen, entry.shown = value, UNSET
    app.run()


def chosen(app: AppTest, declared: Declared[Any]) -> Any:
    """What is chosen; None where the first value stands."""
    found = app.session_state["page_state"].entries[declared.name].chosen
    return None if found is UNSET else found
