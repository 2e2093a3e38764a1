"""What can be chosen in the lesson "Tokens"."""

from __future__ import annotations

from core.wording import N_
from lessons.tokens.samples import FIRST
from pages.parts.frame.state import State

MOST_MERGES = 200
MERGED_TEXTS = {
    "small": N_("a small text"),
    "yours": N_("your text"),
    "tales": N_("100,000 characters of Tiny tales"),
}

STATE = State("tokens")
TEXT = STATE.text("text", FIRST, most=2500)
"""The learner's text, for the whole lesson."""
MERGED_TEXT = STATE.choice("merged", tuple(MERGED_TEXTS), first="small")
STEP = STATE.whole("step", 0, MOST_MERGES, first=0)
"""How many merges of it are done."""
WORD = STATE.choice("word", None, first="", linked=False)
"""The word of the text whose best way through Unigram is shown."""
