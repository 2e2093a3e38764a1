"""What an order costs: how many different n-grams, how much memory, how much time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import TypeVar

from core.models.ngram import NGramModel
from core.models.ngram_tables import GramCounts
from core.protocol import Tokens
from core.spec.families.ngram import NGramSpec

Result = TypeVar("Result")


@dataclass(frozen=True)
class Size:
    """At an order: n-grams of that length that occurred, and the bytes of all counts up to it."""

    order: int
    grams: int
    bytes: int


@dataclass(frozen=True)
class Time:
    """At an order: seconds to count a text, and to say the probability of each token of another."""

    order: int
    counting: float
    scoring: float


def sizes(grams: GramCounts, orders: Sequence[int]) -> tuple[Size, ...]:
    """As the counts are kept in memory here."""
    tables = [grams.table(order) for order in range(1, max(orders) + 1)]
    each = [t.keys.nbytes + t.counts.nbytes + t.starts.nbytes + t.suffixes.nbytes for t in tables]
    return tuple(Size(n, len(tables[n - 1].keys), sum(each[:n])) for n in orders)


def time_of(spec: NGramSpec, training: Tokens, scored: Tokens, vocabulary_size: int) -> Time:
    """Measured once, now, on this machine: from the bare tokens."""
    model, counting = _timed(lambda: _fitted(spec, training, vocabulary_size))
    _scores, scoring = _timed(lambda: model.token_log_probabilities(scored))
    return Time(spec.order, counting, scoring)


def _fitted(spec: NGramSpec, training: Tokens, vocabulary_size: int) -> NGramModel:
    model = NGramModel.fit(training, vocabulary_size, spec)
    model.grams.table(spec.order)
    return model


def _timed(work: Callable[[], Result]) -> tuple[Result, float]:
    before = perf_counter()
    result = work()
    return result, perf_counter() - before
