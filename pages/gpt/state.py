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
WRITING_SEED = STATE.private("writing_seed", 1)
