"""What can be chosen in the lesson on positions."""

from __future__ import annotations

from core.wording import N_
from core.worked.positions.waves import FORMULAS, Formula
from pages.parts.frame.state import State

ORDERS = {
    "swap": N_("first two swapped"),
    "reverse": N_("backwards"),
    "shuffle": N_("shuffled"),
}
FIRST_TEXTS = {"en": "the dog bit the man", "zh": "狗 咬 了 那 个 人"}
LONGEST_TABLE, WIDEST_TABLE = 128, 128
FARTHEST = 48
LAST = 64
"""The last position of the pictures that turn and compare pairs."""
PAIRS = 32
"""Pairs in a row of the table whose rows are compared."""
HEAD_COUNTS = (1, 2, 4, 8, 16)
LONGEST_BIASED = 24
TABLES: dict[Formula, str] = {"true": N_("sine and cosine"), "sine": N_("sine everywhere")}
VIEWS = {"similarity": N_("how alike two positions are"), "table": N_("the table itself")}
VECTOR_NAMES = {"given": N_("the q and k above, e = 8"), "ones": N_("all ones, e = 64")}
ALIBI_VIEWS = {
    "bias": N_("the bias"),
    "with": N_("weights with it"),
    "without": N_("weights without it"),
}

STATE = State("positions")

TEXT = STATE.text("text", FIRST_TEXTS["en"], most=120)
"""At first in the learner's language."""
ORDER = STATE.choice("order", tuple(ORDERS), first="reverse")
SHUFFLED = STATE.private("shuffled", 0)
ADDED = STATE.switch("added")
CAUSAL = STATE.switch("causal")

FORMULA = STATE.choice("formula", FORMULAS, first="true")
LENGTH = STATE.whole("length", 2, LONGEST_TABLE, first=40)
WIDTH = STATE.whole("width", 4, WIDEST_TABLE, first=32, step=4, aligned=True)
T = STATE.whole("t", 0, LONGEST_TABLE - 1, first=8)
COLUMN = STATE.whole("column", 0, WIDEST_TABLE - 1, first=6)

TABLE = STATE.choice("table", tuple(TABLES), first="true")
START = STATE.whole("start", 0, LAST, first=20)
FROM = STATE.whole("from", 0, LAST, first=7)
BY = STATE.whole("by", 0, FARTHEST, first=3)
PAIR = STATE.whole("pair", 0, PAIRS - 1, first=4)

VIEW = STATE.choice("view", tuple(VIEWS), first="similarity")

ROTARY_PAIR = STATE.whole("rotary_pair", 0, 3, first=1)
M = STATE.whole("m", 0, LAST, first=9)
N = STATE.whole("n", 0, LAST, first=4)
VECTORS = STATE.choice("vectors", tuple(VECTOR_NAMES), first="ones")

HEADS = STATE.choice("heads", HEAD_COUNTS, first=4)
HEAD = STATE.choice("head_number", range(HEAD_COUNTS[-1]), first=0)
ALIBI_VIEW = STATE.choice("alibi_view", tuple(ALIBI_VIEWS), first="bias")
ALIBI_LENGTH = STATE.whole("alibi_length", 2, LONGEST_BIASED, first=10)
QUERY = STATE.choice("query", range(LONGEST_BIASED), first=5)
KEY = STATE.choice("key", range(LONGEST_BIASED), first=2)
