"""The warm worker: one process that keeps the last models loaded and answers about them.

Imports no torch itself.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Sequence
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from core.errors import LearnerError
from core.questions import Asked
from core.runs.engines.local import LocalEngine, start_process

_WARM_UP_SECONDS = 60.0


class WarmWorker:
    """Answers one question at a time. If the process dies, a new one is asked once more."""

    def __init__(self, engine: LocalEngine, roots: Sequence[Path]) -> None:
        self._engine, self._roots = engine, list(roots)
        self._lock = threading.Lock()
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None

    def start(self) -> None:
        """Start the process before anybody asks."""
        with self._lock:
            self._running()

    def ask(self, question: Asked[Any], timeout: float) -> Any:
        """The answer, within ``timeout`` seconds of the engine being warm; LearnerError if the
        question has none, the worker is busy for too long or it dies twice."""
        self._engine.wait_until_warm(_WARM_UP_SECONDS)
        deadline = time.monotonic() + timeout
        if not self._lock.acquire(timeout=timeout):
            raise LearnerError("The server is busy with other questions. Try again in a moment.")
        try:
            for _attempt in range(2):
                with contextlib.suppress(EOFError, OSError):
                    return self._exchange(question, deadline)
                self._end()
        finally:
            self._lock.release()
        raise LearnerError("The program that answers questions ended twice over this one.")

    def close(self) -> None:
        """End the process; whoever waits for an answer gets an error."""
        process = self._process
        if process is not None:
            process.kill()

    @property
    def pid(self) -> int | None:
        return None if self._process is None else self._process.pid

    def _exchange(self, question: Asked[Any], deadline: float) -> Any:
        connection = self._running()
        connection.send(question)
        if not connection.poll(max(0.0, deadline - time.monotonic())):
            self._end()
            raise LearnerError("The answer took too long. Ask for less, or try again.")
        fine, value = connection.recv()
        if not fine:
            raise value
        return value

    def _running(self) -> Connection:
        if self._connection is None or self._process is None or not self._process.is_alive():
            self._end()
            ours, theirs = self._engine.context.Pipe()
            self._process = start_process(
                self._engine.context, "core.runs.worker", "answer_questions", theirs, self._roots
            )
            theirs.close()
            self._connection = ours
        return self._connection

    def _end(self) -> None:
        if self._connection is not None:
            self._connection.close()
        if self._process is not None:
            self._process.kill()
            self._process.join()
        self._connection = self._process = None
