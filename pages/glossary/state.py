"""What can be chosen in the glossary."""

from __future__ import annotations

from pages.parts.frame.state import State

STATE = State("glossary")
SEARCH = STATE.text("search", "", most=100)
