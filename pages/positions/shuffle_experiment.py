"""Does the order count? Models with and without positions, trained, then asked about shuffled text."""

from __future__ import annotations

import random

import numpy as np
import streamlit as st

from core.errors import LearnerError
from core.questions import NextTokens
from core.store.look import Look
from lessons.positions.experiments import SHUFFLE
from pages.parts.frame.ask import ask
from pages.parts.frame.escaped import code
from pages.parts.frame.language import _, worded
from pages.parts.frame.quoted import show_quoted
from pages.parts.training.experiment import (
    Results,
    finished,
    nats,
    show_experiment,
)

SENTENCE = "One day Mia lost the red bal"
SAME = 0.001
"""Probabilities that differ by less, in all, are called the same: float32 adds in another order."""
_LEARNED, _NONE, _DEEPER = (arm.name for arm in SHUFFLE)


def show_shuffle_experiment(
    look: Look,
    key: str = "positions_shuffle",
    bet: tuple[str, str] | None = ("positions", "shuffle_bet"),
) -> None:
    """Curves of all three models, and what each says to a sentence and to its letters shuffled."""
    show_experiment(
        key,
        SHUFFLE,
        look,
        sentence=_sentence,
        bet=bet,
        extra=lambda results: _show_shuffled(key, results),
    )


def shuffle_truth(look: Look) -> str | None:
    """What became of the one-layer model without positions: "worse" by more than 0.1 nats, "same", or
    "better"; None before all have ended."""
    results = finished(SHUFFLE, look)
    if results is None:
        return None
    cost = results[_NONE].final_loss - results[_LEARNED].final_loss
    return "worse" if cost > 0.1 else "better" if cost < -0.1 else "same"


def _sentence(results: Results) -> str:
    losses = {arm.name: results[arm.name].final_loss for arm in SHUFFLE}
    return _(
        "With positions **{learned}** nats, without them **{none}**: with one layer, the letters before "
        "the last are a bag. With a second layer and still no positions: **{deeper}**, since the causal "
        "mask lets each letter count those before it."
    ).format(learned=nats(losses[_LEARNED]), none=nats(losses[_NONE]), deeper=nats(losses[_DEEPER]))


def _show_shuffled(key: str, results: Results) -> None:
    """All letters but the last change places; how far do the probabilities of the next one move?"""
    shuffled = shuffled_but_last(SENTENCE, seed=1)
    with st.container(border=True, key=f"{key}_shuffled"):
        st.markdown(
            _("The same letters in two orders; only the last keeps its place. What comes next?")
        )
        show_quoted(f"{SENTENCE}\n{shuffled}")
        try:
            for arm in SHUFFLE:
                st.markdown(_moved(arm.name, results[arm.name].id, shuffled))
        except LearnerError as error:
            st.warning(worded(error))
        st.caption(
            _(
                "Moved: half the sum of all differences between the two distributions, 0 for the same and "
                "1 for nothing in common."
            )
        )


def shuffled_but_last(text: str, seed: int) -> str:
    """The text with all its letters but the last in another order."""
    letters = list(text[:-1])
    random.Random(seed).shuffle(letters)
    return "".join(letters) + text[-1]


def _moved(name: str, run: str, shuffled: str) -> str:
    before, after = (ask(NextTokens(run, text, top=1, whole=True)) for text in (SENTENCE, shuffled))
    assert before.distribution is not None and after.distribution is not None
    distance = float(np.abs(before.distribution - after.distribution).sum() / 2)
    if distance < SAME:
        return _("- {name}: moved by **0.00**; the order is invisible to it.").format(name=_(name))
    return _(
        "- {name}: moved by **{distance:.2f}**; likeliest before {before} ({p:.0%}), after {after} "
        "({q:.0%})."
    ).format(
        name=_(name),
        distance=distance,
        before=code(before.tokens[0]),
        p=before.probabilities[0],
        after=code(after.tokens[0]),
        q=after.probabilities[0],
    )
