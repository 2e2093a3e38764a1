"""Keys and values that are kept while a text is written: which, what comes out, how long it takes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.questions.asked import Asked, AskedOfRun
from core.spec.families.gpt import GPTSpec

MOST_WRITTEN = 64
MOST_TIMED = 400


@dataclass(frozen=True, eq=False)
class KeptRowsAnswer:
    """``prompt`` and ``written`` as shown; ``anew`` is what was written when all was read again each time.
    ``keys`` and ``values`` [l h t e] of the prompt and of all that was written but the last token; ``size``
    is how many bytes they took."""

    prompt: tuple[str, ...]
    written: tuple[str, ...]
    anew: tuple[str, ...]
    keys: NDArray[np.float32]
    values: NDArray[np.float32]
    size: int
    cut: int


@dataclass(frozen=True)
class KeptRows(AskedOfRun[KeptRowsAnswer]):
    """What is kept while the model writes ``count`` tokens after the last ``most`` of the prompt, the
    likeliest each time?"""

    prompt: str
    count: int = 12
    most: int = 10


@dataclass(frozen=True, eq=False)
class WritingTimesAnswer:
    """CPU seconds of reading the ``prompt``, and of each token [n] after it: with what was kept, and reading
    all again."""

    prompt: float
    kept: NDArray[np.float64]
    anew: NDArray[np.float64]


@dataclass(frozen=True)
class WritingTimes(Asked[WritingTimesAnswer]):
    """How long does each of ``count`` tokens take after a prompt of so many, on this machine? Asked of a
    model of these sizes with drawn weights: what they are does not change the time."""

    model: GPTSpec
    vocabulary: int
    prompt: int
    count: int
