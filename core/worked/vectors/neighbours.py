"""The nearest vectors to one, and how many of them are of its class."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.worked.vectors.cosine import cosines, unit

NEIGHBOURS = 5
"""So many neighbours of each word count for the score."""


@dataclass(frozen=True, eq=False)
class Nearest:
    """Rows [n] by falling ``cosines`` [n]."""

    rows: NDArray[np.int64]
    cosines: NDArray[np.float64]


def nearest(
    vectors: NDArray[Any], query: NDArray[Any], count: int, without: Iterable[int] = ()
) -> Nearest:
    """The rows of ``vectors`` [v d] with the highest cosine with ``query`` [d], but for some and for rows of
    zeros; of equals the lower row first. Fewer than ``count`` where there are no more."""
    alike = cosines(vectors, query)
    alike[~np.asarray(vectors).any(axis=1)] = -np.inf
    alike[list(without)] = -np.inf
    rows = np.argsort(-alike, kind="stable")[:count]
    rows = rows[np.isfinite(alike[rows])]
    return Nearest(rows, alike[rows])


@dataclass(frozen=True, eq=False)
class ClassAccuracy:
    """How well neighbours tell a class.

    ``mean`` is the share, over all words with a class, of their nearest neighbours among those words that
    have the same class; ``by_class`` is it for each class, ``words`` how many words that has. ``chance``
    is what vectors at random would reach.
    """

    mean: float
    by_class: Mapping[str, float]
    words: Mapping[str, int]
    chance: float


def kept_on_map(vectors: NDArray[Any], places: NDArray[np.float64]) -> float:
    """The share of each vector's NEIGHBOURS nearest by cosine [v d] that are its nearest on a map [v 2]."""
    whole = unit(vectors)
    alike = whole @ whole.T
    apart = sum((axis[:, None] - axis) ** 2 for axis in places.T)
    before, after = _best(alike), _best(-np.asarray(apart))
    return float((before[:, :, None] == after[:, None, :]).any(axis=2).mean())


def _best(scores: NDArray[Any]) -> NDArray[np.int64]:
    """The places of the highest scores in each row [v v], itself left out, [v NEIGHBOURS]."""
    np.fill_diagonal(scores, -np.inf)
    return np.argsort(-scores, axis=1, kind="stable")[:, :NEIGHBOURS]


def class_accuracy(
    vectors: NDArray[Any], classes: Sequence[str | None], count: int = NEIGHBOURS
) -> ClassAccuracy:
    """Of vectors [v d] whose classes are known, None where not. NaN if fewer than two are."""
    rows = [row for row, name in enumerate(classes) if name is not None]
    names = [name for name in classes if name is not None]
    words = Counter(names)
    if len(rows) < 2:
        return ClassAccuracy(float("nan"), {}, words, float("nan"))
    _, number = np.unique(names, return_inverse=True)
    chosen = unit(vectors[rows])
    alike = chosen @ chosen.T
    np.fill_diagonal(alike, -np.inf)
    best = np.argsort(-alike, axis=1, kind="stable")[:, : min(count, len(rows) - 1)]
    right = (number[best] == number[:, None]).mean(axis=1)
    total = len(rows)
    chance = sum(n * (n - 1) for n in words.values()) / (total * (total - 1))
    of_class = {
        name: float(right[[own == name for own in names]].mean()) for name in dict.fromkeys(names)
    }
    return ClassAccuracy(float(right.mean()), of_class, words, chance)
