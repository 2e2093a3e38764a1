"""The one small language that every language model speaks.

NumPy at the border, so that sampling, perplexity and pictures are written once and need no torch.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Tokens = NDArray[np.int64]
"""Token ids, shape [t]."""

LogProbabilities = NDArray[np.float64]
"""Natural logarithms of probabilities; the last axis is the vocabulary and sums to one after exp."""


class LanguageModel(Protocol):
    """A distribution over the next token, given the tokens before it."""

    @property
    def vocabulary_size(self) -> int: ...

    @property
    def context(self) -> int:
        """How many of the last tokens the model can use (order - 1 for an n-gram)."""
        ...

    def next_log_probabilities(self, contexts: Sequence[Tokens]) -> LogProbabilities:
        """Next-token log-probabilities [b, v] for b contexts of any lengths, empty ones included."""
        ...

    def token_log_probabilities(self, tokens: Tokens) -> LogProbabilities:
        """Log-probability [t-1] of each token after the first, given those before it (as many as
        the model can use)."""
        ...
