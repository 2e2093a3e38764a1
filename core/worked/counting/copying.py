"""What of a written text stands in the counted text as it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.protocol import Tokens

LONG = 5
"""Tokens in a row from which on the lesson calls them copied."""


@dataclass(frozen=True)
class CopiedRun:
    """Written tokens from ``start`` to before ``end`` that stand in a row in the counted text, at ``place``
    first."""

    start: int
    end: int
    place: int

    def __len__(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, eq=False)
class TokenPlaces:
    """Where each token stands in a text ``tokens`` [t]: token i at ``places[starts[i]:starts[i + 1]]``."""

    tokens: Tokens
    places: NDArray[np.int64]
    starts: NDArray[np.int64]

    @classmethod
    def of(cls, tokens: Tokens, vocabulary_size: int) -> TokenPlaces:
        narrow = tokens.astype(np.min_scalar_type(vocabulary_size - 1))
        counts = np.bincount(tokens, minlength=vocabulary_size)
        starts = np.concatenate(([0], np.cumsum(counts)))
        return cls(tokens, np.argsort(narrow, kind="stable"), starts)

    def of_token(self, token: int) -> NDArray[np.int64]:
        """Where the token stands, in order."""
        return self.places[self.starts[token] : self.starts[token + 1]]


def copied_runs(text: TokenPlaces, written: Sequence[int]) -> list[CopiedRun | None]:
    """For each written token the longest copied run that it lies in, the first of equal ones; None for a
    token that the text has not at all."""
    found: list[CopiedRun | None] = [None] * len(written)
    for run in _widest_runs(text, written):
        for at in range(run.start, run.end):
            before = found[at]
            if before is None or len(run) > len(before):
                found[at] = run
    return found


def longest_run(runs: Sequence[CopiedRun | None]) -> CopiedRun | None:
    """The longest of them, the first of equal ones."""
    return max((run for run in runs if run is not None), key=len, default=None)


def copied_share(runs: Sequence[CopiedRun | None], least: int = LONG) -> float:
    """The share of tokens that lie in a run of at least ``least`` tokens; 0 if nothing was written."""
    long = sum(run is not None and len(run) >= least for run in runs)
    return long / len(runs) if runs else 0.0


def longest_stretch(written: str, text: str) -> tuple[int, int]:
    """The longest stretch of characters in ``written`` that ``text`` has too: from where to before where."""
    start = end = 0
    at = 0
    while at + end - start < len(written):
        further = at + end - start + 1
        if written[at:further] in text:
            start, end = at, further
        else:
            at += 1
    return start, end


def _widest_runs(text: TokenPlaces, written: Sequence[int]) -> Iterator[CopiedRun]:
    """Every run that could be made longer neither to the left nor to the right, in order.

    Behind a run stands a token that it could not take in. The next run has that token in it, and begins as
    far left as one with it can.
    """
    at = 0
    while at < len(written):
        places = text.of_token(written[at])
        if not len(places):
            at += 1
            continue
        start, end = at, at + 1
        while start > 0:
            before = places[places > 0] - 1
            before = before[text.tokens[before] == written[start - 1]]
            if not len(before):
                break
            places, start = before, start - 1
        while end < len(written):
            inside = places[places + end - start < len(text.tokens)]
            further = inside[text.tokens[inside + end - start] == written[end]]
            if not len(further):
                break
            places, end = further, end + 1
        yield CopiedRun(start, end, int(places[0]))
        at = end
