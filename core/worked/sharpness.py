"""How sharp softmax becomes as queries and keys get wider, with and without the division by √d_k.

The reason for the division in Vaswani et al. 2017, "Attention is all you need", section 3.2.1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SEED = 0


@dataclass(frozen=True, eq=False)
class Sharpness:
    """Means over many random queries.

    ``shares`` [k] are the weights, the largest first; ``spread`` is the standard deviation of the
    scores that softmax is given; ``entropy`` is in nats; ``gradient`` is ∂w/∂s = w(1 - w) of the
    largest weight: how much it still answers to its own score.
    """

    shares: NDArray[np.float64]
    spread: float
    entropy: float
    gradient: float


def sharpness(
    width: int, divided: bool, keys: int = 6, queries: int = 4000, seed: int = SEED
) -> Sharpness:
    """Draw standard normal queries and keys of ``width`` numbers and attend, one query at a time."""
    rng = np.random.default_rng((seed, width))
    q = rng.standard_normal((queries, width))
    k = rng.standard_normal((queries, keys, width))
    scores = np.einsum("q e, q k e -> q k", q, k)
    if divided:
        scores /= np.sqrt(width)
    exponentials = np.exp(scores - scores.max(axis=1, keepdims=True))
    weights = exponentials / exponentials.sum(axis=1, keepdims=True)
    largest = weights.max(axis=1)
    return Sharpness(
        shares=np.sort(weights, axis=1)[:, ::-1].mean(axis=0),
        spread=float(scores.std()),
        entropy=float(entropy(weights).mean()),
        gradient=float((largest * (1 - largest)).mean()),
    )


def entropy(weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Entropy in nats of each row of weights [… k]: 0 where one key has all, ln k where all are equal."""
    logs = np.log(weights, where=weights > 0, out=np.zeros_like(weights))
    return np.asarray(np.maximum(-(weights * logs).sum(axis=-1), 0.0))
