"""One program at a time writes a run's folder: two would write over one another. Torch-free."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from core.errors import LearnerError
from core.store.files import make_folder
from core.store.layout import LOCK

_PATIENCE_SECONDS = 10.0
"""As long as a program that was told to end may take over its last checkpoint."""


@contextmanager
def writing(folder: Path, patience: float = _PATIENCE_SECONDS) -> Iterator[None]:
    """Be the one that writes the folder, which is made if need be. A program that dies has let go.

    LearnerError if another one writes it for longer than ``patience``, in seconds.
    """
    make_folder(folder)
    lock = FileLock(folder / LOCK)
    try:
        lock.acquire(timeout=patience)
    except Timeout:
        raise LearnerError(
            "Another program is training the run {run} in the same folder. Wait until it is done, or "
            "choose another folder.",
            run=folder.name,
        ) from None
    try:
        yield
    finally:
        lock.release()


def is_being_written(folder: Path, patience: float = 0.0) -> bool:
    """Whether some program has been writing the folder for the last ``patience`` seconds."""
    if not (folder / LOCK).is_file():
        return False
    try:
        with writing(folder, patience):
            return False
    except LearnerError:
        return True
    except OSError:
        return False
