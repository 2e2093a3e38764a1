"""What can be chosen in the lesson on the GPT."""

from __future__ import annotations

from core.wording import N_
from pages.parts.frame.services import shipped
from pages.parts.frame.state import Private, State
from pages.parts.training.state import knobs_state, panel_state

SURPRISE_TEXTS = {"story": N_("a held-out story"), "yours": N_("a text of yours")}
BESIDE = {"ngram": "N-gram", "recurrent": "LSTM"}
SHOWN = {
    "gpt": N_("what the GPT pays"),
    "other": N_("what the other one pays"),
    "saved": N_("what the GPT saves"),
}
WAYS = {"kept": N_("keys and values are kept"), "anew": N_("nothing is kept")}

STATE = State("gpt")
KNOBS = knobs_state(STATE, shipped("gpt"))
PANEL = panel_state(STATE)
PROMPT = STATE.text("prompt", "Mia", most=2000)
TEMPERATURE = STATE.decimal("temperature", 0.0, 2.0, first=1.0, step=0.1)
TOP_K = STATE.whole("top_k", 0, 50, first=0)
TOP_P = STATE.decimal("top_p", 0.05, 1.0, first=1.0, step=0.05)
WRITING_SEED = STATE.private("writing_seed", 1)

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
