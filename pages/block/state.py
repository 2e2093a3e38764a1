"""What can be chosen in the lesson on the block."""

from __future__ import annotations

from core.errors import LearnerError
from core.spec.families.gpt import GPTSpec
from core.spec.run import RunSpec
from core.store.store import Store
from core.worked.budget import Plan, plan_of
from pages.parts.frame.services import STARTERS_FOLDER, shipped
from pages.parts.frame.state import State

MOST_TOKENS = 40
"""Tokens of a sentence that can be followed."""
WIDTHS = (16, 32, 48, 64, 80, 96, 128, 192, 256, 384, 512, 768, 1024, 1600, 2048, 4096)
HEAD_COUNTS = (1, 2, 4, 5, 8, 12, 16, 25, 32)
CONTEXTS = (16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 32768, 131072)
MOST_LAYERS, MOST_VOCABULARY = 48, 200_000


def shipped_plan() -> Plan:
    """The GPT that ships with the course."""
    spec = shipped("gpt")
    assert isinstance(spec.model, GPTSpec)
    return plan_of(spec.model, _vocabulary(spec))


def _vocabulary(spec: RunSpec) -> int:
    """As many tokens as its tokenizer has, or, if that cannot be read, as many as it was given."""
    folder = Store(STARTERS_FOLDER, read_only=True).find(spec.id)
    try:
        return folder.tokenizer().vocabulary_size if folder else spec.tokenizer.vocabulary
    except LearnerError:
        return spec.tokenizer.vocabulary


_MODEL = shipped("gpt").model
assert isinstance(_MODEL, GPTSpec)
_PLAN = shipped_plan()

STATE = State("block")

TEXT = STATE.text("text", "One morning Mia lost her ball in the park. Tom heard her", most=400)
TOKEN = STATE.choice("token", range(1, MOST_TOKENS + 1), first=6)
"""Counted from 1."""

VECTOR = STATE.text("vector", "4, -1, 2, 3", most=80)
GAMMA = STATE.text("gamma", "1", most=80)
BETA = STATE.text("beta", "0", most=80)
NUMBER = STATE.choice("number", range(1, 7), first=1)
"""Counted from 1."""
DRAWN = STATE.private("drawn", 0)

NEURON_LAYER = STATE.choice("neuron_layer", range(_MODEL.layers), first=1)
NEURON = STATE.whole("neuron", 0, 4 * _MODEL.width - 1, first=71)

# At first the sizes of the model that ships.
WIDTH = STATE.choice("width", WIDTHS, first=_PLAN.width)
LAYERS = STATE.whole("layers", 1, MOST_LAYERS, first=_PLAN.layers)
TIED = STATE.switch("tied", first=_PLAN.tied)
CONTEXT = STATE.choice("context", CONTEXTS, first=_PLAN.context)
HEADS = STATE.choice("heads", HEAD_COUNTS, first=_PLAN.heads)
VOCABULARY = STATE.whole("vocabulary", 2, MOST_VOCABULARY, first=_PLAN.vocabulary)
WAVES = STATE.switch("waves", first=not _PLAN.learned_positions)
