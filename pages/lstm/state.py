"""What can be chosen in the lesson on memory."""

from __future__ import annotations

import re
from typing import Literal, get_args

from core.questions.probing import StateName
from core.spec.families.classifier import Reader
from core.spec.families.recurrent import Cell
from core.wording import N_
from core.worked.probing.tracked import Tracked
from core.worked.recurrent.cell_step import StepName
from pages.parts.frame.services import shipped
from pages.parts.frame.state import State
from pages.parts.training.state import knobs_state, panel_state
from pages.parts.widgets.chain.state import chain_state

MOST_TOKENS = 40
"""Tokens of a sentence whose gates are drawn."""
MOST_UNROLLED = 14
"""Tokens of a sentence over which a network is unrolled."""
VIEWS = {"mean": N_("mean of all units"), "unit": N_("one unit")}

Typed = tuple[str, int, int, str]
"""Into which small matrix, row and column something was typed, and what."""
_MOST_TYPED = 80


def _read_typed(text: str) -> tuple[Typed, ...] | None:
    found = []
    for part in text.split("!")[:_MOST_TYPED] if text else ():
        match = re.fullmatch(
            r"(x|(?:rnn|lstm|gru)-[wub])~([0-9]{1,2})~([0-9]{1,2})~([^~!]{0,12})", part
        )
        if match is None:
            return None
        found.append((match[1], int(match[2]), int(match[3]), match[4]))
    return tuple(found)


def _spell_typed(typed: tuple[Typed, ...]) -> str:
    return "!".join(f"{name}~{row}~{column}~{text}" for name, row, column, text in typed)


STATE = State("lstm")
CELLS: dict[Cell, str] = {"rnn": "RNN", "lstm": "LSTM", "gru": "GRU"}
SMALL_CELLS: tuple[Cell, ...] = ("rnn", "lstm")
SMALL_CELL = STATE.choice("small_cell", SMALL_CELLS, first="lstm")
"""Whose step is reckoned with small numbers."""
PLACE = STATE.choice("place", (1, 2, 3, 4), first=2)
"""Which of the small layer's tokens is read, counted from 1."""
GRU_PLACE = STATE.choice("gru_place", (1, 2, 3, 4), first=2)
NOTHING_TYPED: tuple[Typed, ...] = ()
TYPED = STATE.spelled("typed", NOTHING_TYPED, _read_typed, _spell_typed)
STEP = chain_state(STATE, "step", get_args(StepName), first="cell", row=2)
GRU_STEP = chain_state(STATE, "gru", get_args(StepName), first="hidden", row=2)
UNIT_STEP = chain_state(STATE, "unit_step", get_args(StepName), first="gates")
KNOBS = knobs_state(STATE, shipped("recurrent"))
PANEL = panel_state(STATE)
TIMES_OF_U = (0.5, 1.0, 1.5, 2.0, 3.0)
TIMES = STATE.choice("times", TIMES_OF_U, first=2.0)
"""By what U is multiplied where the gradient is measured."""
Stage = Literal["trained", "untrained"]
STAGES: dict[Stage, str] = {"untrained": N_("before training"), "trained": N_("trained")}
STAGE = STATE.choice("stage", tuple(STAGES), first="untrained")
TIMES_DEEPER = STATE.choice("times_deeper", TIMES_OF_U, first=1.0)
CLIPPED = STATE.choice("clipped", tuple(CELLS), first="rnn")
CLIPPED_TIMES = STATE.choice("clipped_times", TIMES_OF_U, first=3.0)
SEEN = STATE.whole("seen", 0, 20, first=6)
"""Things seen on the way of the market day that is told."""
READER = STATE.choice("reader", tuple(CELLS), first="lstm")
"""Which network reads the learner's sentence."""
UNROLLED = STATE.choice("unrolled", tuple(CELLS), first="rnn")
UNROLLED_TEXT = STATE.text("unrolled_text", "One day Mia lost her ball.", most=300)
UNROLLED_AT = STATE.whole("unrolled_at", 1, MOST_UNROLLED, first=3)
"""The step that is looked at, counted from 1."""
TRACKED: dict[Tracked, str] = {
    "brackets": N_("depth in brackets"),
    "quotes": N_("quotation marks"),
    "number": N_("one or many"),
    "line": N_("place in the line"),
}
WHAT = STATE.choice("what", tuple(TRACKED), first="brackets")
"""What a unit is to keep track of."""
STATES: dict[StateName, str] = {"cell": N_("the cell c"), "hidden": N_("the state h")}
TRACKED_STATE = STATE.choice("tracked_state", tuple(STATES), first="cell")
PROBE_TEXT = STATE.text("probe_text", "", most=2000)
READERS_OF_REVIEWS: tuple[Reader, ...] = ("lstm", "bag", "rnn", "gru")
JUDGE = STATE.choice("judge", READERS_OF_REVIEWS, first="lstm")
"""Who judges the learner's review."""
COUNTED = STATE.choice("counted", READERS_OF_REVIEWS, first="bag")
"""Whose answers are counted."""
REVIEW = STATE.text("review", "The soup was tasty, but the cook was rude.", most=600)
REVIEW_ZH = STATE.text("review_zh", "汤很好吃，但是服务员很冷淡。", most=600)
KEEP = STATE.decimal("keep", 0.5, 1.0, first=0.9, step=0.01)
TEXT = STATE.text("text", "One day Mia lost her balls in the garden. She was sad.", most=2000)
VIEW = STATE.choice("view", tuple(VIEWS), first="mean")
UNIT = STATE.whole("unit", 0, 511, first=0)
TOKEN = STATE.choice("token", range(1, MOST_TOKENS + 1), first=3)
"""Counted from 1."""
REACH_TEXT = STATE.text(
    "reach_text", "One day Mia lost her balls in the garden. She was", most=2000
)
