"""What can be chosen on the first page."""

from __future__ import annotations

from pages.parts.frame.state import State

STATE = State("home")
PROMPT = STATE.text(
    "prompt",
    "One day Paul lost his cards in the forest. The cards close to the tree",
    most=2000,
)
"""At first the subject is plural, the nearest noun is singular: who looks back far enough to know?"""
