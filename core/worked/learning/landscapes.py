"""Real losses over two weights, small enough to be drawn whole."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.worked.learning.table import OTHER, BigramCounts

LandscapeName = Literal["layers", "table"]
SHARE = 0.9
"""Of two tokens, how often the first one comes in the landscape of two layers."""


@dataclass(frozen=True)
class Landscape(ABC):
    """The loss over two weights. ``ranges`` is what is drawn of each, ``start`` where every walk begins,
    ``lowest`` the least loss there is."""

    name: LandscapeName
    start: tuple[float, float]
    ranges: tuple[tuple[float, float], tuple[float, float]]
    lowest: float

    @abstractmethod
    def loss(self, weights: ArrayLike) -> NDArray[np.float64]:
        """Nats per token at weights [… 2]."""

    @abstractmethod
    def gradient(self, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        """The slope at both weights [2]."""

    def grid(
        self, cells: int, zoom: float = 1.0
    ) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """The first weight's places [n], the second's [n], and the loss [n n]; a row is one second weight.
        ``zoom`` times the ranges are taken, about their middle."""
        middles = [(low + high) / 2 for low, high in self.ranges]
        reaches = [zoom * (high - low) / 2 for low, high in self.ranges]
        across, up = (
            np.linspace(middle - reach, middle + reach, cells)
            for middle, reach in zip(middles, reaches, strict=True)
        )
        places = np.stack(np.meshgrid(across, up), axis=-1)
        return across, up, self.loss(places)


@dataclass(frozen=True)
class TwoLayers(Landscape):
    """Two weights one behind the other, with no activation between: the logit of the first of two tokens is
    z = w · v, its probability σ(z), and it comes ``SHARE`` of the time. The lowest losses lie on the curve
    w · v = ln(0.9/0.1), and at 0, 0 is a saddle: level, but no valley."""

    @staticmethod
    def make() -> TwoLayers:
        lowest = -SHARE * math.log(SHARE) - (1 - SHARE) * math.log(1 - SHARE)
        return TwoLayers("layers", (3.0, -2.0), ((-4.0, 4.0), (-4.0, 4.0)), lowest)

    def loss(self, weights: ArrayLike) -> NDArray[np.float64]:
        w = np.asarray(weights, dtype=np.float64)
        z = w[..., 0] * w[..., 1]
        return np.asarray(np.logaddexp(0.0, z) - SHARE * z)

    def gradient(self, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        z = float(weights[0] * weights[1])
        slope = 0.5 * (1 + math.tanh(z / 2)) - SHARE
        return np.array([slope * weights[1], slope * weights[0]])


@dataclass(frozen=True)
class TwoLogits(Landscape):
    """Two logits of a trained bigram table move, all others stay. Each is its row's commonest pair: one in
    the row of the commonest character, one in a seldom one. ``rows`` are the shares that the two rows have of
    the text, ``shares`` those that the two pairs have of their rows, ``rest`` what the other tokens cost."""

    rows: tuple[float, float]
    shares: tuple[float, float]
    pairs: tuple[tuple[str, str], tuple[str, str]]
    rest: float

    @staticmethod
    def of(counts: BigramCounts, seldom: float = 0.015) -> TwoLogits:
        """``seldom`` is about how much of the text the second row has."""
        named_ones = np.array([one != OTHER for one in counts.characters])
        known = counts.counts * named_ones
        text_shares = counts.rows[:, 0] / counts.pairs * named_ones
        common = int(text_shares.argmax())
        usable = (known.max(axis=1) < counts.rows[:, 0]) & (known.max(axis=1) > 0) & named_ones
        usable[common] = False
        distance = np.where(usable, np.abs(text_shares - seldom), np.inf)
        places = (common, int(distance.argmin()))
        followers = [int(known[at].argmax()) for at in places]
        shares = [
            float(counts.counts[at, to] / counts.rows[at, 0])
            for at, to in zip(places, followers, strict=True)
        ]
        rows = [float(text_shares[at]) for at in places]
        named = [
            (counts.characters[at], counts.characters[to])
            for at, to in zip(places, followers, strict=True)
        ]
        middle = [math.log(share) for share in shares]
        at_lowest = sum(row * -(s * math.log(s)) for row, s in zip(rows, shares, strict=True))
        return TwoLogits(
            "table",
            (middle[0] + 5.0, middle[1] - 4.0),
            ((middle[0] - 4.0, middle[0] + 6.0), (middle[1] - 5.0, middle[1] + 5.0)),
            counts.counted_loss,
            (rows[0], rows[1]),
            (shares[0], shares[1]),
            (named[0], named[1]),
            counts.counted_loss - at_lowest,
        )

    def loss(self, weights: ArrayLike) -> NDArray[np.float64]:
        w = np.asarray(weights, dtype=np.float64)
        rows, shares = np.array(self.rows), np.array(self.shares)
        return np.asarray(
            self.rest + (rows * (np.log(np.exp(w) + 1 - shares) - shares * w)).sum(axis=-1)
        )

    def gradient(self, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        rows, shares = np.array(self.rows), np.array(self.shares)
        power = np.exp(np.minimum(weights, 700.0))
        return np.asarray(rows * (power / (power + 1 - shares) - shares))
