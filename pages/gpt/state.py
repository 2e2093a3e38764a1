"""What can be chosen in the lesson on the GPT."""

from __future__ import annotations

from pages.parts.frame.services import shipped
from pages.parts.frame.state import State
from pages.parts.training.state import knobs_state, panel_state

STATE = State("gpt")
KNOBS = knobs_state(STATE, shipped("gpt"))
PANEL = panel_state(STATE)
PROMPT = STATE.text("prompt", "Mia", most=2000)
TEMPERATURE = STATE.decimal("temperature", 0.0, 2.0, first=1.0, step=0.1)
TOP_K = STATE.whole("top_k", 0, 50, first=0)
TOP_P = STATE.decimal("top_p", 0.05, 1.0, first=1.0, step=0.05)
MORE_STEPS = STATE.choice("more_steps", (100, 300, 600), first=300)
"""How many steps more are made with the same stories."""
MORE_PANEL = panel_state(STATE, "more")
TUNED_ON = STATE.choice("tuned_on", ("picture_book", "own"), first="picture_book")
"""The text that a trained model goes on with."""
TUNED_PANEL = panel_state(STATE, "tuned")
TUNED_PROMPT = STATE.text("tuned_prompt", "The dogs", most=200)
WRITING_SEED = STATE.private("writing_seed", 1)
