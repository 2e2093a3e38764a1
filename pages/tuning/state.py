"""What can be chosen in the lesson on going on to learn."""

from __future__ import annotations

from pages.parts.frame.state import State
from pages.parts.training.state import panel_state

STATE = State("tuning")
MORE_STEPS = STATE.choice("more_steps", (100, 300, 600), first=300)
"""How many steps more are made with the same stories."""
MORE_PANEL = panel_state(STATE, "more")
TUNED_ON = STATE.choice("tuned_on", ("picture_book", "own"), first="picture_book")
"""The text that a trained model goes on with."""
TUNED_PANEL = panel_state(STATE, "tuned")
TUNED_PROMPT = STATE.text("tuned_prompt", "The dogs", most=200)
