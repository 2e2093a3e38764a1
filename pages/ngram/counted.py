"""What the N-gram lesson counts: a text, its tokens, the model fitted to them, and what follows.

An N-gram is small enough for NumPy, so it is counted here in the web process, once for each choice.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.errors import LearnerError
from core.models.ngram import NGramModel
from core.models.ngram_tables import GramCounts, Ids
from core.protocol import Tokens
from core.spec.families.ngram import NGramSpec
from core.spec.run import RunSpec
from core.text.corpora import load_corpus, split
from core.text.material import Material, prepare
from core.text.tokenizers import Tokenizer
from pages.parts.frame.language import _
from pages.parts.training.own_text import when_deleted
from pages.parts.training.state import CORPUS_NAMES
from pages.parts.widgets.shared.source import Source

ORDERS = (1, 2, 3, 4, 5, 6, 7, 8)
MEASURED = 20_000
"""Tokens of each part of the text that a loss is measured on."""
_AROUND = 9
"""Tokens shown on either side of an n-gram in the text."""


@dataclass(frozen=True)
class Counted:
    """The learner's choices and what came of them."""

    spec: RunSpec
    own_text: str | None
    tokenizer: Tokenizer
    training: Tokens
    validation: Tokens
    model: NGramModel
    text: str
    """What was counted, as it was written."""
    starts: Tokens
    """Where each token of ``training`` begins in ``text``, and the text's end, [t + 1]."""

    @property
    def choices(self) -> NGramSpec:
        model = self.spec.model
        assert isinstance(model, NGramSpec)
        return model


def count(spec: RunSpec, own_text: str | None) -> Counted:
    """Everything that follows from a specification; remembered for the last few."""
    if own_text is None:
        return _count(spec.canonical_json(), spec, None)
    return _count_own(spec.canonical_json(), spec, own_text)


def source_of(counted: Counted, *more: str) -> Source:
    """Where numbers come from that were counted in this text."""
    said = _("Counted in “{text}”: {tokens} tokens.").format(
        text=_(CORPUS_NAMES[counted.spec.corpus.name]), tokens=f"{len(counted.training):,}"
    )
    return Source("counted", (said, *more), own_text=counted.own_text is not None)


def losses_by_order(counted: Counted) -> tuple[tuple[float, float], ...]:
    """Loss on the text it has counted and on new text, in nats per token, for each of ORDERS."""
    choices = counted.choices.model_copy(update={"order": ORDERS[-1]})
    key = counted.spec.model_copy(update={"model": choices}).canonical_json()
    return _losses(key, counted, choices)


def most_frequent(counted: Counted, count_: int) -> list[int]:
    """The ids of the most frequent tokens, the most frequent first; remembered."""
    return _most_frequent(counted.spec.canonical_json(), count_, counted)


def pairs_among(counted: Counted, tokens: list[int]) -> NDArray[np.int64]:
    """How often each of ``tokens`` (rows) was followed by each of them (columns), [n n]; remembered."""
    return _pairs_among(counted.spec.canonical_json(), tuple(tokens), counted)


def lines_around(counted: Counted, gram: list[int], most: int = 5) -> list[str]:
    """Stretches of the text in which the gram stands, the gram itself between ⟦ and ⟧; remembered."""
    return _lines_around(counted.spec.canonical_json(), tuple(gram), most, counted)


def marked(stretch: str) -> str:
    """A stretch of text between ⟦ and ⟧, its outer spaces outside; one of line breaks alone as ⏎."""
    inner = stretch.strip()
    if not inner:
        return f" ⟦{stretch.replace(chr(10), '⏎')}⟧ "
    before, after = stretch.split(inner, 1)
    return f"{before}⟦{inner}⟧{after}"


def first_impossibles(counted: Counted) -> tuple[int | None, ...]:
    """For each of ORDERS where in the held-out text the first token stands that was never to come there; None
    if none does; remembered."""
    choices = counted.choices.model_copy(update={"order": ORDERS[-1]})
    key = counted.spec.model_copy(update={"model": choices}).canonical_json()
    return _first_impossibles(key, counted, choices)


def unseen_shares(counted: Counted) -> tuple[float | None, ...]:
    """For each of ORDERS the share of the held-out text's n-grams that were never counted; None where it has
    no n-gram so long; remembered."""
    return _unseen_shares(_text_of(counted.spec), counted)


def measured(counted: Counted) -> tuple[list[Ids], list[Ids]]:
    """The first MEASURED tokens of the counted and of the held-out text, as places among the counts, for all
    ORDERS; remembered. Models of any order and smoothing ask for log-probabilities at them."""
    return _measured(_text_of(counted.spec), counted)


_Text = tuple[Material, GramCounts, str, Tokens]
"""A text's tokens, their counts, the part of it that is counted, and where its tokens begin."""


def _text_of(spec: RunSpec) -> str:
    """The text and its tokens, without what is counted in it."""
    return spec.corpus.model_dump_json() + spec.tokenizer.model_dump_json()


def _fit(spec: RunSpec, own_text: str | None) -> Counted:
    assert isinstance(spec.model, NGramSpec)
    key = _text_of(spec)
    material, grams, text, starts = (
        _read(key, spec, None) if own_text is None else _read_own(key, spec, own_text)
    )
    return Counted(
        spec,
        own_text,
        material.tokenizer,
        material.training,
        material.validation,
        NGramModel(grams, spec.model),
        text,
        starts,
    )


def _read_text(spec: RunSpec, own_text: str | None) -> _Text:
    """What every N-gram of one text shares."""
    material = prepare(spec, own_text)
    text, _held_out = split(load_corpus(spec.corpus, own_text).text)
    starts = [*(start for start, _end in material.tokenizer.spans(text)), len(text)]
    grams = GramCounts(material.training, material.tokenizer.vocabulary_size)
    return material, grams, text, np.array(starts)


# The counts of a megabyte take 50 MB and more. Of learners' texts only the last few are remembered, for all
# of them together; those of the course's own texts are asked for again and again.


@st.cache_resource(max_entries=24, show_spinner=False)
def _count(key: str, _spec: RunSpec, _own_text: None) -> Counted:
    return _fit(_spec, _own_text)


@st.cache_resource(max_entries=6, show_spinner=False)
def _read(key: str, _spec: RunSpec, _own_text: None) -> _Text:
    return _read_text(_spec, _own_text)


@st.cache_resource(max_entries=2, show_spinner=False)
def _count_own(key: str, _spec: RunSpec, _own_text: str) -> Counted:
    return _fit(_spec, _own_text)


@st.cache_resource(max_entries=2, show_spinner=False)
def _read_own(key: str, _spec: RunSpec, _own_text: str) -> _Text:
    return _read_text(_spec, _own_text)


@st.cache_data(max_entries=32, show_spinner=False)
def _losses(key: str, _counted: Counted, _choices: NGramSpec) -> tuple[tuple[float, float], ...]:
    def loss(model: NGramModel, places: list[Ids]) -> float:
        return 0.0 - float(model.log_probabilities_at(places).mean())

    counted, held_out = measured(_counted)
    if len(counted[0]) < 2 or not held_out or len(held_out[0]) < 2:
        raise LearnerError("The text is too short to measure: give at least two tokens.")
    models = NGramModel.of_each_order(_counted.model.grams, _choices)
    return tuple((loss(model, counted), loss(model, held_out)) for model in models)


@st.cache_resource(max_entries=4, show_spinner=False)
def _measured(text: str, _counted: Counted) -> tuple[list[Ids], list[Ids]]:
    places = _counted.model.grams.places
    counted, held_out = _counted.training[:MEASURED], _counted.validation[:MEASURED]
    return places(counted, ORDERS[-1]), places(held_out, ORDERS[-1])


@st.cache_data(max_entries=64, show_spinner=False)
def _most_frequent(key: str, count_: int, _counted: Counted) -> list[int]:
    counts = np.bincount(_counted.training, minlength=_counted.model.vocabulary_size)
    return [int(i) for i in np.argsort(-counts, kind="stable")[:count_] if counts[i]]


@st.cache_data(max_entries=64, show_spinner=False)
def _pairs_among(key: str, tokens: tuple[int, ...], _counted: Counted) -> NDArray[np.int64]:
    first, second = _counted.training[:-1], _counted.training[1:]
    size = _counted.model.vocabulary_size
    after = [np.bincount(second[first == token], minlength=size) for token in tokens]
    return np.array([row[list(tokens)] for row in after])


@st.cache_data(max_entries=256, show_spinner=False)
def _lines_around(key: str, gram: tuple[int, ...], most: int, _counted: Counted) -> list[str]:
    found = []
    for place in _counted.model.occurrences(np.asarray(gram, dtype=np.int64), most):
        first, after = int(place), int(place) + len(gram)
        last = min(after + _AROUND, len(_counted.training))
        edges = [int(_counted.starts[at]) for at in (max(0, first - _AROUND), first, after, last)]
        left, middle, right = (_counted.text[a:b] for a, b in pairwise(edges))
        found.append(" ".join(f"…{left}{marked(middle)}{right}…".split()))
    return found


@st.cache_data(max_entries=64, show_spinner=False)
def _first_impossibles(key: str, _counted: Counted, _choices: NGramSpec) -> tuple[int | None, ...]:
    def first(model: NGramModel) -> int | None:
        found = np.flatnonzero(np.isneginf(model.log_probabilities_at(measured(_counted)[1])))
        return int(found[0]) + 1 if len(found) else None

    if len(_counted.validation) < 2:
        return (None,) * len(ORDERS)
    return tuple(map(first, NGramModel.of_each_order(_counted.model.grams, _choices)))


@st.cache_data(max_entries=64, show_spinner=False)
def _unseen_shares(text: str, _counted: Counted) -> tuple[float | None, ...]:
    held_out = _counted.validation
    places = _counted.model.grams.places(held_out, ORDERS[-1])
    unseen = [float(np.mean(ids < 0)) for ids in places]
    return tuple(unseen[order - 1] if order <= len(unseen) else None for order in ORDERS)


def _forget_own() -> None:
    """Lines of a text are that text, too."""
    _count_own.clear()
    _read_own.clear()
    _measured.clear()
    _lines_around.clear()


when_deleted(_forget_own)
