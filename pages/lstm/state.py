"""What can be chosen in the lesson on memory."""

from __future__ import annotations

from core.wording import N_
from pages.parts.frame.services import shipped
from pages.parts.frame.state import State
from pages.parts.training.state import knobs_state, panel_state

MOST_TOKENS = 40
"""Tokens of a sentence whose gates are drawn."""
VIEWS = {"mean": N_("mean of all units"), "unit": N_("one unit")}

STATE = State("lstm")
KNOBS = knobs_state(STATE, shipped("recurrent"))
PANEL = panel_state(STATE)
SIZE = STATE.decimal("size", 0.5, 3.0, first=1.0, step=0.1)
"""How many times as long U makes a vector."""
SEEN = STATE.whole("seen", 0, 20, first=6)
"""Things seen on the way of the errand that is told."""
KEEP = STATE.decimal("keep", 0.5, 1.0, first=0.9, step=0.01)
TEXT = STATE.text("text", "One day Mia lost her balls in the garden. She was sad.", most=2000)
VIEW = STATE.choice("view", tuple(VIEWS), first="mean")
UNIT = STATE.whole("unit", 0, 511, first=0)
TOKEN = STATE.choice("token", range(1, MOST_TOKENS + 1), first=3)
"""Counted from 1."""
REACH_TEXT = STATE.text(
    "reach_text", "One day Mia lost her balls in the garden. She was", most=2000
)
