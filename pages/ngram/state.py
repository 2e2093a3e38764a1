"""What can be chosen in the N-gram lesson."""

from __future__ import annotations

from core.wording import N_
from pages.ngram.counted import ORDERS
from pages.parts.frame.state import Private, State
from pages.parts.training.state import OFFERED, TOKENIZER_NAMES, VOCABULARIES, panel_state

SMOOTHINGS = {
    "mle": N_("none"),
    "add_k": N_("add-k"),
    "stupid_backoff": N_("stupid back-off"),
    "kneser_ney": N_("Kneser–Ney"),
    "jelinek_mercer": N_("Jelinek–Mercer"),
    "witten_bell": N_("Witten–Bell"),
    "absolute": N_("absolute discounting"),
    "katz": N_("Katz"),
}
COMMON = ("mle", "add_k", "stupid_backoff", "kneser_ney")
"""Those that are always in sight; the lesson's core way speaks of these."""

STATE = State("ngram")
ORDER = STATE.choice("order", ORDERS, first=2)
SMOOTHING = STATE.choice("smoothing", tuple(SMOOTHINGS), first="mle")
"""At first a count divided by a count: the lesson speaks of smoothing only later."""
CORPUS = STATE.choice("corpus", OFFERED, first="tales")
TOKENIZER = STATE.choice("tokenizer", tuple(TOKENIZER_NAMES), first="words")
"""Each text begins with the tokens that suit it: see ``tokenizer_of``."""
VOCABULARY = STATE.choice("vocabulary", VOCABULARIES, first=1000)
K = STATE.decimal("k", 0.01, 2.0, first=0.1, step=0.01)
DISCOUNT = STATE.decimal("discount", 0.05, 0.95, first=0.75, step=0.05)
LAMBDA = STATE.decimal("lambda", 0.05, 0.95, first=0.5, step=0.05)
CUTOFF = STATE.whole("cutoff", 2, 10, first=5)
ESTIMATED = STATE.switch("estimated")
"""Whether the discount D and the weight λ are estimated from the counts instead of chosen."""
CONTEXT = STATE.text("context", "The cards close to the tree", most=2000)
"""Each text begins with an example of its own: see ``context_in``."""
TOKEN = STATE.choice("token", None, first=0, linked=False)
"""The token that is taken apart; at first the most probable one."""
TOKEN_ASKED = STATE.private("token_asked", "")
"""The text so far after which it was chosen."""

VIEWS = {"heatmap": N_("heatmap"), "table": N_("table"), "tree": N_("tree")}
VIEW = STATE.choice("view", tuple(VIEWS), first="heatmap")
"""How the counts are shown."""
GRAM: Private[tuple[str, tuple[int, ...]]] = STATE.private("gram", ("", ()))
"""The tokens that were clicked among the counts, none at first, and the text in which: see ``picked``."""
ROOT = STATE.choice("root", None, first=0, linked=False)
"""The token with which the tree begins; at first the most frequent one that is a word."""
TURNED: Private[frozenset[tuple[int, ...]]] = STATE.private("turned", frozenset())
"""The branches of the tree that somebody unfolded, or folded again; each by the tokens that lead to it."""

MEASURES = {"loss": N_("loss"), "perplexity": N_("perplexity")}
MEASURE = STATE.choice("measure", tuple(MEASURES), first="loss")
TIMED = STATE.private("timed", False)
"""Whether somebody has just asked for the seconds."""

BEGINNING = STATE.text("beginning", "", most=200)
"""What the model goes on from when it writes."""
WRITING_SEED = STATE.whole("writing_seed", 1, 9999, first=1)
WRITTEN = STATE.private("tokens_written", 0)
"""How many tokens have been written."""
ZOOM: Private[tuple[float, float]] = STATE.private("zoom", (0.0, 1.0))
"""The part of the line from 0 to 1 that is shown."""
SHOWN_TEXT = STATE.private("shown_text", "")
"""The text and the kind of tokens that were counted last."""
WRITING: Private[tuple[str, int, str, int]] = STATE.private("writing", ("", 0, "", 0))
"""What wrote the text that is shown: the model, the seed, the beginning, and how many tokens."""
COPY: Private[int | None] = STATE.private("copy", None)
"""Which of the written tokens was clicked."""
PANEL = panel_state(STATE)
