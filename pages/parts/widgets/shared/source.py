"""Where a picture's numbers come from: a word or two beside its caption, and the details when asked.

Every picture says it, so ``source`` is asked for by every widget that draws one. The words are few and
the same on every page; what tells this picture's numbers from others' (which run, seed, step, head or
text) is in the details, shown on hover, on focus and on a tap.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

import streamlit as st

from core.wording import N_
from pages.parts.frame.escaped import literal
from pages.parts.frame.language import _, in_a_row

Kind = Literal[
    "run", "shipped", "measured", "counted", "drawn", "chosen", "numbers", "formula", "article",
    "others", "diagram", "none",
]  # fmt: skip
KINDS: tuple[Kind, ...] = get_args(Kind)

WORDS: Mapping[Kind, str] = {
    "run": N_("this run"),
    "shipped": N_("the course's model"),
    "measured": N_("measured here"),
    "counted": N_("counted"),
    "drawn": N_("drawn example"),
    "chosen": N_("made-up example"),
    "numbers": N_("your numbers"),
    "formula": N_("by formula"),
    "article": N_("from an article"),
    "others": N_("trained by others"),
    "diagram": N_("diagram"),
    "none": N_("no numbers yet"),
}
"""A run that the learner chose; the one that ships; what runs trained on this server gave; counts of a
text; numbers drawn at random; numbers that the lesson's author made up; what the learner typed or set;
what follows from a formula alone; what an article prints; a model that
others have trained; no numbers at all; none so far."""


@dataclass(frozen=True)
class Source:
    """``details`` are sentences in the learner's language; ``own_text`` where the learner wrote the text
    that the numbers are about."""

    kind: Kind
    details: tuple[str, ...]
    own_text: bool = False

    @property
    def words(self) -> str:
        """What is always in sight."""
        words = _(WORDS[self.kind])
        return _("{source}, your text").format(source=words) if self.own_text else words

    @property
    def told(self) -> str:
        """Words and details in one line, where nothing can be pointed at."""
        line = _("Where the numbers come from: {source}.").format(source=self.words)
        return in_a_row([line, *self.details])

    def packed(self) -> dict[str, str]:
        """What a widget needs that shows it by itself (``source.js``)."""
        return {
            "words": self.words,
            "details": "\n".join(self.details),
            "label": _("Where the numbers come from"),
        }


def show_caption(caption: str, source: Source) -> None:
    """The caption under a picture, in which a learner's tokens may stand, and at its end the source."""
    tag = f":gray-badge[{literal(source.words)}]"
    st.caption(f"{literal(caption)} {tag}", help=literal("  \n".join(source.details)) or None)
