"""A run is a folder: how it is written and how it is read. Torch-free.

``spec.json``, ``state``, ``tokenizer.json``, ``metrics.jsonl`` (one Snapshot a line),
``snapshots/000123.safetensors`` (its arrays by name), ``model.safetensors`` and, while the run is
unfinished, ``checkpoint.safetensors``. Every file but the metrics is replaced whole, so a reader
never sees half of one; of the metrics, a reader leaves out a last line without its end.

A file that cannot be read (a disk that was full, a power cut, a hand) does nobody else harm: its run
reads as one that failed and can be trained again, and what is in the way then is set aside.
"""

from __future__ import annotations

import json
import os
import threading
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open
from safetensors.numpy import load_file, save_file

from core.errors import LearnerError
from core.spec.run import RunSpec
from core.store.damage import Damaged, damaged_file, spec_at
from core.store.files import make_folder, remove, replace_file, sync, write_text
from core.store.layout import (
    CHECKPOINT,
    METRICS,
    MODEL,
    PROGRESS,
    SNAPSHOTS,
    SPEC,
    STATE,
    TOKENIZER,
)
from core.store.snapshot import Snapshot
from core.store.state import DAMAGED, Reason, RunState, State
from core.text.tokenizers import Tokenizer, load_tokenizer


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
        make_folder(self.path)
        write_text(self.path / SPEC, self.spec.canonical_json())
        self.mark(State(RunState.QUEUED, reason, resumable=True))

    def begin(
        self, tokenizer: Tokenizer, *, afresh: bool = True, reason: Reason | None = None
    ) -> None:
        """Training starts, or with ``afresh=False`` goes on where the checkpoint stands.

        ``reason`` says what happened to the run before.
        """
        make_folder(self.path / SNAPSHOTS)
        write_text(self.path / SPEC, self.spec.canonical_json())
        replace_file(self.path / TOKENIZER, tokenizer.save)
        metrics = self.path / METRICS
        if afresh:
            for stale in (CHECKPOINT, MODEL):
                remove(self.path / stale)
            write_text(metrics, "")
            for old in (self.path / SNAPSHOTS).glob("*.safetensors"):
                remove(old)
        elif metrics.is_file():
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
        self._sync_metrics()
        replace_file(self.path / CHECKPOINT, training.save_checkpoint)
        self.keep_model(training)

    def keep_model(self, training: Saves) -> None:
        """The model as it is can be asked questions."""
        replace_file(self.path / MODEL, training.save_model)

    def finish(self, training: Saves) -> None:
        self._sync_metrics()
        self.keep_model(training)
        self.mark(State(RunState.DONE))
        (self.path / CHECKPOINT).unlink(missing_ok=True)

    def fail(self, error: LearnerError, *, resumable: bool = False) -> None:
        """The run ended with a reason; what it wrote before stays."""
        self.mark(State(RunState.FAILED, Reason.of(error), resumable))

    def mark(self, state: State) -> None:
        write_text(self.path / STATE, state.to_json())

    def _sync_metrics(self) -> None:
        """What is said from here on relies on the lines so far: no power cut may take them."""
        if (self.path / METRICS).is_file():
            sync(self.path / METRICS)


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
        self._torn = False
        self._checked: tuple[object, str | None] = (None, None)

    @property
    def id(self) -> str:
        return self.path.name

    @cached_property
    def spec(self) -> RunSpec:
        """Damaged if it cannot be read."""
        return spec_at(self.path)

    @property
    def state(self) -> State:
        """What has become of the run. One whose state cannot be read has failed and can be resumed."""
        file = self.path / STATE
        try:
            return State.from_json(file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise
        except (OSError, ValueError):
            reason = Reason(DAMAGED, {"file": STATE})
            return State(RunState.FAILED, reason, resumable=True, updated=_written(file))

    def damage(self, state: State) -> Reason | None:
        """Which file cannot be read, of a run that is in this state; None if all can. What has been
        read once is read again only after it was written."""
        if state.is_damaged:
            return state.reason
        done = state.state is RunState.DONE
        recorded = self.snapshots()
        looked_at = (SPEC, METRICS, TOKENIZER, MODEL, SNAPSHOTS)
        now = (
            done,
            *((_written(path), _size(path)) for path in map(self.path.joinpath, looked_at)),
        )
        with self._lock:
            if self._checked[0] != now:
                file = damaged_file(self.path, done=done)
                if file is None and (self._torn or (done and self._is_cut(recorded))):
                    file = METRICS
                self._checked = now, file
            file = self._checked[1]
        return None if file is None else Reason(DAMAGED, {"file": file})

    @property
    def model_path(self) -> Path:
        return self.path / MODEL

    @property
    def weights_written(self) -> int:
        """When the weights were written, in nanoseconds since 1970; 0 before there are any."""
        try:
            return self.model_path.stat().st_mtime_ns
        except OSError:
            return 0

    @property
    def checkpoint_step(self) -> int:
        """The step from which training would go on; 0 without a checkpoint that can be read."""
        try:
            with safe_open(self.path / CHECKPOINT, framework="numpy") as checkpoint:
                return int(checkpoint.get_tensor(PROGRESS)[0])
        except (OSError, SafetensorError, ValueError, IndexError):
            return 0

    def snapshots(self) -> tuple[Snapshot, ...]:
        """What has been recorded, by rising step, without arrays. Reads only what is new, and leaves
        out what cannot be read."""
        with self._lock:
            try:
                with (self.path / METRICS).open("rb") as metrics:
                    status = os.fstat(metrics.fileno())
                    self._forget_unless_same(status)
                    if status.st_size > self._read:
                        metrics.seek(self._read)
                        self._take(metrics.read())
            except FileNotFoundError:
                self._file, self._snapshots, self._torn = None, [], False
            except OSError:
                self._file, self._snapshots, self._torn = None, [], True
            return tuple(self._snapshots)

    def arrays(self, step: int) -> dict[str, NDArray[Any]]:
        """What the family looked at, by name, at a full step; numbers of half precision as float32.
        Empty where there is nothing."""
        path = self.path / SNAPSHOTS / f"{step:06d}.safetensors"
        try:
            return {name: _single(array) for name, array in load_file(path).items()}
        except (OSError, SafetensorError, ValueError):
            return {}

    def tokenizer(self) -> Tokenizer:
        """Damaged if it cannot be read."""
        try:
            return load_tokenizer(self.path / TOKENIZER)
        except Exception:  # what the tokenizers' library raises over garbage is not to be foreseen
            raise Damaged(TOKENIZER) from None

    def _is_cut(self, recorded: tuple[Snapshot, ...]) -> bool:
        """Whether the metrics of a run that is done lack their end."""
        if self._file is None:
            return (self.path / MODEL).exists()
        return _size(self.path / METRICS) > self._read or not any(s.full for s in recorded)

    def _forget_unless_same(self, status: os.stat_result) -> None:
        file = (status.st_dev, status.st_ino)
        if file != self._file or status.st_size < self._read:
            self._file, self._read, self._snapshots, self._torn = file, 0, [], False

    def _take(self, new: bytes) -> None:
        whole, newline, _torn = new.rpartition(b"\n")
        self._read += len(whole) + len(newline)
        for line in whole.splitlines():
            try:
                snapshot = Snapshot.from_json(json.loads(line))
            except ValueError:
                self._torn = True
                continue
            while self._snapshots and self._snapshots[-1].step >= snapshot.step:
                self._snapshots.pop()
            self._snapshots.append(snapshot)


def _single(array: NDArray[Any]) -> NDArray[Any]:
    return array.astype(np.float32) if array.dtype == np.float16 else array


def _written(path: Path) -> float:
    """When a file was written, in seconds since 1970; 0 if it is not there."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _size(path: Path) -> int:
    """Bytes of a file; -1 if it is not there."""
    try:
        return path.stat().st_size
    except OSError:
        return -1
