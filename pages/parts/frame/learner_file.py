"""A learner's file: read as it stands, and changed in turn, so that two tabs at once lose nothing."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from core.store.files import write_text

Stored = dict[str, Any]

_TURN = threading.Lock()
"""Among the threads of this process; the lock beside the files is for other processes."""


def read(path: Path) -> Stored:
    """What the file holds; nothing for a newcomer, or if it cannot be read."""
    try:
        return _content(path)
    except OSError:
        return {}


def change(path: Path, edit: Callable[[Stored], None]) -> bool:
    """Let ``edit`` change what the file holds now, and write it. False if the disk cannot be read or
    written now: then the session alone remembers, and the page goes on."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _turn(path.parent):
            stored = _content(path)
            edit(stored)
            write_text(path, json.dumps(stored))
    except OSError:
        return False
    return True


def _content(path: Path) -> Stored:
    """What the file holds; nothing if there is none, or it is damaged. OSError if it cannot be read now:
    then it must not be written over."""
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, IsADirectoryError, ValueError, RecursionError):
        return {}
    return stored if isinstance(stored, dict) else {}


@contextmanager
def _turn(folder: Path) -> Iterator[None]:
    """One reader and writer at a time."""
    with _TURN, (folder / ".lock").open("a") as file:
        if sys.platform != "win32":
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)  # given back when the file is closed
        yield
