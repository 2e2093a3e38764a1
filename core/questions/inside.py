"""The inside of a GPT near its end: the output table, the logit lens, the loss by kind of token."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.questions.asked import AskedOfRun
from core.questions.measuring import MOST_STORIES
from core.text.meaning.token_kinds import TokenKind


@dataclass(frozen=True, eq=False)
class OutputRowsAnswer:
    """``prompt`` [t] as shown, its last ``vector`` [d] after the last norm. Of k tokens, the likeliest first
    and then the one that was asked for, if it is none of them: how each is shown, its ``ranks`` [k] (1 is
    the likeliest), its row of the output table ``rows`` [k d] and of the input table ``inputs`` [k d], its
    ``logits`` [k]. ``total`` is ln Σ e^z over all tokens of the ``vocabulary``; ``asked`` is which of the k
    was asked for, None if none was."""

    prompt: tuple[str, ...]
    vector: NDArray[np.float64]
    tokens: tuple[str, ...]
    ranks: tuple[int, ...]
    rows: NDArray[np.float64]
    inputs: NDArray[np.float64]
    logits: NDArray[np.float64]
    total: float
    vocabulary: int
    asked: int | None
    cut: int


@dataclass(frozen=True)
class OutputRows(AskedOfRun[OutputRowsAnswer]):
    """How does the last vector of the prompt become logits? ``word``: one more token to look at."""

    prompt: str
    word: str = ""
    top: int = 6


@dataclass(frozen=True, eq=False)
class LogitLensAnswer:
    """``tokens`` [t] of the text. For each of s points, in the order in which the stream passes them, and
    each position: the ``best`` next tokens as shown [s t k], with their ``probabilities``
    [s t k], best first. Of the token that really comes next, which the last position does not have: its
    ``ranks`` [s t-1], 1 for the likeliest, and ``chances`` [s t-1]. ``itself`` [s t]: whether the best is the
    token that stands there."""

    tokens: tuple[str, ...]
    points: tuple[str, ...]
    best: tuple[tuple[tuple[str, ...], ...], ...]
    probabilities: NDArray[np.float64]
    ranks: NDArray[np.int64]
    chances: NDArray[np.float64]
    itself: NDArray[np.bool_]
    vocabulary: int
    cut: int


@dataclass(frozen=True)
class LogitLens(AskedOfRun[LogitLensAnswer]):
    """What would the model say if it stopped after each part? Of the text's first ``most`` tokens."""

    text: str
    most: int = 16
    top: int = 5


@dataclass(frozen=True)
class KindLoss:
    """So many tokens of a kind, and the mean of their losses in nats."""

    count: int
    mean: float


@dataclass(frozen=True)
class LossByKindAnswer:
    """By kind, of those that occur; ``mean`` is over all tokens."""

    kinds: Mapping[TokenKind, KindLoss]
    mean: float


@dataclass(frozen=True)
class LossByKind(AskedOfRun[LossByKindAnswer]):
    """What does each kind of token cost, over the first passages of the held-out text? Each passage is read
    by itself and cut after ``most`` tokens; its first token is given."""

    most: int
    passages: int = MOST_STORIES
