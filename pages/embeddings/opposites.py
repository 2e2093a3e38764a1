"""A text of words and their opposites, counted: how near each word's like and its opposite are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.figures.bars import likeness
from core.spec.text import TokenizerSpec
from core.text.meaning.opposites import Opposites, opposites
from core.text.tokenizers import Tokenizer, train_tokenizer
from core.worked.vectors.cooccurrence import counted_vectors
from core.worked.vectors.cosine import cosines
from core.worked.vectors.neighbours import nearest
from core.worked.vectors.words import row_of
from pages.embeddings.state import SCALE
from pages.parts.exercises.box import after_bet
from pages.parts.frame.labels import labels_of
from pages.parts.frame.language import _, language
from pages.parts.frame.state import fragment
from pages.parts.frame.theme import theme
from pages.parts.widgets.plot import plot
from pages.parts.widgets.shared.source import Source

SLUG, BET = "embeddings", "bet_antonyms"
SENTENCES, WINDOW, WIDTH, SEED = 6000, 2, 16, 1
ALIKE = 0.05
"""Cosines that differ by less are about the same."""


@dataclass(frozen=True, eq=False)
class Counted:
    """The text with what means what, its tokenizer, and a vector for each word [v d]."""

    told: Opposites
    tokenizer: Tokenizer
    vectors: NDArray[np.float64]

    def cosine(self, one: str, other: str) -> float:
        rows = (row_of(self.tokenizer, one), row_of(self.tokenizer, other))
        return float(cosines(self.vectors[[rows[1]]], self.vectors[rows[0]])[0])

    @property
    def means(self) -> tuple[float, float]:
        """The mean cosine of words of the same and of the opposite meaning."""
        same, opposite = (
            float(np.mean([self.cosine(*pair) for pair in pairs]))
            for pairs in (self.told.synonyms, self.told.antonyms)
        )
        return same, opposite


@st.cache_resource(max_entries=2, show_spinner=False)
def counted(tongue: str) -> Counted:
    """Counted once for each language."""
    told = opposites(SENTENCES, SEED, "zh" if tongue == "zh" else "en")
    tokenizer = train_tokenizer(TokenizerSpec(kind="bare", vocabulary=1000), told.text)
    found = counted_vectors(tokenizer.encode(told.text), tokenizer.vocabulary_size, WINDOW, WIDTH)
    return Counted(told, tokenizer, found.vectors)


def show_antonyms() -> None:
    """Some sentences of the text; after the bet, one word with its like and its opposites."""
    text = counted(language())
    breaks = "。" if language() == "zh" else ". "
    sentences = text.told.text.split(breaks)[:3]
    st.markdown("\n".join(f"> {one.strip()}{breaks.strip()}\n>" for one in sentences))
    after_bet(SLUG, BET, _show_words)()


def truth_antonyms() -> str:
    """Which are nearer: synonyms, antonyms or same."""
    same, opposite = counted(language()).means
    if abs(same - opposite) < ALIKE:
        return "same"
    return "synonyms" if same > opposite else "antonyms"


@fragment
def _show_words() -> None:
    text = counted(language())
    words = [word for pair in text.told.synonyms for word in pair]
    chosen = SCALE.among(words, first=words[10]).draw(st.selectbox, _("A word"), width=260)
    same = {other for pair in text.told.synonyms for other in pair if chosen in pair} - {chosen}
    opposite = {other for pair in text.told.antonyms for other in pair if chosen in pair} - {chosen}
    listed = sorted([*same, *opposite], key=lambda other: text.cosine(chosen, other), reverse=True)
    names = [
        _("{word}, the same").format(word=word)
        if word in same
        else _("{word}, the opposite").format(word=word)
        for word in listed
    ]
    values = [text.cosine(chosen, word) for word in listed]
    marked = {place for place, word in enumerate(listed) if word in opposite}
    labels = {**labels_of(likeness.LABELS), "marked": _("opposite")}
    plot(
        likeness.likeness_bars(names, values, theme(), marked=marked, labels=labels),
        key="embeddings_opposites",
        height=200,
        caption=_(
            "The cosine of {word} with its like and with its opposites, which are pale."
        ).format(word=chosen),
        source=Source(
            "counted",
            (
                _(
                    "{count:,} sentences made for this page, counted with a window of {window} and "
                    "pressed into {d} columns."
                ).format(count=SENTENCES, window=WINDOW, d=WIDTH),
            ),
        ),
        table=likeness.likeness_table(names, values, labels=labels),
    )
    means = text.means
    opposites_first = sum(_nearest(text, word, words) in _of(text, word) for word in words)
    st.markdown(
        _(
            "Over all words: the mean cosine of two that mean the same is **{same:.2f}**, of two "
            "opposites **{opposite:.2f}**. For {count} of {all} words the nearest one is an opposite."
        ).format(same=means[0], opposite=means[1], count=opposites_first, all=len(words))
    )


def _nearest(text: Counted, word: str, words: list[str]) -> str:
    row = row_of(text.tokenizer, word)
    known = {row_of(text.tokenizer, other): other for other in words}
    found = nearest(text.vectors, text.vectors[row], len(text.vectors), without=[row])
    return next(known[int(one)] for one in found.rows if int(one) in known)


def _of(text: Counted, word: str) -> set[str]:
    return {other for pair in text.told.antonyms for other in pair if word in pair} - {word}
