"""The warm worker: one process that keeps the last models loaded and answers about them.

Imports no torch itself.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from core.errors import LearnerError
from core.questions import Asked
from core.runs.processes import Child, Processes

_WARM_UP_SECONDS = 60.0
_SERVE = "core.answers:serve"


class WarmWorker:
    """Answers one question at a time. If the process dies, a new one is asked once more."""

    def __init__(self, processes: Processes, roots: Sequence[Path]) -> None:
        self._processes, self._roots = processes, list(roots)
        self._lock = threading.Lock()
        self._child: Child | None = None

    def start(self) -> None:
        """Start the process before anybody asks."""
        with self._lock:
            self._running()

    def ask(self, question: Asked[Any], timeout: float) -> tuple[Any, bool]:
        """The answer, and whether a process had to be replaced for it.

        It comes within ``timeout`` seconds of the processes being warm; LearnerError if the question
        has none, the worker is busy for too long or it dies twice.
        """
        self._processes.wait_until_warm(_WARM_UP_SECONDS)
        deadline = time.monotonic() + timeout
        if not self._lock.acquire(timeout=timeout):
            raise LearnerError("The server is busy with other questions. Try again in a moment.")
        try:
            replaced = self._child is not None and not self._child.is_alive
            for attempt in range(2):
                with contextlib.suppress(EOFError, OSError):
                    return self._exchange(question, deadline), replaced or attempt > 0
                self._end()
        finally:
            self._lock.release()
        raise LearnerError("The program that answers questions ended twice over this one.")

    def close(self) -> None:
        """End the process; whoever waits for an answer gets an error."""
        child = self._child
        if child is not None:
            child.kill()

    @property
    def pid(self) -> int | None:
        return None if self._child is None else self._child.pid

    def _exchange(self, question: Asked[Any], deadline: float) -> Any:
        connection = self._running().connection
        connection.send(question)
        if not connection.poll(max(0.0, deadline - time.monotonic())):
            self._end()
            raise LearnerError("The answer took too long. Ask for less, or try again.")
        fine, value = connection.recv()
        if not fine:
            raise value
        return value

    def _running(self) -> Child:
        if self._child is None or not self._child.is_alive:
            self._end()
            self._child = self._processes.start(_SERVE, self._roots)
        return self._child

    def _end(self) -> None:
        if self._child is not None:
            self._child.kill()
            self._child.end()
            self._child = None
