"""How each smoothing shares out probability; the formulas are in ``ngram``, one class here for each.

Every smoothing has one shape. What interpolates: p(w | h) = share(hw) + weight(h) · p(w | h without its first
token), whether hw was seen or not. What backs off: the share alone if hw was seen, else the weighted
probability after the shorter context. All end at the uniform 1 / V.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, repeat
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from core.models.ngram_estimates import (
    Discount,
    GoodTuring,
    best_weight,
    estimated_discount,
    good_turing,
)
from core.models.ngram_tables import (
    Followed,
    GramCounts,
    Ids,
    Kind,
    Table,
    contexts_of,
    sum_by_context,
)
from core.spec.families.ngram import NGramSpec

Probabilities = NDArray[np.float64]


@dataclass(frozen=True)
class Level(ABC):
    """One order: its table, and how its grams are counted."""

    table: Table
    followed: Followed
    backs_off: ClassVar[bool] = False
    """Whether a seen gram has its share alone."""
    after_unseen: ClassVar[float] = 1.0
    """The weight of the shorter context after a context that nothing followed."""

    def shares(self, grams: Ids, contexts: Ids) -> Probabilities:
        """What seen ``grams`` [t] of seen ``contexts`` [t] get from this order alone."""
        counts = self.followed.counts[grams].astype(np.float64)
        return self._kept(counts, contexts) / self._divisors(self._totals(contexts), contexts)

    def weights(self, contexts: Ids) -> Probabilities:
        """The weight [t] of the shorter context after ``contexts`` [t], -1 where never seen."""
        if not len(self.followed.totals):
            return np.full(len(contexts), self.after_unseen)
        known = np.maximum(contexts, 0)
        weights = self._weights(self._totals(known), known)
        followed = (contexts >= 0) & (self.followed.totals[known] > 0)
        return np.where(followed, weights, self.after_unseen)

    def combine(self, grams: Ids, contexts: Ids, lower: Probabilities) -> Probabilities:
        """Probabilities (stupid back-off: scores) of ``grams``, -1 where unseen, all shapes [t]."""
        shares = np.zeros(len(grams))
        seen = grams >= 0
        shares[seen] = self.shares(grams[seen], contexts[seen])
        rest = self.weights(contexts) * lower
        return np.where(seen, shares, rest) if self.backs_off else shares + rest

    def all_shares(self) -> Probabilities:
        """The shares of all seen grams, [g]."""
        return self.shares(np.arange(len(self.table.keys)), contexts_of(self.table))

    def _totals(self, contexts: Ids) -> Probabilities:
        """How often something followed the contexts; 1 where nothing did, to divide by it."""
        return np.maximum(self.followed.totals[contexts], 1).astype(np.float64)

    def _kept(self, counts: Probabilities, contexts: Ids) -> Probabilities:
        """What is left of the counts."""
        return counts

    def _divisors(self, totals: Probabilities, contexts: Ids) -> Probabilities:
        """What the counts are divided by, given how often something followed the contexts."""
        return totals

    @abstractmethod
    def _weights(self, totals: Probabilities, contexts: Ids) -> Probabilities:
        """The weight of the shorter context after contexts that something followed."""


class Divided(Level):
    """Maximum likelihood: c / Σc, and nothing is left."""

    def _weights(self, totals: Probabilities, contexts: Ids) -> Probabilities:
        return np.zeros(len(contexts))


@dataclass(frozen=True)
class Added(Level):
    """Add-k: (c + k) / (Σc + kV), as a share of the counts and one of the uniform distribution."""

    added: float
    """k · V."""

    def _divisors(self, totals: Probabilities, contexts: Ids) -> Probabilities:
        return totals + self.added

    def _weights(self, totals: Probabilities, contexts: Ids) -> Probabilities:
        return self.added / (totals + self.added)


@dataclass(frozen=True)
class Mixed(Level):
    """Jelinek–Mercer: λ · c / Σc + (1 - λ) · lower."""

    weight: float
    """λ."""

    def _kept(self, counts: Probabilities, contexts: Ids) -> Probabilities:
        return self.weight * counts

    def _weights(self, totals: Probabilities, contexts: Ids) -> Probabilities:
        return np.full(len(contexts), 1 - self.weight)


class WittenBell(Level):
    """(c + types · lower) / (Σc + types)."""

    def _divisors(self, totals: Probabilities, contexts: Ids) -> Probabilities:
        return totals + self.followed.types[contexts]

    def _weights(self, totals: Probabilities, contexts: Ids) -> Probabilities:
        types = self.followed.types[contexts]
        return types / (totals + types)


@dataclass(frozen=True)
class Discounted(Level):
    """Absolute discounting, and Kneser–Ney: (max(c - D, 0) + D · types · lower) / Σc."""

    discount: Discount

    def _kept(self, counts: Probabilities, contexts: Ids) -> Probabilities:
        return np.maximum(counts - self.discount.value, 0.0)

    def _weights(self, totals: Probabilities, contexts: Ids) -> Probabilities:
        return self.discount.value * self.followed.types[contexts] / totals


@dataclass(frozen=True)
class Katz(Level):
    """A seen gram has d_c · c / (Σc + added), any other α(h) · lower.

    α shares out what the seen grams leave, 1 - kept, among the unseen tokens in proportion to their
    lower probabilities, which sum to 1 - kept below. Where all counts after a context are trusted,
    nothing would be left: then one is added to the divisor, as SRILM does. Where the whole
    vocabulary followed, nothing needs to be left: d is 1.
    """

    turing: GoodTuring
    added: NDArray[np.int32]
    """0 or 1 for each context, [c]."""
    full: NDArray[np.bool_]
    """Whether the whole vocabulary followed, [c]."""
    kept: Probabilities
    """What the seen grams of each context share, [c]."""
    kept_below: Probabilities
    """What the same tokens share after the shorter context, [c]."""
    backs_off: ClassVar[bool] = True

    def _kept(self, counts: Probabilities, contexts: Ids) -> Probabilities:
        return np.where(self.full[contexts], counts, _worth(counts, self.turing))

    def _divisors(self, totals: Probabilities, contexts: Ids) -> Probabilities:
        return totals + self.added[contexts]

    def _weights(self, totals: Probabilities, contexts: Ids) -> Probabilities:
        left, below = 1 - self.kept[contexts], 1 - self.kept_below[contexts]
        return np.where(self.full[contexts], 0.0, left / np.where(self.full[contexts], 1.0, below))


@dataclass(frozen=True)
class StupidBackoff(Level):
    """A seen gram has the score c / Σc, any other α times the lower score."""

    constant: float
    """α."""
    sums: Probabilities
    """The scores' sum over the vocabulary after each context, [c]."""
    backs_off: ClassVar[bool] = True

    @property
    def after_unseen(self) -> float:  # type: ignore[override]
        return self.constant

    def _weights(self, totals: Probabilities, contexts: Ids) -> Probabilities:
        return np.full(len(contexts), self.constant)


def levels(grams: GramCounts, spec: NGramSpec) -> tuple[Level, ...]:
    """The levels of orders 1, 2, …, in that order, under the smoothing of ``spec``."""
    *_lower, highest = levels_of_each_order(grams, spec)
    return highest


def levels_of_each_order(grams: GramCounts, spec: NGramSpec) -> Iterator[tuple[Level, ...]]:
    """The levels of the models of order 1, 2, … up to that of ``spec``, which share what they can:
    Kneser–Ney alone counts the highest order of a model in another way than the same one below another.
    """
    below: tuple[Level, ...] = ()
    weights = _mixing_weights(grams, spec)
    for m in range(1, spec.order + 1):
        weight = next(weights)
        highest = _level(grams, spec, "counts", m, below, weight)
        yield (*below, highest)
        if spec.smoothing == "kneser_ney" and m < spec.order:
            highest = _level(grams, spec, "continuations", m, below, weight)
        below = (*below, highest)


def _level(
    grams: GramCounts, spec: NGramSpec, kind: Kind, m: int, below: Sequence[Level], weight: float
) -> Level:
    """The level of order ``m`` over those ``below``; ``weight`` is Jelinek–Mercer's."""
    table, followed = grams.table(m), grams.followed(kind, m)
    match spec.smoothing:
        case "mle":
            return Divided(table, followed)
        case "add_k":
            return Added(table, followed, spec.k * grams.vocabulary_size)
        case "jelinek_mercer":
            return Mixed(table, followed, weight)
        case "witten_bell":
            return WittenBell(table, followed)
        case "absolute" | "kneser_ney":
            given = spec.discount
            counts = followed.counts
            return Discounted(
                table, followed, estimated_discount(counts) if given is None else Discount(given)
            )
        case "katz":
            return _katz(grams, table, followed, below, spec.cutoff)
        case "stupid_backoff":
            sums = _sums_of_scores(grams, table, below, spec.backoff)
            return StupidBackoff(table, followed, spec.backoff, sums)


def _mixing_weights(grams: GramCounts, spec: NGramSpec) -> Iterator[float]:
    """Jelinek–Mercer's weights of orders 1, 2, …: the given one, or each as it is estimated."""
    if spec.smoothing != "jelinek_mercer" or spec.interpolation is not None:
        yield from repeat(spec.interpolation or 0.0)
    left_out = np.full(1, 1 / grams.vocabulary_size)
    for m in count(1):
        table = grams.table(m)
        below = left_out[table.suffixes]
        weight, left_out = best_weight(table, grams.followed("counts", m).totals, below)
        yield weight


def _uniform(grams: GramCounts, table: Table) -> Probabilities:
    return np.full(len(table.keys), 1 / grams.vocabulary_size)


def _below(grams: GramCounts, table: Table, below: Sequence[Level]) -> Probabilities:
    """What a back-off gives each gram of ``table`` after its context without its first token, [g].
    There it was seen, too, so this is its share."""
    return below[-1].all_shares()[table.suffixes] if below else _uniform(grams, table)


def _worth(counts: Probabilities, turing: GoodTuring) -> Probabilities:
    """d_c · c: what Good–Turing takes a count for."""
    ratios = np.array((1.0, *turing.ratios, 1.0))
    worth: Probabilities = counts * ratios[np.minimum(counts, turing.cutoff + 1).astype(np.int64)]
    return worth


def _katz(
    grams: GramCounts, table: Table, followed: Followed, below: Sequence[Level], cutoff: int
) -> Katz:
    turing = good_turing(followed.counts, cutoff)
    worth = sum_by_context(table, _worth(followed.counts.astype(np.float64), turing))
    small = sum_by_context(table, (followed.counts <= turing.cutoff).astype(np.int32))
    full = followed.types == grams.vocabulary_size
    added = ((small == 0) & ~full).astype(np.int32)
    kept = np.where(full, 1.0, worth / np.maximum(followed.totals + added, 1))
    kept_below = sum_by_context(table, _below(grams, table, below))
    return Katz(table, followed, turing, added, full, kept, kept_below)


def _sums_of_scores(
    grams: GramCounts, table: Table, below: Sequence[Level], backoff: float
) -> Probabilities:
    """Σ_w S(w | h) for each context h of the next level, [c].

    The tokens that follow h have shares that sum to one; the others have α times the lower scores,
    whose sum is that of all tokens less that of the tokens that follow h.
    """
    lower_sums = np.ones(1)
    if below:
        level = below[-1]
        assert isinstance(level, StupidBackoff)
        lower_sums = level.sums[level.table.suffixes]
    lower_scores = _below(grams, table, below)
    followed = np.diff(table.starts) > 0
    return followed + backoff * (lower_sums - sum_by_context(table, lower_scores))
