"""A queue above an engine without processes: the test says what each job does next, and what time it is."""

from __future__ import annotations

import errno
import queue as messages
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.runs.engines.engine import Job, WorkerLost
from core.runs.processes import Processes
from core.runs.queue import Queue
from core.spec.families.ngram import NGramSpec
from core.spec.run import RunSpec
from core.store import files
from core.store.folder import RunWriter
from core.store.state import INTERRUPTED, RunState, State
from core.store.store import Store


class FakeStream:
    """A job without a process: the test says what it does next."""

    def __init__(self, engine: FakeEngine, job: Job) -> None:
        self.engine, self.job = engine, job
        self.cancelled, self.begun = threading.Event(), threading.Event()
        self._told: messages.Queue[str] = messages.Queue()
        self._reader: messages.Queue[threading.Thread] = messages.Queue()

    def __iter__(self) -> Iterator[int]:
        writer = RunWriter(self.job.root, self.job.spec)
        writer.mark(State(RunState.RUNNING, resumable=True))
        self.begun.set()
        self._reader.put(threading.current_thread())
        yield 1
        try:
            match self._told.get():
                case "done":
                    writer.mark(State(RunState.DONE))
                case "fails":
                    writer.mark(State(RunState.FAILED, INTERRUPTED, resumable=True))
                    self._told.get()
                case "lost":
                    raise WorkerLost(-9)
        finally:
            self.engine.open_now.pop(self.job.spec.id)

    def cancel(self) -> None:
        self.cancelled.set()
        self._told.put("stop")

    def tell(self, what: str) -> None:
        """Have the job do this, and wait until the queue knows."""
        self._told.put(what)
        pump = self._reader.get()
        pump.join(5)
        assert not pump.is_alive()


class FakeEngine:
    """``opened`` is every id in the order of opening; ``open_now`` is what runs; ``broken`` are runs that
    cannot be begun."""

    def __init__(self, slots: int) -> None:
        self.slots = slots
        self.opened: list[str] = []
        self.open_now: dict[str, FakeStream] = {}
        self.broken: set[str] = set()

    def open(self, job: Job) -> FakeStream:
        if job.spec.id in self.broken:
            raise OSError(errno.EMFILE, "Too many open files")
        assert job.spec.id not in self.open_now, "the same run twice at once"
        assert len(self.open_now) < self.slots, "more jobs than slots"
        stream = self.open_now[job.spec.id] = FakeStream(self, job)
        self.opened.append(job.spec.id)
        return stream


def engine(processes: Processes, slots: int | None) -> FakeEngine:
    """For a foreman whose training processes do not matter: it need not import torch for any."""
    processes.warm_up = lambda then=None: None  # type: ignore[method-assign,misc,assignment]
    return FakeEngine(slots or 1)


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def spec(seed: int) -> RunSpec:
    return RunSpec(model=NGramSpec(), seed=seed)


class Setting:
    def __init__(self, root: Path, slots: int = 1) -> None:
        self.store, self.engine, self.clock = Store(root), FakeEngine(slots), Clock()
        self.queue = Queue(self.store, self.engine, clock=self.clock, lease=120)

    def state(self, run_id: str) -> State:
        """The run's state, once every job that was opened has begun."""
        for stream in list(self.engine.open_now.values()):
            assert stream.begun.wait(5)
        return self.store.open(run_id).state


class FullDisk:
    """``full`` says whether it takes nothing, but for files that have ``wanted`` in them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.full, self.wanted = True, ""
        sync = files.sync

        def syncs(path: Path) -> None:
            if self.full and not (self.wanted and self.wanted in path.read_text()):
                raise OSError(errno.ENOSPC, "No space left on device")
            sync(path)

        monkeypatch.setattr(files, "sync", syncs)
