"""Training on this machine: one killable process and one pipe a job. Imports no torch itself.

Processes are forked from a server that has imported torch already (0.1 s instead of 3 s a job);
where there is none, on Windows, they are spawned.
"""

from __future__ import annotations

import contextlib
import importlib
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from typing import Any

from core.runs.engines.engine import Job, WorkerLost

GRACE_SECONDS = 0.6
"""How long a cancelled job may take to write a checkpoint before it is killed."""

_WORKER = "core.runs.worker"
_PRELOAD = ["torch", "torch._dynamo", _WORKER]
_FEW_THREADS = {"OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "OMP_WAIT_POLICY": "passive"}


class LocalEngine:
    """As many training processes at once as there are processors this process may use."""

    def __init__(self, slots: int | None = None) -> None:
        self._slots = processors() if slots is None else slots
        self._ready = threading.Event()
        os.environ.update(_FEW_THREADS)
        self.context = _context()

    @property
    def slots(self) -> int:
        return self._slots if self._ready.is_set() else 0

    def warm_up(self, then: Callable[[], object] = lambda: None) -> None:
        """Import torch once, in the background, and call ``then`` when processes start fast."""

        def warm() -> None:
            process = start_process(self.context, _WORKER, "be_ready")
            process.join()
            self._ready.set()
            then()

        threading.Thread(target=warm, daemon=True, name="warm-up").start()

    def wait_until_warm(self, timeout: float) -> bool:
        return self._ready.wait(timeout)

    def open(self, job: Job) -> LocalStream:
        return LocalStream(self.context, job)


class LocalStream:
    """One job in one process."""

    def __init__(self, context: BaseContext, job: Job) -> None:
        self._context, self._job = context, job
        self._lock = threading.Lock()
        self._cancelled = False
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None

    def __iter__(self) -> Iterator[int]:
        ours, theirs = self._context.Pipe()
        with ours:
            with self._lock:
                if self._cancelled:
                    return
                self._process = start_process(self._context, _WORKER, "run_job", theirs, self._job)
                self._connection = ours
            theirs.close()
            ended = False
            with contextlib.suppress(EOFError, OSError):
                while (step := ours.recv()) is not None:
                    yield step
                ended = True
            self._process.join(GRACE_SECONDS)
            self._kill()
            self._process.join()
            if not (ended or self._cancelled):
                raise WorkerLost(self._process.exitcode)

    def cancel(self) -> None:
        with self._lock:
            if self._cancelled:
                return
            self._cancelled = True
            if self._connection is None:
                return
            with contextlib.suppress(OSError):
                self._connection.send("stop")
        killer = threading.Timer(GRACE_SECONDS, self._kill)
        killer.daemon = True
        killer.start()

    @property
    def pid(self) -> int | None:
        return None if self._process is None else self._process.pid

    def _kill(self) -> None:
        if self._process is not None:
            with contextlib.suppress(OSError):
                self._process.kill()


def start_process(context: BaseContext, module: str, function: str, *args: Any) -> BaseProcess:
    """Start a daemon process on a function given by name: importing it here would bring torch into
    this process."""
    process = context.Process(  # type: ignore[attr-defined]
        target=call, args=(module, function, *args), daemon=True
    )
    process.start()
    assert isinstance(process, BaseProcess)
    return process


def call(module: str, function: str, *args: Any) -> None:
    """Import and call, in the process that is to have the import."""
    getattr(importlib.import_module(module), function)(*args)


def processors() -> int:
    """Processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return max(1, os.cpu_count() or 1)


def _context() -> BaseContext:
    if "forkserver" in multiprocessing.get_all_start_methods():
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(_PRELOAD)
        return context
    return multiprocessing.get_context("spawn")
