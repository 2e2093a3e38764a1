"""Whose turn it is. Of the waiting runs that one is next whose owner has fewest running, then fewest
served, then the oldest. Torch-free."""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field

from core.runs.engines.engine import Stream
from core.spec.run import RunSpec
from core.store.state import Reason, State

_REMEMBERED_OWNERS = 10_000


@dataclass
class Entry:
    """An unfinished run. ``owners`` maps each to the end of its lease; ``stream`` is there while it
    runs; ``ending`` is what it will have become once a requested stop is done; ``reason`` says what
    happened to it on the way."""

    spec: RunSpec
    submitted: int
    owners: dict[str, float] = field(default_factory=dict)
    stream: Stream | None = None
    pump: threading.Thread | None = None
    ending: State | None = None
    reason: Reason | None = None


class Turns:
    """Remembers how often each owner was served. For one thread at a time."""

    def __init__(self) -> None:
        self._served: OrderedDict[str, int] = OrderedDict()

    def serve(self, owners: Iterable[str]) -> None:
        """A run of these owners has begun."""
        for owner in owners:
            self._served[owner] = self._served.pop(owner, 0) + 1
        while len(self._served) > _REMEMBERED_OWNERS:
            self._served.popitem(last=False)

    def order(self, entries: Iterable[Entry]) -> list[Entry]:
        """The waiting runs in the order in which they would start if nothing ended meanwhile."""
        running: Counter[str] = Counter()
        waiting: list[Entry] = []
        for entry in entries:
            if entry.stream is None:
                waiting.append(entry)
            else:
                running.update(entry.owners)
        served = Counter({owner: self._served.get(owner, 0) for e in waiting for owner in e.owners})

        def turn(entry: Entry) -> tuple[tuple[int, int], int]:
            least = min(((running[o], served[o]) for o in entry.owners), default=(0, 0))
            return least, entry.submitted

        order: list[Entry] = []
        while waiting:
            following = min(waiting, key=turn)
            waiting.remove(following)
            order.append(following)
            running.update(following.owners)
            served.update(following.owners)
        return order
