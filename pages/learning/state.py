"""What can be chosen in the lesson on learning."""

from __future__ import annotations

from core.wording import N_
from core.worked.learning.activations import ACTIVATIONS
from core.worked.learning.optimizers import METHODS
from core.worked.learning.softmax import MOST
from pages.parts.frame.state import Choice, State

TOKENS = (
    *(N_("cat"), N_("dog"), N_("bird"), N_("fish")),
    *(N_("horse"), N_("mouse"), N_("frog"), N_("bee")),
)
"""What the four logits, or how many there are, belong to."""
TABLE_STEPS = (0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
TABLE_RATES = (5, 20, 50, 100, 200, 500)
ACTIVATION_NAMES = {
    "tanh": N_("tanh"),
    "sigmoid": N_("σ (sigmoid)"),
    "relu": N_("ReLU"),
    "gelu": N_("GELU"),
    "none": N_("no function"),
}
LANDSCAPES = {
    "layers": N_("two weights, one behind the other"),
    "table": N_("two logits of the table"),
}
METHOD_NAMES = {"sgd": N_("gradient descent"), "momentum": N_("momentum"), "adam": N_("Adam")}
_LAYERS_RATES = (0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 3.0, 4.0, 6.0)
RATES = {
    ("layers", "sgd"): (_LAYERS_RATES, 4.0),
    ("layers_walkers", "sgd"): (_LAYERS_RATES, 0.1),
    ("layers_walkers", "momentum"): ((0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0), 0.02),
    ("layers_walkers", "adam"): ((0.01, 0.03, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0), 0.2),
    ("table", "sgd"): ((1.0, 3.0, 10.0, 30.0, 100.0, 200.0, 500.0, 1000.0), 10.0),
    ("table", "momentum"): ((0.3, 1.0, 3.0, 10.0, 30.0, 100.0), 1.0),
    ("table", "adam"): ((0.03, 0.1, 0.3, 1.0, 3.0), 0.3),
}
"""By picture and method: the rates to choose from, and the one it begins with."""
CAREFUL_RATES = (0.5, 1.0, 2.0, 3.0, 4.0, 6.0)

STATE = State("learning")
LOGITS = STATE.text("logits", "2, 1, 0, -1", most=200)
TOKEN = STATE.whole("token", 0, MOST - 1, first=0)
"""Whose probability is written out."""
SLOPE_LOGITS = STATE.text("slope_logits", "2, 1, 0, -1", most=200)
CAME = STATE.choice("came", range(MOST), first=1)
"""The token that came."""
NUDGED = STATE.whole("nudged", 0, MOST - 1, first=1)
"""The logit that is nudged."""
NUDGE = STATE.choice("nudge", (1.0, 0.1, 0.01, 0.001), first=0.1)
STEP_RATE = STATE.decimal("step_rate", 0.1, 4.0, first=1.0, step=0.1)

TEXT = STATE.choice("text", ("tales", "own"), first="tales")
OWN = STATE.text("own", "", most=2500)
TABLE_RATE = STATE.choice("table_rate", TABLE_RATES, first=50)
TABLE_STEP = STATE.choice("table_step", TABLE_STEPS, first=0)
ROW = STATE.choice("row", None, first="")
"""The character before, whose row is shown; the commonest one at first."""

INPUTS = STATE.text("inputs", "1, -0.5", most=60)
WEIGHTS = STATE.text("weights", "0.5, -0.4, 0.3, 0.8, 0.6, -0.7, -0.2, 0.9", most=200)
ACTIVATION = STATE.choice("activation", ACTIVATIONS, first="tanh")
TRUTH = STATE.choice("truth", (1, 2), first=2)
GRAPH_RATE = STATE.decimal("graph_rate", 0.1, 4.0, first=0.5, step=0.1)
GRAPH_STEP = STATE.whole("graph_step", 0, 30, first=0)

LANDSCAPE = STATE.choice("landscape", tuple(LANDSCAPES), first="table")
WALKERS = STATE.several("walkers", METHODS, first=METHODS)
WALK_RATES: dict[tuple[str, str], Choice[float]] = {
    (land, method): STATE.choice(f"rate_{land}_{method}", options, first=first)
    for (land, method), (options, first) in RATES.items()
}
SOLID = STATE.switch("solid")
CAREFUL_RATE = STATE.choice("careful_rate", CAREFUL_RATES, first=4.0)
WARM = STATE.switch("warm", True)
CLIPPED = STATE.switch("clipped")

POLLED = STATE.choice("polled", (0, 200), first=0)
"""How many steps the table had been trained when it is polled."""
CURVE = STATE.choice("curve", ACTIVATIONS, first="tanh")
AT = STATE.decimal("at", -4.0, 4.0, first=1.0, step=0.1)
DEEP_ACTIVATION = STATE.choice("deep_activation", ACTIVATIONS, first="sigmoid")
DEEP_SIZE = STATE.decimal("deep_size", 0.5, 3.0, first=1.0, step=0.1)
