"""What vectors of words are trained on: words that stand near one another, and words drawn at random."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

NOISE_POWER = 0.75
"""Words are drawn by their counts to this power (Mikolov et al. 2013b, section 2.2): a rare one more often
than it occurs, a frequent one less often."""


@dataclass(frozen=True)
class Pair:
    """A word in the middle and one near it, by their places in the text; ``share`` is how often the window,
    drawn anew each time, is wide enough for both."""

    centre: int
    context: int
    share: float

    @property
    def distance(self) -> int:
        return abs(self.context - self.centre)


def pairs_around(length: int, centre: int, window: int, *, shrink: bool = True) -> tuple[Pair, ...]:
    """The pairs of one place of a text of so many words, from left to right.

    With ``shrink`` the window is 1 to ``window`` words wide, each equally often, so that a word at distance
    d is within it with probability (window - d + 1) / window; without, it always is.
    """
    first, last = max(0, centre - window), min(length - 1, centre + window)
    return tuple(
        Pair(centre, place, (window - abs(place - centre) + 1) / window if shrink else 1.0)
        for place in range(first, last + 1)
        if place != centre
    )


def noise(counts: NDArray[Any], power: float = NOISE_POWER) -> NDArray[np.float64]:
    """How likely each word is drawn as noise [v], from how often it occurs [v]; 0 where it never does."""
    raised = np.where(counts > 0, np.maximum(counts, 1.0) ** power, 0.0)
    share: NDArray[np.float64] = raised / raised.sum()
    return share


def draw_noise(
    share: NDArray[np.float64], size: int | tuple[int, ...], rng: np.random.Generator
) -> NDArray[np.int64]:
    """Words drawn by ``share`` [v], with putting back."""
    edges = share.cumsum()
    places = rng.random(size) * edges[-1]
    drawn: NDArray[np.int64] = np.searchsorted(edges, places, side="right").astype(np.int64)
    return drawn


def keep_share(counts: NDArray[Any], threshold: float) -> NDArray[np.float64]:
    """How often an occurrence of each word is kept [v] where frequent ones are passed over: word2vec keeps a
    word whose share of the text is f with probability √(t / f) + t / f, at most 1. Threshold 0: always.
    """
    if threshold == 0:
        return np.ones(len(counts))
    share = np.maximum(counts, 1) / max(1, counts.sum())
    kept: NDArray[np.float64] = np.minimum(1.0, np.sqrt(threshold / share) + threshold / share)
    return kept


@dataclass(frozen=True, eq=False)
class PairLoss:
    """What one true pair and its drawn words cost, in all its parts.

    ``dots`` [1 + k]: the true word's first, then those of the drawn ones; ``probabilities`` [1 + k]: σ of
    each, how true the pair is held to be; ``losses`` [1 + k] in nats: -ln of the probability of what is
    right. The gradients of their sum ``total``: of the middle word's vector [d], and of the other
    words' [1 + k d].
    """

    dots: NDArray[np.float64]
    probabilities: NDArray[np.float64]
    losses: NDArray[np.float64]
    total: float
    of_centre: NDArray[np.float64]
    of_others: NDArray[np.float64]


def pair_loss(
    centre: NDArray[Any], context: NDArray[Any], drawn: Sequence[NDArray[Any]] | NDArray[Any]
) -> PairLoss:
    """-ln σ(u · v) - Σ ln σ(-uᵢ · v) (Mikolov et al. 2013b, equation 4), for v = ``centre`` [d], u =
    ``context`` [d] and the k ``drawn`` words uᵢ [k d]."""
    v = np.asarray(centre, dtype=np.float64)
    others = np.vstack([np.asarray(context, np.float64)[None], np.reshape(drawn, (-1, len(v)))])
    dots = others @ v
    true = np.arange(len(others)) == 0
    probabilities = 1 / (1 + np.exp(-dots))
    losses = np.logaddexp(0, np.where(true, -dots, dots))
    slope = probabilities - true
    return PairLoss(
        dots, probabilities, losses, float(losses.sum()), slope @ others, np.outer(slope, v)
    )
