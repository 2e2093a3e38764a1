"""A run is a folder: how it is written and how it is read. Torch-free.

``spec.json``, ``state``, ``tokenizer.json``, ``metrics.jsonl`` (one Snapshot a line),
``snapshots/000123.safetensors`` (its arrays by name), ``model.safetensors`` and, while the run is
unfinished, ``checkpoint.safetensors``. Every file but the metrics is replaced whole, so a reader
never sees half of one; of the metrics, a reader leaves out a last line without its end.
"""

from __future__ import annotations

import json
import os
import tempfile
import threading
import time
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open
from safetensors.numpy import load_file, save_file

from core.errors import LearnerError
from core.spec.run import RunSpec, read_spec
from core.store.snapshot import Snapshot
from core.store.state import Reason, RunState, State
from core.text.tokenizers import Tokenizer, load_tokenizer

SPEC, STATE, METRICS, TOKENIZER = "spec.json", "state", "metrics.jsonl", "tokenizer.json"
MODEL, CHECKPOINT, SNAPSHOTS = "model.safetensors", "checkpoint.safetensors", "snapshots"
PROGRESS = "progress"
"""The array of a checkpoint that holds its step and the seconds spent so far."""


class Saves(Protocol):
    """What the writer asks of a training."""

    def save_model(self, path: Path) -> None: ...
    def save_checkpoint(self, path: Path) -> None: ...


class RunWriter:
    """Writes the folder of one run. One process at a time has a writer for a run."""

    def __init__(self, root: Path, spec: RunSpec) -> None:
        self.path = root / spec.id
        self.spec = spec

    @property
    def checkpoint_path(self) -> Path:
        return self.path / CHECKPOINT

    def queue(self, reason: Reason | None = None) -> None:
        """The folder exists and waits for its turn. What an earlier attempt left stays.

        ``reason`` says what happened to the run before.
        """
        self.path.mkdir(parents=True, exist_ok=True)
        write_text(self.path / SPEC, self.spec.canonical_json())
        self.mark(State(RunState.QUEUED, reason, resumable=True))

    def begin(
        self, tokenizer: Tokenizer, *, afresh: bool = True, reason: Reason | None = None
    ) -> None:
        """Training starts, or with ``afresh=False`` goes on where the checkpoint stands.

        ``reason`` says what happened to the run before.
        """
        (self.path / SNAPSHOTS).mkdir(parents=True, exist_ok=True)
        write_text(self.path / SPEC, self.spec.canonical_json())
        replace_file(self.path / TOKENIZER, tokenizer.save)
        metrics = self.path / METRICS
        if afresh:
            for stale in (CHECKPOINT, MODEL):
                (self.path / stale).unlink(missing_ok=True)
            write_text(metrics, "")
            for old in (self.path / SNAPSHOTS).glob("*.safetensors"):
                old.unlink()
        elif metrics.exists():
            whole, newline, _torn = metrics.read_bytes().rpartition(b"\n")
            os.truncate(metrics, len(whole + newline))
        self.mark(State(RunState.RUNNING, reason, resumable=True))

    def append(self, snapshot: Snapshot) -> None:
        """One more snapshot. A step that is there already, and all after it, are superseded."""
        if snapshot.arrays:
            arrays = {name: np.ascontiguousarray(a) for name, a in snapshot.arrays.items()}
            replace_file(
                self.path / SNAPSHOTS / f"{snapshot.step:06d}.safetensors",
                lambda path: save_file(arrays, path),
            )
        line = json.dumps(snapshot.to_json(), ensure_ascii=False) + "\n"
        with (self.path / METRICS).open("ab") as metrics:
            metrics.write(line.encode())

    def checkpoint(self, training: Saves) -> None:
        """From here the run can go on; its model so far can be asked questions."""
        replace_file(self.path / CHECKPOINT, training.save_checkpoint)
        self.keep_model(training)

    def keep_model(self, training: Saves) -> None:
        """The model as it is can be asked questions."""
        replace_file(self.path / MODEL, training.save_model)

    def finish(self, training: Saves) -> None:
        self.keep_model(training)
        self.mark(State(RunState.DONE))
        (self.path / CHECKPOINT).unlink(missing_ok=True)

    def fail(self, error: LearnerError, *, resumable: bool = False) -> None:
        """The run ended with a reason; what it wrote before stays."""
        self.mark(State(RunState.FAILED, Reason.of(error), resumable))

    def mark(self, state: State) -> None:
        write_text(self.path / STATE, state.to_json())


class RunFolder:
    """Reads the folder of one run, also while it is being written. May be shared by threads.

    Each property is what the disk says at that moment; a page takes a RunView instead.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._file: tuple[int, int] | None = None
        self._read = 0
        self._snapshots: list[Snapshot] = []

    @property
    def id(self) -> str:
        return self.path.name

    @cached_property
    def spec(self) -> RunSpec:
        return read_spec((self.path / SPEC).read_bytes())

    @property
    def state(self) -> State:
        return State.from_json((self.path / STATE).read_text(encoding="utf-8"))

    @property
    def model_path(self) -> Path:
        return self.path / MODEL

    @property
    def weights_written(self) -> int:
        """When the weights were written, in nanoseconds since 1970; 0 before there are any."""
        try:
            return self.model_path.stat().st_mtime_ns
        except FileNotFoundError:
            return 0

    @property
    def checkpoint_step(self) -> int:
        """The step from which training would go on; 0 without a checkpoint that can be read."""
        try:
            with safe_open(self.path / CHECKPOINT, framework="numpy") as checkpoint:
                return int(checkpoint.get_tensor(PROGRESS)[0])
        except (OSError, SafetensorError):
            return 0

    def snapshots(self) -> tuple[Snapshot, ...]:
        """What has been recorded, by rising step, without arrays. Reads only what is new."""
        with self._lock:
            try:
                with (self.path / METRICS).open("rb") as metrics:
                    status = os.fstat(metrics.fileno())
                    self._forget_unless_same(status)
                    if status.st_size > self._read:
                        metrics.seek(self._read)
                        self._take(metrics.read())
            except FileNotFoundError:
                self._file, self._snapshots = None, []
            return tuple(self._snapshots)

    def arrays(self, step: int) -> dict[str, NDArray[Any]]:
        """What the family looked at, by name, at a full step; numbers of half precision as float32.
        Empty where there is nothing."""
        path = self.path / SNAPSHOTS / f"{step:06d}.safetensors"
        if not path.exists():
            return {}
        return {name: _single(array) for name, array in load_file(path).items()}

    def tokenizer(self) -> Tokenizer:
        return load_tokenizer(self.path / TOKENIZER)

    def _forget_unless_same(self, status: os.stat_result) -> None:
        file = (status.st_dev, status.st_ino)
        if file != self._file or status.st_size < self._read:
            self._file, self._read, self._snapshots = file, 0, []

    def _take(self, new: bytes) -> None:
        whole, newline, _torn = new.rpartition(b"\n")
        self._read += len(whole) + len(newline)
        for line in whole.splitlines():
            snapshot = Snapshot.from_json(json.loads(line))
            while self._snapshots and self._snapshots[-1].step >= snapshot.step:
                self._snapshots.pop()
            self._snapshots.append(snapshot)


def _single(array: NDArray[Any]) -> NDArray[Any]:
    return array.astype(np.float32) if array.dtype == np.float16 else array


def replace_file(path: Path, write: Callable[[Path], object]) -> None:
    """Have ``write`` fill a new file beside ``path``, then put it in its place in one move."""
    handle, name = tempfile.mkstemp(prefix=f".{path.stem}-", suffix=path.suffix, dir=path.parent)
    os.close(handle)
    new = Path(name)
    try:
        write(new)
        _move(new, path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise


def write_text(path: Path, text: str) -> None:
    """Replace a small UTF-8 file in one move."""
    replace_file(path, lambda new: new.write_bytes(text.encode()))


def _move(source: Path, target: Path) -> None:
    """Windows refuses while somebody reads the target: it is open for a moment only."""
    for _ in range(50):
        try:
            os.replace(source, target)
            return
        except PermissionError:
            time.sleep(0.02)
    os.replace(source, target)
