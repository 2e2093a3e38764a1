"""The arithmetic of one n-gram probability, step by step, with all that a person needs to do it again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from core.models.ngram_estimates import Discount, GoodTuring
from core.models.ngram_smoothing import Discounted, Katz, Level, Mixed
from core.models.ngram_tables import Ids, find


@dataclass(frozen=True)
class KatzDetails:
    """Katz's numbers at one order, after one context.

    ``ratio`` is d_c for the count at hand (1 where it is trusted, or where the whole vocabulary
    followed); ``added`` (0 or 1) is added to the total; ``kept`` is what all tokens that followed share, and
    ``kept_below`` what the same tokens share after the shorter context, so that the weight is
    (1 - kept) / (1 - kept_below).
    """

    turing: GoodTuring
    ratio: float
    added: int
    kept: float
    kept_below: float


@dataclass(frozen=True)
class Step:
    """One line of the arithmetic: ``probability = share + weight × lower``.

    ``kind`` says what ``count`` and ``total`` count: how often the gram and its context's grams
    occur ("counts"); how many different tokens stood before them ("continuations"); nothing, the
    line that gives each token the same ("uniform", order 0); nothing, the line that divides a
    stupid back-off score by the sum of all scores ("normalised", weight one over that sum).
    ``types`` is how many different tokens follow the context; ``lower`` is the probability of the
    step before this one, 0 for the first. ``discount`` is that of absolute discounting and
    Kneser–Ney at this order, ``katz`` what Katz needs, ``mixed`` Jelinek–Mercer's λ; else None.
    """

    kind: Literal["uniform", "counts", "continuations", "normalised"]
    order: int
    context: tuple[int, ...]
    count: int
    total: int
    types: int
    share: float
    weight: float
    lower: float
    probability: float
    discount: Discount | None = None
    katz: KatzDetails | None = None
    mixed: float | None = None


def uniform_step(vocabulary_size: int) -> Step:
    """The first: every token alike."""
    uniform = 1 / vocabulary_size
    return Step("uniform", 0, (), 0, 0, 0, uniform, 0.0, 0.0, uniform)


def next_step(
    level: Level, prefix: Ids, context: tuple[int, ...], token: int, below: Step, size: int
) -> Step:
    """The step of one order from the one ``below``: the token after ``context``, whose rank is
    ``prefix`` [1], in a vocabulary of this size. One that does not need the step below has lower 0."""
    gram = find(level.table, prefix, np.array([token]), size)
    seen, known, lower = gram[0] >= 0, prefix[0] >= 0, below.probability
    weight = float(level.weights(prefix)[0])
    if level.backs_off and seen:
        weight = 0.0
    followed = level.followed
    step = Step(
        followed.kind,
        len(context) + 1,
        context,
        count=int(followed.counts[gram[0]]) if seen else 0,
        total=int(followed.totals[prefix[0]]) if known else 0,
        types=int(followed.types[prefix[0]]) if known else 0,
        share=float(level.shares(gram, prefix)[0]) if seen else 0.0,
        weight=weight,
        lower=lower if weight else 0.0,
        probability=float(level.combine(gram, prefix, np.array([lower]))[0]),
    )
    if isinstance(level, Discounted):
        return replace(step, discount=level.discount)
    if isinstance(level, Mixed):
        return replace(step, mixed=level.weight)
    if isinstance(level, Katz) and known:
        return replace(step, katz=_katz(level, int(prefix[0]), step.count))
    return step


def normalised_step(score: Step, sum_of_scores: float) -> Step:
    """The last of stupid back-off: its ``score`` divided by all tokens' scores."""
    weight = 1 / sum_of_scores
    p = weight * score.probability
    numbers = (0, 0, 0, 0.0, weight, score.probability, p)
    return Step("normalised", score.order, score.context, *numbers)


def _katz(level: Katz, context: int, count: int) -> KatzDetails:
    small = 1 <= count <= level.turing.cutoff and not level.full[context]
    return KatzDetails(
        level.turing,
        level.turing.ratios[count - 1] if small else 1.0,
        int(level.added[context]),
        float(level.kept[context]),
        float(level.kept_below[context]),
    )
