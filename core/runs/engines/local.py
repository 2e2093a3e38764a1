"""Training on this machine: one killable process and one pipe a job. Imports no torch itself."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator

from core.runs.engines.engine import Job, WorkerLost
from core.runs.processes import Child, Processes, processors

GRACE_SECONDS = 0.6
"""How long a cancelled job may take to write a checkpoint before it is killed."""

_RUN_JOB = "core.runs.engines.local_worker:run_job"


class LocalEngine:
    """As many training processes at once as there are processors this process may use."""

    def __init__(self, processes: Processes, slots: int | None = None) -> None:
        self._processes = processes
        self._slots = processors() if slots is None else slots

    @property
    def slots(self) -> int:
        return self._slots if self._processes.warm else 0

    def open(self, job: Job) -> LocalStream:
        return LocalStream(self._processes, job)


class LocalStream:
    """One job in one process."""

    def __init__(self, processes: Processes, job: Job) -> None:
        self._processes, self._job = processes, job
        self._lock = threading.Lock()
        self._cancelled = False
        self._child: Child | None = None

    def __iter__(self) -> Iterator[int]:
        with self._lock:
            if self._cancelled:
                return
            child = self._child = self._processes.start(_RUN_JOB, self._job, background=True)
        complete = False
        try:
            with contextlib.suppress(EOFError, OSError):
                while (step := child.connection.recv()) is not None:
                    yield step
                complete = True
        finally:
            code = child.end(GRACE_SECONDS)
        if not (complete or self._cancelled):
            raise WorkerLost(code)

    def cancel(self) -> None:
        with self._lock:
            if self._cancelled:
                return
            self._cancelled = True
            if self._child is None:
                return
            with contextlib.suppress(OSError):
                self._child.connection.send("stop")
        killer = threading.Timer(GRACE_SECONDS, self._child.kill)
        killer.daemon = True
        killer.start()

    @property
    def pid(self) -> int | None:
        return None if self._child is None else self._child.pid
