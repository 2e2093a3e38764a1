"""How good a model is: on a text of the learner's, token by token, and on text that it never saw."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.questions.asked import AskedOfRun

MOST_STORIES = 150
"""So many held-out passages, the first ones, are read at most."""


@dataclass(frozen=True, eq=False)
class TextLossesAnswer:
    """``tokens`` [t] as shown; of each after the first its ``log_probabilities`` [t-1], its ``ranks`` [t-1]
    (1 is the likeliest) and what was expected instead: the likeliest tokens with their
    probabilities, best first. ``guessing`` is ln V."""

    tokens: tuple[str, ...]
    log_probabilities: NDArray[np.float64]
    ranks: NDArray[np.int64]
    expected: tuple[tuple[tuple[str, float], ...], ...]
    guessing: float
    cut: int


@dataclass(frozen=True)
class TextLosses(AskedOfRun[TextLossesAnswer]):
    """What does each token of this text cost, given those before it?"""

    text: str
    top: int = 5


@dataclass(frozen=True, eq=False)
class HeldOutAnswer:
    """Of n held-out tokens: in which passage each stands, counted from 0 [n]; its log-probability
    [n] and rank [n], 1 for the likeliest; the highest probability that was given to any token
    there [n]. ``matches`` is how many probabilities of all tokens equal the label that says
    whether it was this token, 1 or 0 [n]."""

    passages: NDArray[np.int64]
    log_probabilities: NDArray[np.float64]
    ranks: NDArray[np.int64]
    confidence: NDArray[np.float64]
    matches: NDArray[np.int64]
    vocabulary: int


@dataclass(frozen=True)
class HeldOut(AskedOfRun[HeldOutAnswer]):
    """How does the model do on the first passages of its held-out text, each read by itself?

    A passage ends at a blank line; its first token is given.
    """

    passages: int = MOST_STORIES


@dataclass(frozen=True)
class AgreementAnswer:
    """Of the agreeing verbs whose subject stands ``distances`` tokens back, rising, how many were ``asked``
    and of how many the model holds the right form for likelier."""

    distances: tuple[int, ...]
    right: tuple[int, ...]
    asked: tuple[int, ...]


@dataclass(frozen=True)
class Agreement(AskedOfRun[AgreementAnswer]):
    """How often does the model choose the form of the verb that its subject asks for, by distance, in so many
    stories that nobody has read?"""

    stories: int = 200
    seed: int = 101


@dataclass(frozen=True)
class CountedPartsAnswer:
    """The loss of an N-gram that has counted only the first ``tokens`` of its text, in nats per token of the
    held-out text that all losses are measured on."""

    tokens: tuple[int, ...]
    losses: tuple[float, ...]


@dataclass(frozen=True)
class CountedParts(AskedOfRun[CountedPartsAnswer]):
    """What would this N-gram pay if it had counted less of its text?"""
