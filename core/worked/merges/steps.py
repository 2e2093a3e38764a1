"""Walking over learned merges, forwards and backwards, with the counts of all pairs at each step.

A step looks only at the pieces that have the pair, and changes only the counts of what stands beside it
(Sennrich et al. 2016, section 3.2, count everything anew at each step).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import pairwise

from core.worked.merges.learned import Learned, Merge, Pair


@dataclass(frozen=True)
class Count:
    """A pair and how often it stands in the text."""

    pair: Pair
    times: int


@dataclass(frozen=True)
class _Done:
    """What a step has changed: the pieces as they were, and how much each pair's count has grown."""

    before: dict[int, list[int]]
    counts: dict[Pair, int]
    tokens: int


class Stepper:
    """A text on its way through the merges; at step 0 it is bytes. Each different piece is kept once."""

    def __init__(self, learned: Learned) -> None:
        self.merges: Sequence[Merge] = learned.merges
        kinds = Counter(learned.pieces)
        self._times = list(kinds.values())
        self._words = [list(piece) for piece in kinds]
        self._counts: Counter[Pair] = Counter()
        self._where: defaultdict[Pair, set[int]] = defaultdict(set)
        self._done: list[_Done] = []
        self.tokens = sum(map(len, learned.pieces))
        """How many tokens the text has now."""
        for word, ids in enumerate(self._words):
            for pair in pairwise(ids):
                self._counts[pair] += self._times[word]
                self._where[pair].add(word)

    @property
    def step(self) -> int:
        """How many merges have been done."""
        return len(self._done)

    def go(self, step: int) -> None:
        """Walk there. Raises ValueError if there is no such step."""
        if not 0 <= step <= len(self.merges):
            raise ValueError(f"step {step} of {len(self.merges)}")
        while self.step < step:
            self._forward(self.merges[self.step])
        while self.step > step:
            self._back()

    def count(self, pair: Pair) -> int:
        """How often the pair stands in the text now. In "aaa" the pair "aa" counts twice."""
        return self._counts[pair]

    def top(self, most: int) -> list[Count]:
        """The most frequent pairs, the one that ``tokenizers`` merges next first: of equally frequent ones
        it takes the pair of the lower ids."""
        standing = ((-times, pair) for pair, times in self._counts.items() if times > 0)
        return [Count(pair, -less) for less, pair in nsmallest(most, standing)]

    def equally(self, times: int) -> int:
        """How many pairs are as frequent as that."""
        return sum(other == times for other in self._counts.values())

    def _forward(self, merge: Merge) -> None:
        changed: dict[Pair, int] = defaultdict(int)
        before: dict[int, list[int]] = {}
        fewer = 0
        for word in sorted(self._where[merge.pair]):
            old = self._words[word]
            new = list(merged(old, merge))
            if len(new) == len(old):
                continue
            times = self._times[word]
            for pair in pairwise(old):
                changed[pair] -= times
            for pair in pairwise(new):
                changed[pair] += times
                self._where[pair].add(word)
            before[word], self._words[word] = old, new
            fewer += times * (len(old) - len(new))
        self._apply(changed, 1)
        self.tokens -= fewer
        self._done.append(_Done(before, changed, fewer))

    def _back(self) -> None:
        done = self._done.pop()
        for word, old in done.before.items():
            self._words[word] = old
        self._apply(done.counts, -1)
        self.tokens += done.tokens

    def _apply(self, changed: dict[Pair, int], sign: int) -> None:
        for pair, times in changed.items():
            self._counts[pair] += sign * times


def merged(ids: Sequence[int], merge: Merge) -> Iterator[int]:
    """The piece after the merge, from left to right: of "aaa" the first two become one."""
    left, right = merge.pair
    place = 0
    while place < len(ids):
        if ids[place] == left and place + 1 < len(ids) and ids[place + 1] == right:
            yield merge.made
            place += 2
        else:
            yield ids[place]
            place += 1
