"""What can be chosen in the lesson on the GPT."""

from __future__ import annotations

from core.models.stopping import LONGEST_STOP
from core.wording import N_
from pages.parts.frame.services import shipped
from pages.parts.frame.state import Private, State
from pages.parts.training.state import knobs_state, panel_state
from pages.parts.widgets.sampling_stages import LookedAt

SURPRISE_TEXTS = {"story": N_("a held-out story"), "yours": N_("a text of yours")}
BESIDE = {"ngram": "N-gram", "recurrent": "LSTM"}
SHOWN = {
    "gpt": N_("what the GPT pays"),
    "other": N_("what the other one pays"),
    "saved": N_("what the GPT saves"),
}
CIRCLES = {
    "greedy": N_("the best token each time"),
    "greedy_penalty": N_("the best token, with the penalty"),
    "drawn": N_("drawn"),
    "drawn_penalty": N_("drawn, with the penalty"),
}
STOPS = {
    "story": N_("at a blank line, where a story ends"),
    "sentence": N_("at a full stop"),
    "text": N_("at a text of yours"),
    "count": N_("only when all tokens are used up"),
}
REPAIR_NAMES = (
    "positions", "mask", "key_dim", "mlp", "residual", "dropout", "last", "label", "vectors", "softmax",
    "heads",
)  # fmt: skip
WAYS = {"kept": N_("keys and values are kept"), "anew": N_("nothing is kept")}

STATE = State("gpt")
KNOBS = knobs_state(STATE, shipped("gpt"))
PANEL = panel_state(STATE)
PROMPT = STATE.text("prompt", "Mia", most=2000)
TEMPERATURE = STATE.decimal("temperature", 0.0, 2.0, first=1.0, step=0.1)
TOP_K = STATE.whole("top_k", 0, 50, first=0)
TOP_P = STATE.decimal("top_p", 0.05, 1.0, first=1.0, step=0.05)
MIN_P = STATE.decimal("min_p", 0.0, 0.5, first=0.0, step=0.01)
PENALTY = STATE.decimal("penalty", 0.0, 5.0, first=0.0, step=0.25)
WRITING_SEED = STATE.private("writing_seed", 1)
LOOKED = STATE.private("looked", LookedAt())
"""What is looked at in the picture of a draw."""

CIRCLES_PENALTY = STATE.decimal("circles_penalty", 0.0, 5.0, first=1.0, step=0.25)
CIRCLES_TEXTS = STATE.whole("circles_texts", 1, 5, first=3)
CIRCLES_SHOWN = STATE.choice("circles_shown", tuple(CIRCLES), first="greedy")

STOP_AT = STATE.choice("stop_at", tuple(STOPS), first="story")
STOP_TEXT = STATE.text("stop_text", '."', most=LONGEST_STOP)
STOP_MOST = STATE.whole("stop_most", 10, 200, first=80)
STOP_TEXTS = STATE.whole("stop_texts", 1, 5, first=3)

PURPOSE_TEMPERATURE = STATE.decimal("purpose_temperature", 0.0, 2.0, first=1.0, step=0.1)
PURPOSE_TOP_K = STATE.whole("purpose_top_k", 0, 50, first=0)
PURPOSE_TOP_P = STATE.decimal("purpose_top_p", 0.05, 1.0, first=1.0, step=0.05)
PURPOSE_TRIED: Private[tuple[str, float, int, float] | None] = STATE.private("purpose_tried", None)
"""The run and the settings that were tried last."""

REPAIRS = STATE.several("repairs", REPAIR_NAMES, first=())
REPAIRS_CHECKED: Private[tuple[str, ...] | None] = STATE.private("repairs_checked", None)
"""What was chosen when it was last checked."""

LINK_KINDS = ("pronoun", "agreement", "topic", "measure", "recall")
FORMING_KIND = STATE.choice("forming_kind", LINK_KINDS, first="agreement")

# The inside: output table, logit lens, text by loss, kept keys and values.
OUTPUT_TEXT = STATE.text("output_text", "The cards close to the tree", most=400)
OUTPUT_WORD = STATE.text("output_word", "is", most=40)
OUTPUT_PLACE: Private[int | None] = STATE.private("output_place", None)
"""Which of the shown tokens is taken apart, from 0; none at first: then the word that was typed is."""
OUTPUT_READ: Private[tuple[str, str]] = STATE.private("output_read", ("", ""))

LENS_TEXT = STATE.text("lens_text", "The cards close to the tree were red.", most=400)
LENS_CELL: Private[tuple[int, int] | None] = STATE.private("lens_cell", None)
"""The chosen cell (token, point), from 0."""
LENS_READ: Private[tuple[str, str]] = STATE.private("lens_read", ("", ""))

MOST_STORY = 20
SURPRISE_FROM = STATE.choice("surprise_from", tuple(SURPRISE_TEXTS), first="story")
SURPRISE_STORY = STATE.whole("surprise_story", 1, MOST_STORY, first=1)
SURPRISE_TEXT = STATE.text("surprise_text", "", most=1000)
SURPRISE_BESIDE = STATE.choice("surprise_beside", tuple(BESIDE), first="ngram")
SURPRISE_SHOWN = STATE.choice("surprise_shown", tuple(SHOWN), first="saved")
SURPRISE_TOKEN: Private[int | None] = STATE.private("surprise_token", None)
SURPRISE_READ: Private[tuple[str, str, str]] = STATE.private("surprise_read", ("", "", ""))

KEPT_TEXT = STATE.text("kept_text", "One day Mia lost her", most=400)
KEPT_WAY = STATE.choice("kept_way", tuple(WAYS), first="kept")
KEPT_LAYER = STATE.choice("kept_layer", range(8), first=0)
KEPT_HEAD = STATE.choice("kept_head", range(16), first=0)
KEPT_STEP = STATE.private("kept_step", 0)
KEPT_MEASURED = STATE.private("kept_measured", False)
