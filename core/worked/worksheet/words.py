"""The phrases of a worksheet, in English and marked for translation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields

from core.wording import N_
from core.worked.arithmetic import SMALLER_TERMS
from core.worked.stages import StageName
from core.worked.trace import NOTHING_VISIBLE, ZERO_ROW


@dataclass(frozen=True)
class WorksheetWords:
    """What stands on the page besides numbers and the learner's tokens. ``{…}`` are places to fill."""

    title: str = N_("Attention on paper")
    solution_title: str = N_("Attention on paper: the solution")
    task: str = N_("Fill in the empty boxes, from the top to the bottom.")
    rounding: str = N_(
        "Numbers are rounded to {decimals} decimals. If you go on with rounded numbers, your last digit "
        "may differ from the solution's."
    )
    filled: str = N_("Bold numbers are those of the boxes.")
    masked: str = N_("Hidden cells are −∞: a token may not look there.")
    given: str = N_("What is given")
    q: str = N_("Queries: what each token looks for")
    k: str = N_("Keys: what each token offers")
    v: str = N_("Values: what each token hands over")
    scores: str = N_("Scores: each query times each key")
    scaled: str = N_("Scores, divided by √dₖ")
    undivided: str = N_("Scores, not divided here")
    mask: str = N_("Hidden keys get −∞")
    exp: str = N_("Exponentials, and the sum of each row")
    softmax: str = N_("Weights: each exponential divided by its row's sum")
    output: str = N_("Output: each value times its weight, added up")
    sums: str = N_("sum")
    working: str = N_("Space for working")
    worked: str = N_("The row of “{token}” in full")
    visible: str = N_("visible")
    hidden: str = N_("hidden")
    nothing: str = NOTHING_VISIBLE
    smaller: str = SMALLER_TERMS
    zero_row: str = ZERO_ROW

    def translated(self, translate: Callable[[str], str]) -> WorksheetWords:
        """Every phrase through ``translate``."""
        return WorksheetWords(*(translate(getattr(self, field.name)) for field in fields(self)))

    def heading(self, stage: StageName, divided: bool) -> str:
        """The stage in words."""
        text: str = self.undivided if stage == "scaled" and not divided else getattr(self, stage)
        return text

    def when(self, word: str) -> str:
        """The word of a formula's case."""
        return {"visible": self.visible, "hidden": self.hidden}[word]
