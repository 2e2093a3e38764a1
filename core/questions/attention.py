"""Where heads look, what one computes, and what is lost without some."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.questions.asked import AskedOfRun
from core.worked.head_scores import HeadFindsLink
from core.worked.trace import Trace


@dataclass(frozen=True)
class HeadMapsAnswer:
    """``maps`` [l h q k]: attention of each query (row) over the keys."""

    tokens: tuple[str, ...]
    maps: NDArray[np.float32]
    cut: int


@dataclass(frozen=True)
class HeadMaps(AskedOfRun[HeadMapsAnswer]):
    """Where does every head look in this text?

    ``end``: in its last tokens, those that a continuation of it is made from; else in its first.
    """

    text: str
    end: bool = False


@dataclass(frozen=True)
class TraceHeadAnswer:
    tokens: tuple[str, ...]
    trace: Trace
    cut: int


@dataclass(frozen=True)
class TraceHead(AskedOfRun[TraceHeadAnswer]):
    """What does one head compute, number by number?"""

    text: str
    layer: int
    head: int


@dataclass(frozen=True)
class AblateAnswer:
    """Losses in nats [t-1] of each token after the first, with all heads and without the asked."""

    tokens: tuple[str, ...]
    before: NDArray[np.float64]
    after: NDArray[np.float64]
    cut: int


@dataclass(frozen=True)
class Ablate(AskedOfRun[AblateAnswer]):
    """What gets worse without these (layer, head) pairs?"""

    text: str
    heads: frozenset[tuple[int, int]]


@dataclass(frozen=True)
class LinkScoresAnswer:
    """The best head for each kind of link; empty where the corpus has no known links."""

    found: tuple[HeadFindsLink, ...]


@dataclass(frozen=True)
class LinkScores(AskedOfRun[LinkScoresAnswer]):
    """Which heads find the links that the run's own corpus is known to have?"""
