"""Ways to hide keys from a query: the right one, and two shortcuts that go wrong."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

Way = Literal["minus_infinity", "score_zero", "weight_zero"]
WAYS: tuple[Way, ...] = ("minus_infinity", "score_zero", "weight_zero")


def hide(scores: NDArray[np.float64], mask: NDArray[np.bool_], way: Way) -> NDArray[np.float64]:
    """Weights [q k] of the scores [q k] when the cells where ``mask`` is True are hidden in this way.

    ``minus_infinity`` sets their scores to -inf before softmax; ``score_zero`` sets their scores to 0,
    which hides nothing; ``weight_zero`` sets their weights to 0 after softmax, so that rows fall short.
    Every row must leave at least one key visible.
    """
    if way == "minus_infinity":
        return _softmax(np.where(mask, -np.inf, scores))
    if way == "score_zero":
        return _softmax(np.where(mask, 0.0, scores))
    return np.where(mask, 0.0, _softmax(scores))


def _softmax(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    exponentials = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(exponentials / exponentials.sum(axis=-1, keepdims=True))
