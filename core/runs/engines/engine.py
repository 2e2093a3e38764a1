"""The small interface behind which training is executed: here, or on a cluster. Torch-free."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from core.spec.run import RunSpec
from core.store.start import Start
from core.store.state import Reason


@dataclass(frozen=True)
class Job:
    """One run to execute in ``root / spec.id``, from its checkpoint if there is one.

    While its stream is read, that folder is kept up to date; when the stream ends, it is complete.
    ``reason`` says what happened to the run before; it is shown while the run is alive. ``start`` is the
    finished run that this one goes on from, if it does.
    """

    root: Path
    spec: RunSpec
    own_text: str | None = None
    reason: Reason | None = None
    start: Start | None = None


class WorkerLost(Exception):
    """The process that trained is gone without a word. ``code`` is its exit code, if known."""

    def __init__(self, code: int | None) -> None:
        super().__init__(f"worker lost, exit code {code}")
        self.code = code


class Stream(Protocol):
    """A job being executed. Read once, by one thread; cancelled by any."""

    def __iter__(self) -> Iterator[int]:
        """The step of each snapshot, as it is written. Ends when the run is done, failed (the
        folder says which) or cancelled; raises WorkerLost if the worker died of itself."""
        ...

    def cancel(self) -> None:
        """Ask to stop, with a checkpoint if that is quick. Returns at once; the stream ends within
        a second."""
        ...


class Engine(Protocol):
    @property
    def slots(self) -> int:
        """How many jobs may be open at once now; 0 while the engine is warming up."""
        ...

    def open(self, job: Job) -> Stream:
        """Prepare a job; it starts when the stream is read."""
        ...
