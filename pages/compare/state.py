"""What can be chosen in the lesson "Compare"."""

from __future__ import annotations

from pages.compare.tasks.state import tasks_state
from pages.parts.frame.state import State

FIRST_SENTENCE = "the cat sees the dog and the bird"

STATE = State("compare")
SENTENCE = STATE.text("sentence", FIRST_SENTENCE, most=200)

TASKS_STATE = tasks_state(STATE)
