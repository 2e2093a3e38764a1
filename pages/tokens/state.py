"""What can be chosen in the lesson "Tokens"."""

from __future__ import annotations

from core.text.signs.cleaning import STEPS
from core.wording import N_
from lessons.tokens.samples import FIRST
from pages.parts.frame.state import State

MOST_MERGES = 200
MERGED_TEXTS = {
    "small": N_("a small text"),
    "yours": N_("your text"),
    "tales": N_("100,000 characters of Tiny tales"),
}

ONE_HOT_WORDS = ("cat", "kitten", "dog", "red", "Tuesday", "the")
"""A vocabulary small enough to write its vectors out."""

STATE = State("tokens")
TEXT = STATE.text("text", FIRST, most=2500)
"""The learner's text, for the whole lesson."""
MERGED_TEXT = STATE.choice("merged", tuple(MERGED_TEXTS), first="small")
STEP = STATE.whole("step", 0, MOST_MERGES, first=0)
"""How many merges of it are done."""
WORD = STATE.choice("word", None, first="", linked=False)
"""The word of the text whose best way through Unigram is shown."""

COUNTED_TEXT = STATE.choice("counted", ("tales", "tales_zh", "python", "own"), first="tales")
"""The text whose lengths and laws are counted."""
CLEANED = STATE.text(
    "cleaned",
    "<p>Léa said: “x² > 3?”</p>\n<p>Le\u0301a said: “x² > 3?”</p>\nHome  |  Index\nHome  |  Index\n",
    most=1200,
)
CLEANING = STATE.several("cleaning", tuple(STEPS), first=())
STOPPED = STATE.choice("stopped", ("tales", "tales_zh"), first="tales")
FIRST_WORD = STATE.choice("one", ONE_HOT_WORDS, first="cat")
SECOND_WORD = STATE.choice("other", ONE_HOT_WORDS, first="kitten")
