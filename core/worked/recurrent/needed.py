"""How much of the text before it a network needs for its prediction: the loss when it reads less."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.protocol import Tokens
from core.worked.recurrent.recurrence import Recurrence

READ = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48)
PLACES = 400


@dataclass(frozen=True)
class Needed:
    """``losses`` is the mean loss, in nats, when only the last ``read`` tokens are read. ``missing`` is
    the share of all predictions that lose more than half of their probability by it."""

    read: tuple[int, ...]
    losses: tuple[float, ...]
    missing: tuple[float, ...]
    places: int

    def enough(self, nats: float) -> int:
        """The fewest tokens with which the loss is at most so much above the one with the most."""
        return next(
            read
            for read, loss in zip(self.read, self.losses, strict=True)
            if loss <= self.losses[-1] + nats
        )


def needed(model: Recurrence, held_out: Tokens) -> Needed:
    """Over evenly spread places of a text [t] of more than READ[-1] tokens."""
    longest = READ[-1]
    starts = np.unique(np.linspace(0, len(held_out) - longest - 1, PLACES).astype(int))
    windows = np.stack([held_out[start : start + longest] for start in starts])
    wanted = held_out[starts + longest]
    given: list[NDArray[np.float64]] = []
    for read in READ:
        shares = model.next_probabilities(windows[:, -read:])
        given.append(np.take_along_axis(shares, wanted[:, None], axis=1)[:, 0])
    losses = tuple(float(-np.log(p).mean()) for p in given)
    missing = tuple(float((p < given[-1] / 2).mean()) for p in given)
    return Needed(READ, losses, missing, len(starts))
