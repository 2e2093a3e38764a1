"""How far back trained RNNs and LSTMs remember: on the learner's sentence, and on held-out text."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.errors import LearnerError
from core.protocol import Tokens
from core.questions import LONGEST_PROMPT
from core.spec.families.recurrent import RecurrentSpec
from core.store.view import RunView
from core.text.corpora import load_corpus, split
from core.text.prompt import read_prompt
from core.worked.recurrent.recurrence import (
    Reach,
    Recurrence,
    average_reach,
    sentence_reach,
)
from pages.lstm.pictures import DistanceLine, distance_lines, token_bars
from pages.lstm.runs import cell_name
from pages.lstm.state import REACH_TEXT
from pages.parts.frame.escaped import code
from pages.parts.frame.language import _, worded
from pages.parts.frame.services import library
from pages.parts.frame.state import fragment
from pages.parts.frame.theme import theme
from pages.parts.frame.unknown import name_unknown
from pages.parts.training.sources import of_run, of_runs
from pages.parts.widgets.plot import plot

MOST_TOKENS = 32


def reach_of(run: RunView) -> Reach:
    """The mean reach of a finished run on its held-out text; measured once."""
    return _average(run.id, run.weights_written, run)


def recurrence_of(run: RunView) -> Recurrence:
    """The network of a finished run, in NumPy; read once."""
    return _model(run.id, run.weights_written, run)


def held_out(run: RunView) -> Tokens:
    """The tokens [t] of the text that the run never trained on."""
    return _held_out(run.id, run)


@fragment
def show_sentence_reach(run: RunView) -> None:
    """A sentence, and for each of its tokens how much the next prediction hangs on it."""
    text = REACH_TEXT.box(_("Your sentence, up to the word to predict"))
    tokenizer = run.tokenizer
    name_unknown(tokenizer, text)
    tokens = read_prompt(tokenizer, text[:LONGEST_PROMPT]).tokens[-MOST_TOKENS:]
    if len(tokens) < 2:
        st.warning(_("Write at least two words, so that there is something to look back at."))
        return
    try:
        moved = _sentence(run.id, run.weights_written, tuple(map(int, tokens)), run)
    except LearnerError as error:
        st.warning(worded(error))
        return
    shown = [tokenizer.show(int(token)) for token in tokens]
    y = _("movement")
    plot(
        token_bars(shown, moved.tolist(), theme(), _("token that is replaced"), y),
        key="lstm_sentence_reach",
        height=330,
        caption=_(
            "{cell}: how much the prediction after the last token moves when one token is replaced "
            "by another, the mean of 16 others."
        ).format(cell=cell_name(run)),
        source=of_run(run.spec, own_text=text != REACH_TEXT.first),
        table=((_("token"), y), list(zip(shown, moved.tolist(), strict=True))),
    )
    best = int(np.argmax(moved))
    st.markdown(
        _(
            "The next word hangs most on {token}, {back} back (movement {most:.2f}). The first token, "
            "{far} back, moves it by {first:.3f}."
        ).format(
            token=code(shown[best]),
            back=len(shown) - best,
            most=moved[best],
            far=len(shown),
            first=moved[0],
        )
    )


def show_average_reach(runs: Sequence[RunView]) -> None:
    """One line for each run over the distance, and a sentence for each."""
    try:
        reaches = [(cell_name(run), reach_of(run)) for run in runs]
    except LearnerError as error:
        st.warning(worded(error))
        return
    x, y = _("tokens back"), _("movement of the prediction")
    plot(
        distance_lines(
            [DistanceLine(name, reach.distances, reach.moved) for name, reach in reaches],
            theme(),
            x,
            y,
        ),
        key="lstm_average_reach",
        height=340,
        caption=_(
            "Mean over {places} places in held-out text. The last token is 1 back. Higher: the model still "
            "uses what stood there."
        ).format(places=reaches[0][1].places),
        source=of_runs([run.spec for run in runs]),
        table=(
            (_("cell"), x, y),
            [
                (name, distance, moved)
                for name, reach in reaches
                for distance, moved in zip(reach.distances, reach.moved, strict=True)
            ],
        ),
    )
    for name, reach in reaches:
        st.markdown(_reach_sentence(name, reach))
    far = min(reach.distances[-1] for _name, reach in reaches if reach.distances)
    if len(reaches) == 2 and far >= 24:
        st.markdown(_far_sentence(reaches))


def _reach_sentence(name: str, reach: Reach) -> str:
    faded = reach.faded(0.1)
    start = _("**{cell}**: replacing the last token moves the prediction by {first:.2f}.").format(
        cell=name, first=reach.moved[0]
    )
    if faded is None:
        return f"{start} " + _("Even {far} back it is still more than a tenth of that.").format(
            far=reach.distances[-1]
        )
    return f"{start} " + _("From **{faded} back** on it is less than a tenth of that.").format(
        faded=faded
    )


def _far_sentence(reaches: Sequence[tuple[str, Reach]]) -> str:
    at = {name: dict(zip(r.distances, r.moved, strict=True))[24] for name, r in reaches}
    (more, most), (less, least) = sorted(at.items(), key=lambda item: -item[1])
    return _(
        "24 tokens back, the {more} still moves by {most:.4f} and the {less} by {least:.4f}."
    ).format(more=more, most=most, less=less, least=least)


# Measured once for each run and each writing of its weights (``stamp``), so anew for a run that has
# trained on.


@st.cache_resource(max_entries=8, show_spinner=False)
def _model(run: str, stamp: int, _view: RunView) -> Recurrence:
    spec = _view.spec.model
    assert isinstance(spec, RecurrentSpec)
    return Recurrence(_view.model_path, spec.cell, spec.layers)


@st.cache_data(max_entries=8, show_spinner=False)
def _held_out(run: str, _view: RunView) -> Tokens:
    corpus = _view.spec.corpus
    own_text = library().text(corpus.digest) if corpus.digest else None
    return _view.tokenizer.encode(split(load_corpus(corpus, own_text).text)[1])


@st.cache_data(max_entries=16, show_spinner=False)
def _average(run: str, stamp: int, _view: RunView) -> Reach:
    return average_reach(_model(run, stamp, _view), _held_out(run, _view))


@st.cache_data(max_entries=128, show_spinner=False)
def _sentence(run: str, stamp: int, tokens: tuple[int, ...], _view: RunView) -> NDArray[np.float64]:
    model = _model(run, stamp, _view)
    return sentence_reach(model, np.array(tokens, dtype=np.int64), _held_out(run, _view))
