"""What a loss on the learner's own text is worth: how much of it is unknown, and what a character costs."""

from __future__ import annotations

import math

import streamlit as st

from core.errors import LearnerError
from core.store.view import RunView
from core.text.corpora import load_corpus, split
from core.text.own import Coverage, coverage
from pages.parts.frame.language import _
from pages.parts.frame.services import library


def show_own_loss(run: RunView | None, step: int | None) -> None:
    """One sentence under the losses of a run on own text; nothing for the course's own texts, whose words are
    all known."""
    if run is None or run.spec.corpus.name != "own":
        return
    found = run.at(step)
    if found is None or found.validation_loss is None or not math.isfinite(found.validation_loss):
        return
    try:
        covered = _coverage(run.id, run)
    except LearnerError:  # the text has been deleted
        return
    st.markdown(
        _(
            "Of the tokens of the new text **{share:.1%}** are unknown: the vocabulary has {size:,} entries. "
            "{loss:.2f} nats per token are **{character:.2f} nats per character**, if unknown words are "
            "spelled by guessing their letters. Compare vocabularies by this: one that knows fewer words "
            "has an easier loss per token."
        ).format(
            share=covered.share,
            size=run.tokenizer.vocabulary_size,
            loss=found.validation_loss,
            character=covered.nats_per_character(found.validation_loss),
        )
    )


@st.cache_data(max_entries=64, show_spinner=False)
def _coverage(run: str, _view: RunView) -> Coverage:
    """Of the text that the run does not train on; counted once."""
    corpus = _view.spec.corpus
    assert corpus.digest is not None
    held_out = split(load_corpus(corpus, library().text(corpus.digest)).text)[1]
    return coverage(_view.tokenizer, held_out)
