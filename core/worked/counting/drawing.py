"""The draw of one token as a line from 0 to 1.

Every token has a stretch as long as its probability, and a random number falls on one of them. The tokens lie
in the vocabulary's order, as ``core.models.decoding`` lays them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.models.decoding import Sampling, distribution_stages, generate
from core.protocol import LanguageModel, Tokens

ALONE = 7
"""Tokens of what is shown of the line that have a stretch of their own; the others are put together."""

SEEN = 0.005
"""The share of what is shown from which on a stretch is more than a hair."""

Edges = NDArray[np.float64]
"""Where the stretches of the vocabulary begin and end on the line, from 0 to 1, [v + 1]."""


@dataclass(frozen=True)
class Stretch:
    """Neighbours on the line, those from ``first`` to ``last`` that are possible: ``count`` tokens, from
    ``low`` to ``high``."""

    first: int
    last: int
    count: int
    low: float
    high: float

    @property
    def width(self) -> float:
        return self.high - self.low


def edges_after(model: LanguageModel, context: Tokens) -> Edges:
    """The line after ``context`` [t]."""
    used = context[max(len(context) - model.context, 0) :]
    final = distribution_stages(model.next_log_probabilities([used])[0], Sampling()).final
    ends = np.cumsum(final)
    return np.concatenate(([0.0], ends / ends[-1]))


def drawn_number(seed: int, step: int) -> float:
    """The random number, from 0 to below 1, that draws the token number ``step``, from 0, of a text."""
    return float(np.random.default_rng(seed).random(step + 1)[step])


def written_tokens(model: LanguageModel, start: Tokens, count: int, seed: int) -> list[int]:
    """``count`` tokens after ``start``, as every model of the course writes them."""
    return [one.token for one in generate(model, start, count, Sampling(), seed)]


def stretches(
    edges: Edges, low: float = 0.0, high: float = 1.0, keep: int | None = None
) -> list[Stretch]:
    """What lies between ``low`` and ``high``: the widest tokens that can be seen there alone, and ``keep``,
    all others together with their neighbours. Where none could be seen, the widest are alone."""
    widths = np.minimum(edges[1:], high) - np.maximum(edges[:-1], low)
    inside = np.flatnonzero(widths > 0)
    widest = inside[np.argsort(-widths[inside], kind="stable")[:ALONE]]
    seen = widest[widths[widest] >= SEEN * (high - low)]
    alone = {int(token) for token in (seen if len(seen) else widest)}
    if keep is not None:
        alone.add(keep)
    found: list[list[int]] = []
    for token in inside.tolist():
        together = found and token not in alone and found[-1][-1] not in alone
        if together:
            found[-1].append(token)
        else:
            found.append([token])
    return [_stretch(edges, tokens) for tokens in found]


def _stretch(edges: Edges, tokens: Sequence[int]) -> Stretch:
    first, last = tokens[0], tokens[-1]
    return Stretch(first, last, len(tokens), float(edges[first]), float(edges[last + 1]))
