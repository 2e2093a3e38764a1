"""Token ids as one-hot vectors: each as far from each other as any, and a product with them is a row."""

from __future__ import annotations

import math

import numpy as np
import streamlit as st

from core.figures import heatmap
from pages.parts.exercises.box import after_bet
from pages.parts.frame.escaped import code
from pages.parts.frame.labels import labels_of
from pages.parts.frame.language import _
from pages.parts.frame.state import fragment
from pages.parts.frame.theme import theme
from pages.parts.widgets.arithmetic import unbroken
from pages.parts.widgets.plot import plot
from pages.parts.widgets.shared.source import Source
from pages.tokens.state import FIRST_WORD, SECOND_WORD
from pages.tokens.state import ONE_HOT_WORDS as WORDS

SLUG, BET = "tokens", "bet_kitten"
TABLE = np.array(
    [[0.9, 0.1], [0.8, 0.2], [0.7, 0.3], [0.1, 0.9], [-0.4, 0.1], [0.0, -0.6]], dtype=np.float64
)
"""A made-up table with a row of two numbers for each word."""


@fragment
def show_one_hot() -> None:
    """The vectors of six words; after the bet, the distance of two of them."""
    vectors = np.eye(len(WORDS))
    labels = {
        **labels_of(heatmap.LABELS),
        "rows": _("word"),
        "columns": _("place"),
        "value": _("number"),
        "row": _("word"),
        "column": _("place"),
    }
    places = [f"{place}" for place in range(len(WORDS))]
    plot(
        heatmap.annotated_heatmap(
            vectors,
            WORDS,
            places,
            theme(),
            labels=labels,
        ),
        key="tokens_one_hot",
        height=330,
        caption=_("Six words as one-hot vectors: a row for each word, with a single 1 at its id."),
        source=Source("chosen", (_("A vocabulary of six words, chosen for this page."),)),
        table=heatmap.heatmap_table(vectors, WORDS, places, labels=labels),
    )
    after_bet(SLUG, BET, _distance)()


def _distance() -> None:
    left, right = st.columns(2)
    with left:
        first = FIRST_WORD.draw(st.selectbox, _("One word"))
    with right:
        second = SECOND_WORD.draw(st.selectbox, _("Another word"))
    a, b = np.eye(len(WORDS))[[WORDS.index(first), WORDS.index(second)]]
    apart = int(((a - b) ** 2).sum())
    squares = " + ".join(f"({x:.0f} - {y:.0f})^2" for x, y in zip(a, b, strict=True))
    st.markdown(rf"${squares} = {apart}$, $\sqrt{{{apart}}} = {math.sqrt(apart):.3g}$")
    products = " + ".join(rf"{x:.0f} \cdot {y:.0f}" for x, y in zip(a, b, strict=True))
    st.markdown(f"${unbroken(f'{products} = {a @ b:.0f}')}$")
    st.markdown(
        _(
            "A word is at distance 0 from itself, and its product with itself is 1: that is all there is."
        )
        if first == second
        else _(
            "{first} and {second} are √2 apart, and multiplied place by place they add up to 0: so do any "
            "two different words."
        ).format(first=code(first), second=code(second))
    )
    _row(first)


def _row(word: str) -> None:
    """A one-hot vector times a table is a row of it."""
    place = WORDS.index(word)
    terms = " + ".join(
        rf"{int(at == place)} \cdot {_bracketed(TABLE[at, 0])}" for at in range(len(WORDS))
    )
    st.markdown(
        _(
            "Multiplied with a table of one row for each word, the vector of {word} picks its row. "
            "First column:"
        ).format(word=code(word))
    )
    st.markdown(f"${unbroken(f'{terms} = {TABLE[place, 0]:g}')}$")
    st.caption(
        _(
            "So nobody multiplies: the id says which row to take. The numbers of this table are made up; a "
            "model learns its own."
        )
    )


def _bracketed(value: float) -> str:
    return f"({value:g})" if value < 0 else f"{value:g}"
