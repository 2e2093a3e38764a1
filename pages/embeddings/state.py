"""What can be chosen in the lesson on words as vectors."""

from __future__ import annotations

from core.wording import N_
from pages.parts.frame.services import shipped
from pages.parts.frame.state import State
from pages.parts.training.state import knobs_state, panel_state

LONGEST_WORD = 40
COMPARISONS = {"words": N_("two words"), "numbers": N_("numbers of your own")}

STATE = State("embeddings")
KNOBS = knobs_state(STATE, shipped("word_vectors"))
PANEL = panel_state(STATE)

PICKED = STATE.text("picked", "dog", most=LONGEST_WORD)
"""The word whose row is looked up."""
COLUMN = STATE.whole("column", 1, 6, first=1)
"""The number of that row which is taken apart; counted from 1."""
SENTENCE = STATE.text("sentence", "The dog near the bench was hungry", most=300)
CENTRE = STATE.whole("centre", 1, 60, first=2)
"""The word in the middle of the window; counted from 1."""
WIDTH = STATE.whole("width", 1, 5, first=2)
"""How many words the window has on each side, in the example."""
WORD = STATE.text("word", "dog", most=LONGEST_WORD)
"""The word whose nearest are listed beside the cloud."""
DEPTH = STATE.switch("space")
"""Whether the cloud is seen in space."""
ONE = STATE.text("one", "dog", most=LONGEST_WORD)
OTHER = STATE.text("other", "rabbit", most=LONGEST_WORD)
"""The two words whose angle is reckoned."""
COMPARED = STATE.choice("compared", tuple(COMPARISONS), first="words")
HAND = STATE.text("hand", "2 1 0, 4 2 1", most=120)
"""Two vectors of the learner's own."""
A = STATE.text("a", "he", most=LONGEST_WORD)
B = STATE.text("b", "she", most=LONGEST_WORD)
C = STATE.text("c", "him", most=LONGEST_WORD)
ODD = STATE.text("odd", "dog cat mouse piano horse", most=200)
RATE = STATE.decimal("rate_by_hand", 0.0, 5.0, first=0.5, step=0.1)
"""The learning rate of the one step that is reckoned."""
COUNTED_ONE = STATE.text("counted_one", "dog", most=LONGEST_WORD)
COUNTED_OTHER = STATE.text("counted_other", "ate", most=LONGEST_WORD)
"""The two words whose cell is reckoned."""
COUNTED_WORD = STATE.text("counted_word", "dog", most=LONGEST_WORD)
"""Whose nearest words are listed beside the cloud of counted vectors."""
COUNTED_DEPTH = STATE.switch("counted_space")
MAPPED = STATE.text("mapped", "dog", most=LONGEST_WORD)
"""Whose nearest words are listed beside the two maps."""
PERPLEXITY = STATE.whole("perplexity", 5, 50, first=20, step=5)
SCALE = STATE.choice("scale", None, first="", linked=False)
"""The word whose like and opposites are shown."""
WOMEN = STATE.whole("women", 0, 10, first=9)
"""Of ten nurses, and of ten pilots the men."""
PAIRED = STATE.text("paired", "he she, him her", most=200)
PROBED = STATE.text("probed", "happy sad dog apple garden", most=300)
"""What the learner measures along a step of their own."""
KNOWN_WORD = STATE.text("known_word", "bank", most=LONGEST_WORD)
"""The word that is looked up among the vectors of others."""
KNOWN_DEPTH = STATE.switch("known_space")
KNOWN_A = STATE.text("known_a", "man", most=LONGEST_WORD)
KNOWN_B = STATE.text("known_b", "king", most=LONGEST_WORD)
KNOWN_C = STATE.text("known_c", "woman", most=LONGEST_WORD)
