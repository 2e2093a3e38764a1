"""What can be chosen in the lesson that compares models."""

from __future__ import annotations

from core.wording import N_
from pages.compare.tasks.state import tasks_state
from pages.parts.frame.state import State

AXES = {"tokens": N_("tokens"), "seconds": N_("seconds")}

STATE = State("compare")
AXIS = STATE.choice("axis", tuple(AXES), first="tokens")
TOKENS = STATE.choice(
    "tokens",
    (2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 400_000, 700_000),
    first=20_000,
)
SECONDS = STATE.choice("seconds", (0.1, 0.5, 1.0, 2.0, 5.0, 10.0, 15.0, 25.0), first=2.0)
PROMPT = STATE.text("prompt", "The cards close to the tree", most=400)
LEFT = STATE.choice("left", None, first="")
RIGHT = STATE.choice("right", None, first="")
"""The two runs side by side, by their ids; at first two that ship."""

TASKS_STATE = tasks_state(STATE)
