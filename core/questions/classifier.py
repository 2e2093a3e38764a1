"""What a classifier makes of a text, and how good it is on passages that it never saw."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.questions.asked import AskedOfRun


@dataclass(frozen=True, eq=False)
class JudgeAnswer:
    """``labels`` [k] in English, for translation. ``probabilities`` [t k]: what it would say if the text
    ended after each of its ``tokens`` [t]; the last row is its answer. ``beginning`` [k]: before the first.

    ``moves`` [t k]: by how much each token moves the logarithm of each label's odds; with those of the
    beginning they add up to the odds at the end. Of a bag of words they are the token's own weights, of
    the others they hang on all that stands before.
    """

    tokens: tuple[str, ...]
    labels: tuple[str, ...]
    beginning: NDArray[np.float64]
    probabilities: NDArray[np.float64]
    moves: NDArray[np.float64]
    unknown: tuple[str, ...]
    cut: int


@dataclass(frozen=True)
class Judge(AskedOfRun[JudgeAnswer]):
    """Which label has this text, and what moved the answer on the way?"""

    text: str


@dataclass(frozen=True, eq=False)
class HeldOutLabelsAnswer:
    """Of each held-out passage [n]: how it was made, its true label and the ``probabilities``
    [n k] of all. ``labels`` and ``kinds`` in English, for translation."""

    labels: tuple[str, ...]
    kinds: tuple[str, ...]
    truth: NDArray[np.int64]
    probabilities: NDArray[np.float64]

    @property
    def answers(self) -> NDArray[np.int64]:
        """The likeliest label of each passage [n]."""
        best: NDArray[np.int64] = self.probabilities.argmax(axis=1)
        return best


@dataclass(frozen=True)
class HeldOutLabels(AskedOfRun[HeldOutLabelsAnswer]):
    """What does the classifier say of each passage of its held-out text?"""
