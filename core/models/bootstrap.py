"""How much a difference of two losses depends on the passages it was measured on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

DRAWS = 2000


@dataclass(frozen=True, eq=False)
class Bootstrap:
    """``difference`` of the mean losses, A less B, and the same for each draw of passages [draws]."""

    difference: float
    drawn: NDArray[np.float64]

    def interval(self, share: float = 0.95) -> tuple[float, float]:
        """The middle ``share`` of the draws: the percentile interval (Efron and Tibshirani 1993, §13)."""
        low, high = np.quantile(self.drawn, [(1 - share) / 2, (1 + share) / 2])
        return float(low), float(high)


def paired_bootstrap(
    a: NDArray[np.floating],
    b: NDArray[np.floating],
    tokens: NDArray[np.integer],
    *,
    draws: int = DRAWS,
    seed: int = 1,
) -> Bootstrap:
    """Draw passages with replacement, the same for both models (Koehn 2004).

    ``a`` and ``b`` [n] are the summed losses of each passage in nats, ``tokens`` [n] how many tokens it has:
    the mean is over tokens, so a long passage counts for more. ValueError if they do not fit or are none.
    """
    if not a.shape == b.shape == tokens.shape or not a.size:
        raise ValueError(f"losses {a.shape} and {b.shape} of passages {tokens.shape}")
    apart = np.asarray(a, dtype=np.float64) - b
    chosen = np.random.default_rng(seed).integers(len(apart), size=(draws, len(apart)))
    drawn = apart[chosen].sum(axis=1) / tokens[chosen].sum(axis=1)
    return Bootstrap(float(apart.sum() / tokens.sum()), drawn)
