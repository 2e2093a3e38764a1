"""Which file of a run can no longer be read: emptied, cut off, overwritten or not a file. Torch-free.

A checkpoint is not looked at: training begins anew without one. Neither is the content of arrays:
their file says how long it must be, and nothing of what stands in it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from safetensors import safe_open

from core.errors import LearnerError
from core.spec.run import RunSpec, read_spec
from core.store.layout import METRICS, MODEL, SNAPSHOT_FILES, SNAPSHOTS, SPEC, TOKENIZER
from core.store.state import DAMAGED
from core.text.tokenizers import load_tokenizer


class Damaged(LearnerError):
    """A file of a run cannot be read; ``file`` is its name in the run's folder."""

    def __init__(self, file: str) -> None:
        super().__init__(DAMAGED, file=file)
        self.file = file


def spec_at(folder: Path) -> RunSpec:
    """The specification that the folder is named for. FileNotFoundError without one, Damaged if it
    cannot be read or is another run's."""
    try:
        spec = read_spec((folder / SPEC).read_bytes())
    except FileNotFoundError:
        raise
    except (OSError, LearnerError):
        raise Damaged(SPEC) from None
    if spec.id != folder.name:
        raise Damaged(SPEC)
    return spec


def damaged_file(folder: Path, *, done: bool) -> str | None:
    """The first file, other than ``state`` and the metrics, that is there and cannot be read, by its
    name; None if all can. Of a run that is ``done``, what is missing beside the rest is damaged too."""
    if _fails(spec_at, folder):
        return SPEC
    begun = any((folder / name).exists() for name in (METRICS, TOKENIZER, MODEL))
    for name, read in ((TOKENIZER, load_tokenizer), (MODEL, open_arrays)):
        wanted = (done and begun) or (folder / name).exists()
        if wanted and _fails(read, folder / name):
            return name
    snapshots = folder / SNAPSHOTS
    if snapshots.exists():
        if not snapshots.is_dir():
            return SNAPSHOTS
        for path in sorted(snapshots.glob(SNAPSHOT_FILES)):
            if _fails(open_arrays, path):
                return f"{SNAPSHOTS}/{path.name}"
    return None


def open_arrays(path: Path) -> None:
    """Read the head of an array file: it names what is in it and how long the file is. Raises if the
    file is not as its head says."""
    with safe_open(path, framework="numpy"):
        pass


def _fails(read: Callable[[Path], Any], path: Path) -> bool:
    """Whether reading raises: what the libraries raise over garbage is not to be foreseen."""
    try:
        read(path)
    except Exception:
        return True
    return False
