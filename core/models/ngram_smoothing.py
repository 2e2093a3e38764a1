"""How each smoothing turns counts into shares and weights; the formulas are in ``ngram``.

Every smoothing here has one shape, p(w | h) = share(hw) + weight(h) · p(w | h without its first
token), down to the uniform 1 / V: maximum likelihood with weight 0, add-k with weight
kV / (Σ_u c(hu) + kV) on the uniform itself, Kneser–Ney with what its discounts free. Stupid
back-off takes the share of a seen gram alone, and the weighted lower score of any other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.models.ngram_tables import Ids, Table, sum_by_context
from core.spec.families.ngram import NGramSpec

Probabilities = NDArray[np.float64]


@dataclass(frozen=True)
class Level:
    """What one order contributes, for its g seen grams and their c contexts.

    ``counts`` [g] as this smoothing counts; over the grams of each context ``totals`` [c] and
    ``types`` [c], how many have a count; ``shares`` [g] and ``weights`` [c]. ``sums`` [c] are the
    sums of stupid back-off's scores over the vocabulary (empty for the others).
    """

    kind: Literal["counts", "continuations"]
    table: Table
    counts: NDArray[np.int64]
    totals: NDArray[np.int64]
    types: NDArray[np.int64]
    shares: Probabilities
    weights: Probabilities
    sums: Probabilities


def levels(tables: tuple[Table, ...], vocabulary_size: int, spec: NGramSpec) -> tuple[Level, ...]:
    """The levels of orders 1, 2, …, in that order, under the smoothing of ``spec``."""
    found: list[Level] = []
    for m, table in enumerate(tables, start=1):
        above = tables[m] if spec.smoothing == "kneser_ney" and m < len(tables) else None
        counts = table.counts
        if above is not None:
            counts = np.bincount(above.suffixes, minlength=len(table.keys))
        totals = sum_by_context(table, counts)
        types = sum_by_context(table, (counts > 0).astype(np.int64))
        shares, weights = _smooth(table, counts, totals, types, vocabulary_size, spec)
        sums = np.empty(0)
        if spec.smoothing == "stupid_backoff":
            sums = _sums_of_scores(found, tables, vocabulary_size, spec.backoff)
        kind: Literal["counts", "continuations"] = "counts" if above is None else "continuations"
        found.append(Level(kind, table, counts, totals, types, shares, weights, sums))
    return tuple(found)


def combine(
    level: Level, grams: Ids, weights: Probabilities, lower: Probabilities, spec: NGramSpec
) -> Probabilities:
    """Probabilities (stupid back-off: scores) of ``grams``, -1 where unseen, all shapes [t]."""
    shares = np.zeros(len(grams))
    seen = grams >= 0
    shares[seen] = level.shares[grams[seen]]
    if spec.smoothing == "stupid_backoff":
        return np.where(seen, shares, weights * lower)
    return shares + weights * lower


def _smooth(
    table: Table,
    counts: NDArray[np.int64],
    totals: NDArray[np.int64],
    types: NDArray[np.int64],
    vocabulary_size: int,
    spec: NGramSpec,
) -> tuple[Probabilities, Probabilities]:
    """Shares [g] and weights [c] of one order. A context that nothing follows has weight 1, or, in
    stupid back-off, like any other its constant."""
    followed = totals > 0
    divisors = np.where(followed, totals, 1).astype(np.float64)
    match spec.smoothing:
        case "mle":
            numerators, weights = counts.astype(np.float64), np.where(followed, 0.0, 1.0)
        case "add_k":
            added = spec.k * vocabulary_size
            divisors = (totals + added).astype(np.float64)
            numerators, weights = counts.astype(np.float64), added / divisors
        case "kneser_ney":
            numerators = np.maximum(counts - spec.discount, 0.0)
            weights = np.where(followed, spec.discount * types / divisors, 1.0)
        case "stupid_backoff":
            numerators, weights = counts.astype(np.float64), np.full(len(totals), spec.backoff)
    return numerators / np.repeat(divisors, np.diff(table.starts)), weights


def _sums_of_scores(
    below: list[Level], tables: tuple[Table, ...], vocabulary_size: int, backoff: float
) -> Probabilities:
    """Σ_w S(w | h) for each context h of the next level, [c].

    The tokens that follow h have shares that sum to one; the others have α times the lower scores,
    whose sum is that of all tokens less that of the tokens that follow h.
    """
    table = tables[len(below)]
    if below:
        level = below[-1]
        lower_sums = level.sums[level.table.suffixes]
        lower_scores = level.shares[table.suffixes]
    else:
        lower_sums = np.ones(1)
        lower_scores = np.full(len(table.keys), 1 / vocabulary_size)
    followed = np.diff(table.starts) > 0
    return followed + backoff * (lower_sums - sum_by_context(table, lower_scores))
