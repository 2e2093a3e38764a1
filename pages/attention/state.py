"""What can be chosen in the lesson on attention."""

from __future__ import annotations

from core.errors import LearnerError
from core.worked.masking import WAYS
from lessons.attention.examples import EXAMPLES, example
from lessons.attention.printed import PRINTED, WRITTEN, Printed, Written
from pages.attention.attending import MASKS, Mask
from pages.attention.sheet.history import History
from pages.attention.sheet.sheet import MOST_TOKENS, Sheet
from pages.parts.frame.alone import alone_state
from pages.parts.frame.state import Private, State
from pages.parts.widgets.chain.state import chain_state

_EXAMPLES = tuple(given.slug for given in EXAMPLES)
_ENTRIES: tuple[Printed | Written, ...] = (*PRINTED, *WRITTEN)
_PRINTED = tuple(entry.slug for entry in _ENTRIES)

STATE = State("attention")
ALONE = alone_state(STATE, ("bench",))

ASKS = STATE.choice("asks", example("sentence").tokens, first="her")
SCORES = STATE.switch("scores")

EXAMPLE = STATE.choice("example", _EXAMPLES, first=_EXAMPLES[0])
MASK = STATE.choice("mask", MASKS, first=MASKS[0])
"""At first the example's own."""
DIVIDE = STATE.switch("divide", first=True)
PADDING = STATE.choice("padding", range(1, MOST_TOKENS + 1), first=1)
"""How many tokens are padding; at first two, if there are two."""
IN_FRONT = STATE.switch("in_front")
ASKERS = STATE.several("askers", range(MOST_TOKENS), first=())
"""The places of the tokens that ask; at first the first one or two."""
MATRICES = STATE.spelled("matrices", "", read=str)
"""What was typed over the example, in the word of ``sheet/link.py``."""
CHAIN = chain_state(STATE)
HISTORIES: Private[dict[str, History[Sheet]] | None] = STATE.private("histories", None)
"""What was done to the matrices of each example."""
READ = STATE.private("read", -1)
"""The arrival at the page whose matrices have been read from the address."""
REFUSED: Private[LearnerError | None] = STATE.private("refused", None)
"""Why the last change of the matrices could not be made."""

WAY = STATE.choice("way", WAYS, first="score_zero")

PRINTED_ENTRY = STATE.choice("printed", _PRINTED, first=PRINTED[0].slug)
PRINTED_OPENED = STATE.private("printed_opened", "")
"""The entry whose repaired example was opened on the bench."""

HEAD_RUN = STATE.choice("head_run", None, first="")
"""At first the run that ships."""
HEAD_LAYER = STATE.choice("head_layer", None, first=0)
HEAD_NUMBER = STATE.choice("head_number", None, first=0)
HEAD_TEXT = STATE.text(
    "head_text", "One morning Mia lost her ball in the park. Tom heard her", most=2000
)
HEAD_CHAIN = chain_state(STATE, "head")


def choose_example(slug: str) -> None:
    """Put an example on the bench; it begins with its own mask."""
    if EXAMPLE.value != slug:
        EXAMPLE.set(slug)
        MASK.forget()


def mask_of(slug: str) -> Mask:
    """An example that needs no mask begins without one."""
    return "causal" if example(slug).causal else "none"
