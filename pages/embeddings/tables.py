"""The words of a run with their vectors, and which kind of word each one is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.errors import LearnerError
from core.spec.families.word_vectors import WordVectorsSpec
from core.spec.run import RunSpec
from core.store.further import shipped_runs
from core.store.view import RunView
from core.text.meaning.word_classes import CLASS_NAMES, word_classes
from core.text.tokenizers import Tokenizer
from core.wording import N_
from core.worked.vectors.plane import Plane, fit_plane
from core.worked.vectors.words import row_of
from pages.embeddings.state import KNOBS
from pages.parts.frame.language import _, language
from pages.parts.frame.state import Number, Text
from pages.parts.training.state import KnobsState

_COMMON = 80
"""So many of the commonest words are drawn of a text whose words nobody has sorted."""
_COMMON_NAME = N_("the commonest words")


@dataclass(frozen=True, eq=False)
class WordTable:
    """Words with their vectors [v d] at one step of a run; ``classes`` [v] names each one's class, if it has
    one."""

    words: tuple[str, ...]
    vectors: NDArray[np.float32]
    classes: tuple[str | None, ...]
    tokenizer: Tokenizer

    @property
    def groups(self) -> tuple[list[int], list[str]]:
        """For the cloud: the place of each word's group, −1 for none; and what the groups are called."""
        names = [name for name in CLASS_NAMES if name in self.classes]
        if not names:
            return [0 if 0 < row <= _COMMON else -1 for row in range(len(self.words))], [
                _(_COMMON_NAME)
            ]
        places = {name: place for place, name in enumerate(names)}
        return [-1 if one is None else places[one] for one in self.classes], [
            _(CLASS_NAMES[name]) for name in names
        ]

    def row(self, typed: str) -> int:
        """The row of a typed word. LearnerError, which names it and says a few words that there are, if it is
        none, or not of this vocabulary."""
        try:
            row = self._found(typed)
        except LearnerError:
            if len(typed.split()) != 1:
                raise
            row = None
        if row is None or not self.vectors[row].any():
            raise LearnerError(
                "The text has no “{word}”, so there is no vector for it. Try one of these: {others}.",
                word=typed.strip(),
                others=", ".join(self.examples(6)),
            )
        return row

    def _found(self, typed: str) -> int:
        """Where pieces of words are tokens, a word may be one token only behind a blank."""
        try:
            return row_of(self.tokenizer, typed)
        except LearnerError:
            tokens = self.tokenizer.encode(f" {typed.strip()}")
            if self.tokenizer.lossless and len(tokens) == 1 and typed.strip():
                return int(tokens[0])
            raise

    def knows(self, typed: str) -> bool:
        """Whether each of these words, with blanks or commas between them, has a vector."""
        try:
            return all(self.row(word) >= 0 for word in re.split(r"[\s,，、]+", typed.strip()))
        except LearnerError:
            return False

    def example_rows(self, count: int) -> list[int]:
        """The rows of a few words that there are: one of each class, else the commonest."""
        groups, names = self.groups
        seen: set[int] = set()
        found: dict[str, int] = {}
        for row, group in enumerate(groups):
            word = self.words[row].strip("␣")
            is_word = any(sign.isalnum() for sign in word) and self.vectors[row].any()
            if group >= 0 and group not in seen and word not in found and is_word:
                if len(names) > 1:
                    seen.add(group)
                found[word] = row
        return list(found.values())[:count]

    def examples(self, count: int) -> list[str]:
        """The same words, as they are typed."""
        return [self.words[row].strip("␣") for row in self.example_rows(count)]


def base() -> RunSpec:
    """Where the knobs begin: the run that ships, on stories in the learner's language."""
    return shipped_runs()["word_vectors_zh" if language() == "zh" else "word_vectors"]


def knobs_here() -> KnobsState:
    """The knobs, beginning at ``base``."""
    spec = base()
    assert isinstance(spec.model, WordVectorsSpec)
    window = KNOBS.model["window"]
    assert isinstance(window, Number)
    return replace(
        KNOBS,
        corpus=KNOBS.corpus.among(KNOBS.corpus.options or (), first=spec.corpus.name),
        model={
            **KNOBS.model,
            "window": window.within(window.least, window.most, spec.model.window),
        },
    )


def in_language(declared: Text, chinese: str) -> Text:
    """A choice of a word that begins with another one on the Chinese page."""
    return declared.beginning(chinese) if language() == "zh" else declared


def in_text(declared: Text, chinese: str, table: WordTable, places: Sequence[int] = (0,)) -> Text:
    """A choice of words that begins, where the text of a run has none of the first ones, with some that it
    has: those at these ``places`` among its examples."""
    begun = in_language(declared, chinese)
    if table.knows(begun.first):
        return begun
    examples = table.examples(max(places) + 1)
    words = dict.fromkeys(examples[place % len(examples)] for place in places) if examples else ()
    return begun.beginning(" ".join(words)[: declared.most])


def table_of(run: RunView | None, step: int | None = None) -> WordTable | None:
    """The words of a run at a step, or at its last full one; None where it has no vectors yet."""
    if run is None or not run.full:
        return None
    at = run.full[-1].step if step is None else step
    return _table(run.id, at, str(run.at(at)), run)


@st.cache_resource(max_entries=64, show_spinner=False)
def _table(run: str, step: int, written: str, _run: RunView) -> WordTable | None:
    """``written`` tells a step from the same one of a training that was repeated."""
    vectors = _run.arrays(step).get("vectors")
    if vectors is None:
        return None
    words, classes = _named(_run.tokenizer, _run.spec.corpus.name)
    return WordTable(words, vectors, classes, _run.tokenizer)


def plane_of(table: WordTable) -> Plane:
    """The axes on which most of the drawn words' differences lie."""
    groups, _names = table.groups
    rows = [row for row, group in enumerate(groups) if group >= 0 and table.vectors[row].any()]
    return fit_plane(table.vectors[rows or slice(None)], min(3, table.vectors.shape[1]))


def _named(tokenizer: Tokenizer, corpus: str) -> tuple[tuple[str, ...], tuple[str | None, ...]]:
    words = tuple(tokenizer.show(token) for token in range(tokenizer.vocabulary_size))
    known = word_classes(corpus)
    return words, tuple(known.get(word.strip("␣")) for word in words)
