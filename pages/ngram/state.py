"""What can be chosen in the N-gram lesson."""

from __future__ import annotations

from core.wording import N_
from pages.ngram.counted import ORDERS
from pages.parts.frame.state import Private, State
from pages.parts.training.state import CORPUS_NAMES, panel_state

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
CORPUS = STATE.choice("corpus", tuple(CORPUS_NAMES), first="tales")
K = STATE.decimal("k", 0.01, 2.0, first=0.1, step=0.01)
DISCOUNT = STATE.decimal("discount", 0.05, 0.95, first=0.75, step=0.05)
LAMBDA = STATE.decimal("lambda", 0.05, 0.95, first=0.5, step=0.05)
CUTOFF = STATE.whole("cutoff", 2, 10, first=5)
ESTIMATED = STATE.switch("estimated")
"""Whether the discount D and the weight λ are estimated from the counts instead of chosen."""
CONTEXT = STATE.text("context", "The cards close to the tree", most=2000)
TOKEN = STATE.choice("token", None, first=0, linked=False)
"""The token that is taken apart; at first the most probable one."""
TOKEN_ASKED = STATE.private("token_asked", ("", ""))
"""The text and the context for which it was chosen."""
PAIR: Private[tuple[int, int] | None] = STATE.private("pair", None)
"""Row and column of the pair that was clicked in the table of counts; none at first."""
WRITING_SEED = STATE.private("writing_seed", 1)
PANEL = panel_state(STATE)
