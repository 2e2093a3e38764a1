"""How often each word stands in the learner's sentence."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from core.errors import LearnerError
from core.figures import next_token
from pages.compare.state import SENTENCE
from pages.parts.frame.labels import labels_of
from pages.parts.frame.language import _, worded
from pages.parts.frame.theme import theme
from pages.parts.widgets.plot import plot
from pages.parts.widgets.shared.source import Source

BARS = 6


def show_shares() -> None:
    """A sentence to type, and a bar for each of its commonest words."""
    sentence = SENTENCE.box(_("A sentence to count"))
    try:
        counted = shares(sentence)
    except LearnerError as error:
        st.warning(worded(error))
        return
    plot(
        next_token.next_token_bars(
            [word for word, _share in counted[:BARS]],
            [share for _word, share in counted[:BARS]],
            theme(),
            labels=labels_of(next_token.LABELS),
        ),
        key="compare_shares",
        height=260,
        caption=_("How often each word stands in the sentence, the commonest first."),
        source=Source("counted", (), own_text=sentence != SENTENCE.first),
        table=((_("word"), _("probability")), counted),
    )


def shares(sentence: str) -> list[tuple[str, float]]:
    """Each word with its share of the sentence, the commonest first.

    Raises LearnerError if there is no word.
    """
    words = sentence.split()
    if not words:
        raise LearnerError("Type at least one word.")
    return [(word, count / len(words)) for word, count in Counter(words).most_common()]
