"""What a head's attention is like as a whole: how spread, how far, and which known pattern. NumPy only.

Maps are [l h q k]: each row is a query's weights and sums to 1. Entropy and distance as in Clark et
al. 2019, "What does BERT look at?", section 3.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.worked.head_scores import (
    Maps,
    Scores,
    first_token,
    link_score,
    previous_token,
    same_token,
)
from core.worked.sharpness import entropy


@dataclass(frozen=True, eq=False)
class HeadStatistics:
    """Measures of every head, each [l h]; NaN where the text gives nothing to measure.

    ``entropy`` is the mean over queries in nats; ``spread`` the same as a share of its maximum
    ln(visible keys), over queries that see two keys or more. ``distance`` is the mean |q - k| in
    tokens, weighted by attention. ``previous``, ``same``, ``first`` are mean weights on the token
    before, on earlier tokens that are the same, and on the first token; ``links`` that on the gold
    key of linked queries, None without links. ``even`` says what a head that attends evenly to all
    it sees would have, by measure.
    """

    entropy: Scores
    spread: Scores
    distance: Scores
    previous: Scores
    same: Scores
    first: Scores
    links: Scores | None
    even: dict[str, float]

    def measures(self) -> dict[str, Scores]:
        """The measures that there are, by name, in the order of the picture."""
        names = ("entropy", "spread", "distance", "previous", "same", "first", "links")
        found = {name: getattr(self, name) for name in names}
        return {name: values for name, values in found.items() if values is not None}


def head_statistics(
    maps: Maps,
    tokens: Sequence[int] | NDArray[np.int64],
    links: Sequence[tuple[int, int]] | None = None,
    mask: NDArray[np.bool_] | None = None,
) -> HeadStatistics:
    """Measure every head on one text; ``tokens`` are ids, ``links`` are (query, gold key).

    ``mask`` [q k] is True where a key is hidden; without it keys after the query are. ValueError if
    maps, tokens and mask do not fit each other, or a link looks ahead.
    """
    grid = np.asarray(maps, dtype=np.float64)
    size = len(tokens)
    if grid.ndim != 4 or grid.shape[2:] != (size, size):
        raise ValueError(f"maps {grid.shape} for {size} tokens: expected [l h q k]")
    hidden = np.triu(np.ones((size, size), dtype=bool), 1) if mask is None else np.asarray(mask)
    if hidden.shape != (size, size):
        raise ValueError(f"mask {hidden.shape} for {size} tokens: expected [q k]")
    visible = (~hidden).sum(axis=1)
    uniform = np.where(hidden, 0.0, 1 / np.maximum(visible, 1)[:, None])[None, None]
    measured = _measured(grid, visible, tokens, links)
    even = {
        name: float(values[0, 0])
        for name, values in _measured(uniform, visible, tokens, links).items()
    }
    gold = measured.pop("links", None)
    return HeadStatistics(**measured, links=gold, even=even)


def mean_distance(maps: Maps) -> Scores:
    """|q - k| weighted by attention, mean over the queries: in tokens, [l h]."""
    size = maps.shape[-1]
    apart = np.abs(np.arange(size)[:, None] - np.arange(size)[None, :])
    distance: Scores = (maps * apart).sum(axis=-1).mean(axis=-1, dtype=np.float64)
    return distance


def mean_entropy(maps: Maps) -> Scores:
    """Entropy of the rows in nats, mean over the queries, [l h]."""
    mean: Scores = entropy(np.asarray(maps, dtype=np.float64)).mean(axis=-1)
    return mean


def mean_spread(maps: Maps, visible: NDArray[np.int64]) -> Scores:
    """Entropy as a share of ln(visible keys): 0 one key has all, 1 even; mean over the queries.

    ``visible`` [q] counts the keys of each query. A query with a single key has no choice: left out.
    """
    choice = visible > 1
    if not choice.any():
        return np.full(maps.shape[:2], np.nan)
    rows = entropy(np.asarray(maps, dtype=np.float64))[:, :, choice]
    mean: Scores = np.clip(rows / np.log(visible[choice]), 0, 1).mean(axis=-1)
    return mean


def _measured(
    maps: Maps,
    visible: NDArray[np.int64],
    tokens: Sequence[int] | NDArray[np.int64],
    links: Sequence[tuple[int, int]] | None,
) -> dict[str, Scores]:
    nothing = np.full(maps.shape[:2], np.nan)
    several = maps.shape[-1] > 1
    found = {
        "entropy": mean_entropy(maps),
        "spread": mean_spread(maps, visible),
        "distance": mean_distance(maps),
        "previous": previous_token(maps) if several else nothing,
        "same": same_token(maps, tokens),
        "first": first_token(maps) if several else nothing,
    }
    return found | ({"links": link_score(maps, links).share} if links else {})
