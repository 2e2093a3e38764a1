"""What can be chosen in the lesson on heads."""

from __future__ import annotations

import re
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.spec.families.gpt import GPTSpec
from core.wording import N_
from core.worked.multihead import STEPS, Step
from lessons.heads.adding import PROJECTIONS
from lessons.heads.mixing import PEOPLE
from lessons.heads.small import HEADS
from pages.heads.words import Cell
from pages.parts.frame.services import shipped
from pages.parts.frame.state import Private, State

Head = tuple[int, int]
MeasuredText = Literal["story", "own"]
STEPS_SHOWN: tuple[Step, ...] = STEPS[1:]
MEASURED: dict[MeasuredText, str] = {
    "story": N_("a story with a known link"),
    "own": N_("your sentence"),
}
COST_WIDTHS = (80, 768)


def _read_head(text: str) -> Head | None:
    """A head as the address says it, "layer.head"."""
    found = re.fullmatch(r"([0-9]{1,3})\.([0-9]{1,3})", text)
    return (int(found[1]), int(found[2])) if found else None


def _spell_head(head: Head) -> str:
    return f"{head[0]}.{head[1]}"


_MODEL = shipped("gpt").model
assert isinstance(_MODEL, GPTSpec)

STATE = State("heads")

GIVER = STATE.choice("giver", PEOPLE, first=PEOPLE[0])
RECEIVER = STATE.choice("receiver", PEOPLE, first=PEOPLE[2])
SHARE = STATE.decimal("share", 0.0, 1.0, first=0.5, step=0.05)

H = STATE.choice("h", HEADS, first=2)
T = STATE.choice("t", (3, 4, 5), first=3)
SEED = STATE.whole("seed", 0, 9999, first=7)
STEP = STATE.choice("step", STEPS_SHOWN, first="split")
CELLS: dict[Step, Private[Cell | None]] = {
    step: STATE.private(f"cell_{step}", None) for step in STEPS_SHOWN
}
"""The number that was clicked in each step."""

TYPED: Private[tuple[str, list[list[str]], NDArray[np.float64]] | None] = STATE.private(
    "x_typed", None
)
"""For which seed and tokens X was typed over, the texts, and the last good numbers."""

COST_WIDTH = STATE.choice("cost_width", COST_WIDTHS, first=80)
MOVED = STATE.decimal("moved", -0.2, 0.2, first=0.0, step=0.05)
PROJECTION = STATE.choice("projection", PROJECTIONS, first="adds")

TEXT = STATE.text(
    "text", "On Sunday Cora found a bird in the village. The bird next to the tents", most=300
)
HEAD = STATE.spelled("head", (1, 0), _read_head, _spell_head)
"""The head of the shipped model that is opened."""

MEASURED_TEXT = STATE.choice("measured", tuple(MEASURED), first="story")
STORY = STATE.whole("story", 1, 30, first=5)
"""Begins where a head does find the link; in other stories it does not, as a learner soon sees."""

WRITTEN_LAYER = STATE.choice("written_layer", range(_MODEL.layers), first=0)
WRITTEN_TOKEN = STATE.choice("written_token", None, first=0)
"""Counted from 1; at first the last one."""
WRITTEN_TERMS = STATE.switch("written_terms")
"""Every term of the sums that take a number of the output apart, or the largest few of each head."""
WRITTEN_NUMBER = STATE.private("written_number", 0)

OFF = STATE.several("off", None, first=("",), mark=",")
"""Names of heads; at first the one that looks at the subject."""
OFF_TEXT = STATE.text(
    "off_text",
    "After lunch Mary brought a sweater and Ivan brought a plate. The sweater next to the plate was "
    "soft. He wore his sweater.",
    most=300,
)
