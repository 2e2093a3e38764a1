"""What some smoothings read off the counts themselves: a discount, Good–Turing's ratios, a weight.

With n_r the number of different grams that were counted r times:

- ``estimated_discount``: D = n_1 / (n_1 + 2 n_2) (Ney, Essen and Kneser 1994; Chen and Goodman
  1998, §2.7).
- ``good_turing`` (Good 1953; Katz 1987): a count r up to a cutoff k is worth
  r* = (r + 1) n_{r+1} / n_r, and larger ones are trusted. Katz scales this so that the whole that is
  taken stays n_1, what Good and Turing give to the unseen:
  d_r = (r*/r - A) / (1 - A) with A = (k + 1) n_{k+1} / n_1.
- ``best_weight``: Jelinek–Mercer's λ by leaving each token out of its own counts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.models.ngram_tables import Counts, Table, contexts_of

GIVEN_DISCOUNT = 0.75
"""Where a discount cannot be estimated."""
GIVEN_WEIGHT = 0.5
"""Where a weight cannot be estimated."""
_LEAST, _MOST = 0.001, 0.999


@dataclass(frozen=True)
class Discount:
    """How much is taken from each count of an order; ``ones`` and ``twos``, n_1 and n_2, say from
    what it was estimated. ``how`` is "given" by whoever chose it, "estimated", or "fallback": it was to
    be estimated, but no gram was counted once, or none twice, and the estimate would be 0 or 1."""

    value: float
    how: str = "given"
    ones: int = 0
    twos: int = 0


@dataclass(frozen=True)
class GoodTuring:
    """Katz's ratios d_r for the counts r = 1 … ``cutoff`` of an order, and n_1 … n_{asked + 1}.

    ``cutoff`` is the largest, up to the one ``asked`` for, at which each ratio lies between 0 and 1;
    0 if there is none. On short texts some n_r are 0 or grow with r, and Good–Turing would take
    nothing, everything, or give.
    """

    cutoff: int
    asked: int
    ratios: tuple[float, ...]
    numbers: tuple[int, ...]


def estimated_discount(counts: Counts) -> Discount:
    """D of an order with these counts [g]."""
    ones, twos = int(np.count_nonzero(counts == 1)), int(np.count_nonzero(counts == 2))
    if not (ones and twos):
        return Discount(GIVEN_DISCOUNT, "fallback", ones, twos)
    return Discount(ones / (ones + 2 * twos), "estimated", ones, twos)


def good_turing(counts: Counts, asked: int) -> GoodTuring:
    """Katz's ratios for an order with these counts [g], up to the cutoff asked for or a smaller one."""
    numbers = [int(np.count_nonzero(counts == r)) for r in range(1, asked + 2)]
    for cutoff in range(asked, 1, -1):  # at 1 the scaled ratio is always 0
        ratios = _ratios(numbers, cutoff)
        if all(0 < ratio < 1 for ratio in ratios):
            return GoodTuring(cutoff, asked, ratios, tuple(numbers))
    return GoodTuring(0, asked, (), tuple(numbers))


def best_weight(
    table: Table, totals: Counts, below: NDArray[np.float64]
) -> tuple[float, NDArray[np.float64]]:
    """The weight λ of one order, and the probabilities [g] that it leaves each gram when left out.

    Take one occurrence of a gram away: its order then says (c - 1) / (total - 1), and the shorter
    context what ``below`` [g] says, reckoned in the same way. λ is what makes the counted text, each
    token left out in turn, most probable, to three decimals. A context that was followed once says nothing
    without its one token, and the shorter context speaks alone.
    """
    rest = totals[contexts_of(table)] - 1
    alone = (table.counts - 1) / np.maximum(rest, 1)
    counts, gained, known = table.counts, alone - below, rest > 0
    counts, gained, lower = counts[known], gained[known], below[known]
    if not len(counts):
        return GIVEN_WEIGHT, below
    least, most = _LEAST, _MOST
    while most - least > 1e-4:  # the text's logarithm is concave in λ: halve by its slope's sign
        middle = (least + most) / 2
        if float((counts * gained / (lower + middle * gained)).sum()) > 0:
            least = middle
        else:
            most = middle
    weight = round((least + most) / 2, 3)
    return weight, np.where(known, weight * alone + (1 - weight) * below, below)


def _ratios(numbers: list[int], cutoff: int) -> tuple[float, ...]:
    """d_1 … d_cutoff; a ratio of 0 where one cannot be reckoned."""
    if not all(numbers[:cutoff]):
        return (0.0,)
    over = (cutoff + 1) * numbers[cutoff] / numbers[0]
    if over >= 1:
        return (0.0,)
    return tuple(
        ((r + 1) * numbers[r] / (r * numbers[r - 1]) - over) / (1 - over)
        for r in range(1, cutoff + 1)
    )
