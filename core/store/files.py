"""Files that are replaced whole and have reached the disk before anybody hears of them. Torch-free."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import tempfile
import time
import uuid
from collections.abc import Callable
from pathlib import Path

from core.errors import LearnerError


def replace_file(path: Path, write: Callable[[Path], object]) -> None:
    """Have ``write`` fill a new file beside ``path``, then put it in its place in one move.

    After a power cut there is the old file or the new one, and never an empty one: the content is on
    the disk before the move, and the move before this returns. A folder that has taken the place of
    the file is set aside.
    """
    handle, name = tempfile.mkstemp(prefix=f".{path.stem}-", suffix=path.suffix, dir=path.parent)
    os.close(handle)
    new = Path(name)
    try:
        write(new)
        sync(new)
        if path.is_dir():
            set_aside(path)
        _move(new, path)
        _sync_folder(path.parent)
    except BaseException:
        with contextlib.suppress(OSError):
            new.unlink(missing_ok=True)
        raise


def write_text(path: Path, text: str) -> None:
    """Replace a small UTF-8 file in one move."""
    replace_file(path, lambda new: new.write_bytes(text.encode()))


def make_folder(path: Path) -> None:
    """Have a folder there, with those above it; a file that has taken its place is set aside."""
    if path.exists() and not path.is_dir():
        set_aside(path)
    path.mkdir(parents=True, exist_ok=True)


def set_aside(path: Path) -> Path:
    """Take what is damaged out of the way, beside where it was; where it is now."""
    kept = path.with_name(f".damaged-{path.name}-{uuid.uuid4().hex[:8]}")
    path.rename(kept)
    return kept


def set_aside_of(path: Path) -> list[Path]:
    """What was set aside of this file or folder."""
    return sorted(path.parent.glob(f".damaged-{path.name}-*"))


def remove(path: Path) -> None:
    """Remove a file if it is there, or the folder that has taken its place."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Return once the file's content is on the disk."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def unwritable(error: OSError) -> LearnerError:
    """The sentence for a learner whose training or text cannot be kept."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return LearnerError(
            "The server's disk is full, so nothing can be trained now. Make room on it, then try again."
        )
    return LearnerError(
        "The server cannot write to its disk ({problem}), so nothing can be trained now.",
        problem=error.strerror or type(error).__name__,
    )


def _sync_folder(path: Path) -> None:
    """Windows opens no folder, and some network disks sync none: there the file itself must do."""
    with contextlib.suppress(OSError):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _move(source: Path, target: Path) -> None:
    """Windows refuses while somebody reads the target: it is open for a moment only."""
    for _ in range(50):
        try:
            os.replace(source, target)
            return
        except PermissionError:
            time.sleep(0.02)
    os.replace(source, target)
