"""Who watches which run: what a new foreman must know when the one before was killed. Torch-free."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable


class Watches:
    """Remembers for the length of a lease, in seconds. May be shared by threads."""

    def __init__(self, lease: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._lease, self._clock = lease, clock
        self._lock = threading.Lock()
        self._until: dict[tuple[str, str], float] = {}

    def keep(self, run_id: str, owner: str) -> None:
        """The owner has just asked for the run, or said that they still watch it."""
        with self._lock:
            now = self._clock()
            self._until[run_id, owner] = now + self._lease
            self._until = {watch: until for watch, until in self._until.items() if until > now}

    def drop(self, run_id: str, owner: str) -> None:
        """The owner watches the run no longer."""
        with self._lock:
            self._until.pop((run_id, owner), None)

    def owners(self) -> dict[str, list[str]]:
        """Id → owners, in the order in which the watches began."""
        with self._lock:
            now = self._clock()
            found: dict[str, list[str]] = {}
            for (run_id, owner), until in self._until.items():
                if until > now:
                    found.setdefault(run_id, []).append(owner)
            return found
