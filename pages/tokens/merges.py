"""Byte-pair encoding learns, merge by merge: the film of what the ``tokenizers`` library did."""

from __future__ import annotations

from unicodedata import bidirectional

import streamlit as st

from core.text.bpe import shown_bytes
from core.text.pieces import encodable
from core.worked.merges import Learned, Stepper, learn
from lessons.tokens.samples import MERGED
from pages.parts.frame.language import _
from pages.parts.frame.state import fragment
from pages.parts.training.own_text import when_deleted
from pages.parts.widgets.merge_player import Film, Frame, merge_player
from pages.parts.widgets.shared.source import Source
from pages.tokens.cut import stories
from pages.tokens.state import MERGED_TEXT, MERGED_TEXTS, MOST_MERGES, STEP, TEXT

BARS = 8
DRAWN_BYTES = 700
LONGEST = 100_000


@fragment
def show_merges() -> None:
    """Which text, and its merges to step through."""
    name = MERGED_TEXT.draw(
        st.pills,
        _("Learn from"),
        words=lambda option: _(MERGED_TEXTS[option]),
        on_change=STEP.forget,
    )
    text = merged_text(name)
    if not text.strip():
        st.info(_("There is no text yet: type one at the top of the lesson, or choose another."))
        return
    film = film_of(text)
    step = STEP.clamped(0, max(len(film.merges), 1))
    merge_player(
        film,
        key="tokens_merges",
        step=min(step.settle(), len(film.merges)),
        on_step=step.set,
        caption=_(
            "Left: the most frequent pairs of neighbours; click one to see where it stands. Right: the text; "
            "what was merged last is filled."
        ),
        source=Source(
            "counted",
            (
                _(
                    "The merges are those of the tokenizers library, trained on this text; the counts are "
                    "our own, at each step."
                ),
            ),
            own_text=name == "yours" and TEXT.value != TEXT.first,
        ),
    )


def merged_text(name: str) -> str:
    """The text that is chosen under this name."""
    match name:
        case "yours":
            return encodable(TEXT.value)
        case "tales":
            return stories()[:LONGEST]
        case _:
            return MERGED


@st.cache_resource(max_entries=8, show_spinner=False)
def film_of(text: str) -> Film:
    """At most MOST_MERGES merges of the text, with how it stands before, between and after them."""
    learned = learn(text, MOST_MERGES)
    drawn = _drawn(learned)
    return Film(
        tokens=[shown_bytes(content) for content in learned.tokens],
        pieces=drawn,
        merges=learned.merges,
        frames=frames(learned),
        whole=len(drawn) == len(learned.pieces),
        right_to_left=_right_to_left(text),
    )


def frames(learned: Learned) -> list[Frame]:
    """How the text stands after each number of merges."""
    stepper = Stepper(learned)
    found = []
    for step in range(len(learned.merges) + 1):
        stepper.go(step)
        top = stepper.top(BARS)
        found.append(
            Frame(
                [(count.pair, count.times) for count in top],
                stepper.equally(top[0].times) if top else 0,
                stepper.tokens,
            )
        )
    return found


def _drawn(learned: Learned) -> list[tuple[int, ...]]:
    """The first words, as many as there is room for."""
    found: list[tuple[int, ...]] = []
    room = DRAWN_BYTES
    for piece in learned.pieces:
        room -= len(piece)
        if found and room < 0:
            break
        found.append(piece)
    return found


def _right_to_left(text: str) -> bool:
    kinds = (bidirectional(sign) for sign in text)
    return next((kind for kind in kinds if kind in ("L", "R", "AL")), "L") != "L"


when_deleted(film_of.clear)
