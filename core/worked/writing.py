"""What can be counted in a written text: what it says again, how several differ, what no reader has met."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.protocol import Tokens

GRAM = 3
"""Tokens in a row that count as something said again."""

Gram = tuple[int, ...]


def grams(tokens: Sequence[int], n: int = GRAM) -> list[Gram]:
    """Each n tokens in a row, from the first on; none if there are fewer."""
    return [tuple(tokens[at : at + n]) for at in range(len(tokens) - n + 1)]


def said_again(tokens: Sequence[int], n: int = GRAM) -> list[bool]:
    """For each token whether the n tokens that end with it stood in the text before, [t]."""
    seen: set[Gram] = set()
    found = [False] * min(n - 1, len(tokens))
    for gram in grams(tokens, n):
        found.append(gram in seen)
        seen.add(gram)
    return found


def repeated_share(tokens: Sequence[int], n: int = GRAM) -> float:
    """The share of a text's n-grams that stood in it before (Welleck et al. 2019, *Neural text generation
    with unlikelihood training*, §6, "seq-rep-n"); 0 if it has none."""
    all_grams = grams(tokens, n)
    return 1 - len(set(all_grams)) / len(all_grams) if all_grams else 0.0


def distinct_share(texts: Sequence[Sequence[int]], n: int = GRAM) -> float:
    """Of the n-grams of all texts together the share that are different ones (Li et al. 2016, *A
    diversity-promoting objective function*, §5.3, "distinct-n"); 0 if there are none."""
    all_grams = [gram for text in texts for gram in grams(text, n)]
    return len(set(all_grams)) / len(all_grams) if all_grams else 0.0


def different_texts(texts: Sequence[Sequence[int]]) -> int:
    """How many of them are no copy of another."""
    return len({tuple(text) for text in texts})


def surprise(probabilities: Sequence[float]) -> float:
    """Nats per token, of tokens with these probabilities; 0 for none."""
    return -math.fsum(map(math.log, probabilities)) / len(probabilities) if probabilities else 0.0


@dataclass(frozen=True, eq=False)
class KnownPairs:
    """The pairs of neighbours of a text, as sorted numbers first · v + second."""

    pairs: NDArray[np.int64]
    vocabulary_size: int

    @classmethod
    def of(cls, tokens: Tokens, vocabulary_size: int) -> KnownPairs:
        return cls(np.unique(_numbered(tokens, vocabulary_size)), vocabulary_size)

    def never_met(self, tokens: Tokens) -> NDArray[np.bool_]:
        """For each token [t] whether it and the one before never stand in a row in the text; the first has
        none before it."""
        if not len(tokens):
            return np.zeros(0, np.bool_)
        strange = ~np.isin(_numbered(tokens, self.vocabulary_size), self.pairs)
        return np.concatenate(([False], strange))


def _numbered(tokens: Tokens, vocabulary_size: int) -> NDArray[np.int64]:
    numbers = np.asarray(tokens, np.int64)
    return np.asarray(numbers[:-1] * vocabulary_size + numbers[1:])
