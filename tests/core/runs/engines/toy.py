"""A second engine, to hold the interface to: it executes each job in the thread that reads its stream."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator

import torch

from core.errors import LearnerError
from core.runs.engines.engine import Job, WorkerLost
from core.runs.processes import Processes
from core.runs.worker import execute


class ToyEngine:
    def __init__(self, processes: Processes | None = None, slots: int | None = None) -> None:
        self.slots = slots or 2
        torch.set_num_threads(1)

    def open(self, job: Job) -> ToyStream:
        return ToyStream(job)


class ToyStream:
    def __init__(self, job: Job) -> None:
        self._job = job
        self._cancelled, self._killed = threading.Event(), threading.Event()

    def __iter__(self) -> Iterator[int]:
        if self._cancelled.is_set():
            return
        with contextlib.suppress(LearnerError), contextlib.closing(execute(self._job)) as snapshots:
            for snapshot in snapshots:
                if self._killed.is_set():
                    raise WorkerLost(None)
                yield snapshot.step
                if self._cancelled.is_set():
                    return

    def cancel(self) -> None:
        self._cancelled.set()

    def kill(self) -> None:
        """What stands for the death of the worker."""
        self._killed.set()
