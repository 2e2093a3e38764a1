"""A map of all words in which near ones stay near: t-SNE."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.questions.asked import AskedOfRun

MOST_MAPPED = 1000
"""So many words, the most frequent, are on a map at most."""


@dataclass(frozen=True, eq=False)
class WordMapAnswer:
    """``places`` [n 2] of the words of these ``rows`` [n]. ``kept`` is the share of each word's five nearest
    by cosine that are among its five nearest on the map."""

    rows: NDArray[np.int64]
    places: NDArray[np.float64]
    kept: float


@dataclass(frozen=True)
class WordMap(AskedOfRun[WordMapAnswer]):
    """Where do the vectors of a snapshot lie on a map that keeps neighbours together?

    ``step`` is one with a full snapshot, None the last. ``perplexity`` is about how many neighbours count
    for each word, ``seed`` where the points begin. Takes a second or two.
    """

    step: int | None = None
    perplexity: int = 20
    seed: int = 0
