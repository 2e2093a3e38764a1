"""The text that a run's vectors were trained on, as the words of its vocabulary."""

from __future__ import annotations

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.protocol import Tokens
from core.store.view import RunView
from core.text.corpora import load_corpus, split
from core.text.pieces import UNKNOWN_ID
from core.text.tokenizers import Tokenizer
from pages.parts.training.own_text import own_text, when_deleted, written


def training_words(run: RunView) -> Tokens:
    """The words [t] that the run trains on, without those that its vocabulary lacks. LearnerError where the
    text is a learner's own and is not there any more."""
    own = own_text()
    is_own = own is not None and own.digest == run.spec.corpus.digest
    return _words(run.id, run, written(own) if own is not None and is_own else None)


def counts(run: RunView) -> NDArray[np.int64]:
    """How often each word of the vocabulary stands there [v]."""
    return np.bincount(training_words(run), minlength=run.tokenizer.vocabulary_size)


@st.cache_data(max_entries=16, show_spinner=False)
def _words(run: str, _view: RunView, own: str | None) -> Tokens:
    text, _held_out = split(load_corpus(_view.spec.corpus, own).text)
    tokens: Tokens = _view.tokenizer.encode(text)
    known: Tokens = tokens if _view.tokenizer.lossless else tokens[tokens != UNKNOWN_ID]
    return known


def is_known(tokenizer: Tokenizer, token: int) -> bool:
    """Whether a token stands for something: where nothing is unknown, the first one does as well."""
    return tokenizer.lossless or token != UNKNOWN_ID


when_deleted(_words.clear)
