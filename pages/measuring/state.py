"""What can be chosen in the lesson on measuring."""

from __future__ import annotations

from core.wording import N_
from pages.parts.frame.state import Private, State
from pages.parts.training.state import panel_state

MODELS = {"ngram": N_("N-gram"), "recurrent": N_("LSTM"), "gpt": N_("GPT")}
"""The families whose runs ship with the course."""

CHANCES = (0.0, 0.000001, 0.001, 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0)
EXAMPLE = "One day Mia lost her ball in the park."

STATE = State("measuring")
CHANCE = STATE.choice("chance", CHANCES, first=0.5)
FOUR = STATE.text("four", "1/2, 1/4, 1/2, 1/8", most=200)
TEXT = STATE.text("text", EXAMPLE, most=400)
MODEL = STATE.choice("model", tuple(MODELS), first="gpt")
TOKEN: Private[int | None] = STATE.private("token", None)
"""The token of the sentence that is taken apart; none at first: then the dearest one is."""
READ: Private[tuple[str, str]] = STATE.private("read", ("", ""))
"""The text in which it was chosen, and who read it."""
WORDS = STATE.choice("words", (10, 100, 1_000, 10_000), first=10_000)
"""How many different words the random text has."""
PASSAGES = STATE.choice("passages", (5, 10, 20, 50, 100, 200), first=5)
"""How many held-out stories the bootstrap draws from."""
PANEL = panel_state(STATE)
