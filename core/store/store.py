"""Where runs live: a folder of run folders, and beside them the learners' own texts. Torch-free."""

from __future__ import annotations

import contextlib
import re
import shutil
import threading
import uuid
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from pathlib import Path

from core.errors import LearnerError
from core.spec.run import RunSpec
from core.store.damage import Damaged
from core.store.files import make_folder, remove, set_aside, set_aside_of, write_text
from core.store.folder import RunFolder
from core.store.layout import SPEC, STATE
from core.store.state import RunState
from core.store.view import RunView, look_at
from core.text.own import digest
from core.text.tokenizers import Tokenizer

_ID = re.compile(r"[0-9a-f]{16}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_REMEMBERED = 128


class Store:
    """The runs under one root. May be shared by threads.

    Folders are remembered (the last 128 opened), so that polling one reads only what is new.
    """

    def __init__(self, root: Path, read_only: bool = False) -> None:
        self.root = Path(root)
        self.read_only = read_only
        self._lock = threading.Lock()
        self._open: OrderedDict[str, RunFolder] = OrderedDict()
        if not read_only:
            with contextlib.suppress(OSError):  # who writes a run will say so
                self.root.mkdir(parents=True, exist_ok=True)

    def list(self) -> tuple[RunFolder, ...]:
        """All runs, the last touched first."""
        found = [folder for folder in map(self.find, self._names()) if folder is not None]
        touched = {folder: when for folder in found if (when := _touched(folder)) is not None}
        return tuple(sorted(touched, key=touched.__getitem__, reverse=True))

    def find(self, run_id: str) -> RunFolder | None:
        """The run of this id, or None; None also for what is no id at all."""
        if not is_run_id(run_id):
            return None
        path = self.root / run_id
        with self._lock:
            if not (_exists(path / STATE) and _exists(path / SPEC)):
                self._open.pop(run_id, None)
                return None
            folder = self._open.pop(run_id, None) or RunFolder(path)
            self._open[run_id] = folder
            if len(self._open) > _REMEMBERED:
                self._open.popitem(last=False)
            return folder

    def look(self, run_id: str, known: RunSpec | None = None) -> RunView | None:
        """The run of this id as it is now, read once; or None. ``known`` is its specification, if
        whoever asks has it: then a run is seen, as damaged, though its own cannot be read."""
        folder = self.find(run_id)
        return None if folder is None else look_at(folder, known)

    def set_aside(self, run_id: str) -> None:
        """Take a damaged run out of the way, under a name that is no run's."""
        with self._lock:
            self._open.pop(run_id, None)
            set_aside(self.root / run_id)

    def open(self, run_id: str) -> RunFolder:
        """As ``find``, but LearnerError if there is no such run."""
        return _must_exist(self.find(run_id), run_id)

    def delete(self, run_id: str) -> None:
        """Remove a run with what was set aside of it, and its own text unless another run needs it.

        LearnerError if there is no such run, it is still waiting or running, another one goes on from
        it, or it is shipped.
        """
        folder = self.open(run_id)
        if self.read_only:
            raise LearnerError("The run {run} belongs to the course and stays.", run=run_id)
        if folder.state.state.is_alive:
            raise LearnerError("The run {run} is not finished. Stop it first.", run=run_id)
        if any(_start_of(run) == run_id for run in self.list()):
            raise LearnerError(
                "Another run goes on from the run {run}. Delete that one first.", run=run_id
            )
        text = _text_of(folder)
        doomed = self.root / f".deleted-{uuid.uuid4().hex}"
        folder.path.rename(doomed)
        for path in (doomed, *set_aside_of(folder.path)):
            shutil.rmtree(path, ignore_errors=True)
        if text is not None and all(_text_of(run) != text for run in self.list()):
            self.delete_text(text)

    def save_text(self, text: str) -> str:
        """Keep a learner's own text; its digest names it in a CorpusSpec."""
        name = digest(text)
        path = self._text_path(name)
        if self.find_text(name) is None:
            make_folder(path.parent)
            write_text(path, text)
        return name

    def text(self, name: str) -> str:
        """The text of this digest. LearnerError if it is not here."""
        found = self.find_text(name)
        if found is None:
            raise LearnerError("The text of this run is not on this computer. Upload it again.")
        return found

    def find_text(self, name: str) -> str | None:
        """The text of this digest, or None; None also for a file that holds something else by now."""
        if not _DIGEST.fullmatch(name):
            return None
        try:
            text = self._text_path(name).read_bytes().decode()
        except (OSError, ValueError):
            return None
        return text if digest(text) == name else None

    def has_text(self, name: str) -> bool:
        return _DIGEST.fullmatch(name) is not None and _exists(self._text_path(name))

    def runs_of_text(self, name: str) -> tuple[RunFolder, ...]:
        """The runs that were made of this text and those that went on from one of these, in whose weights it
        is too; each before the run that it goes on from."""
        runs = self.list()
        depth = {run: 0 for run in runs if _text_of(run) == name}
        new = list(depth)
        while new:
            ids = {run.id: depth[run] for run in new}
            new = [run for run in runs if _start_of(run) in ids]
            depth |= {run: ids[str(_start_of(run))] + 1 for run in new}
        return tuple(sorted(depth, key=depth.__getitem__, reverse=True))

    def delete_text(self, name: str) -> None:
        """Remove a text, if it is here. Its runs can then be opened, but not be trained on."""
        if _DIGEST.fullmatch(name):
            remove(self._text_path(name))

    def _names(self) -> Iterator[str]:
        with contextlib.suppress(OSError):
            yield from (path.name for path in self.root.iterdir() if is_run_id(path.name))

    def _text_path(self, name: str) -> Path:
        return self.root / "texts" / f"{name}.txt"


class Library:
    """Several stores read as one; of the same run in two, the first store's counts."""

    def __init__(self, stores: Sequence[Store]) -> None:
        self.stores = tuple(stores)

    def list(self) -> tuple[RunFolder, ...]:
        """All runs: store after store, in each the last touched first."""
        runs: dict[str, RunFolder] = {}
        for store in self.stores:
            for folder in store.list():
                runs.setdefault(folder.id, folder)
        return tuple(runs.values())

    def find(self, run_id: str) -> RunFolder | None:
        return next((found for s in self.stores if (found := s.find(run_id)) is not None), None)

    def look(self, run_id: str, known: RunSpec | None = None) -> RunView | None:
        """The run of this id as it is now, read once; or None. ``known`` as in ``Store.look``. A
        damaged run is passed over for a good one in a later store."""
        damaged: RunView | None = None
        for store in self.stores:
            seen = store.look(run_id, known)
            if seen is not None and not seen.is_damaged:
                return seen
            damaged = damaged or seen
        return damaged

    def has(self, run_id: str) -> bool:
        """Whether there is such a run, whatever has become of it."""
        return self.find(run_id) is not None

    def finished(self) -> tuple[RunSpec, ...]:
        """The specifications of all runs that are done, in the order of ``list``."""
        done = (folder for folder in self.list() if _is_done(folder))
        return tuple(spec for folder in done if (spec := _spec_of(folder)) is not None)

    def weights_written(self, run_id: str) -> int:
        """When the weights of a run were written, in nanoseconds since 1970; 0 if there are none."""
        folder = self.find(run_id)
        return 0 if folder is None else folder.weights_written

    def tokenizer(self, run_id: str) -> Tokenizer | None:
        """How a run reads text, without reading the run; None while it has no tokenizer that can be read."""
        folder = self.find(run_id)
        try:
            return None if folder is None else folder.tokenizer()
        except Damaged:
            return None

    def open(self, run_id: str) -> RunFolder:
        """As ``find``, but LearnerError if no store has such a run."""
        return _must_exist(self.find(run_id), run_id)

    def text(self, name: str) -> str:
        """The text of this digest, from the first store that has it."""
        for store in self.stores[:-1]:
            if (found := store.find_text(name)) is not None:
                return found
        return self.stores[-1].text(name)


def is_run_id(value: str) -> bool:
    """Sixteen hexadecimal digits: anything else, a path for instance, never reaches the disk."""
    return _ID.fullmatch(value) is not None


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False


# A folder may be deleted while it is read, and its specification may be damaged: None then.


def _touched(folder: RunFolder) -> float | None:
    try:
        return folder.state.updated
    except FileNotFoundError:
        return None


def _is_done(folder: RunFolder) -> bool:
    try:
        return folder.state.state is RunState.DONE
    except FileNotFoundError:
        return False


def _spec_of(folder: RunFolder) -> RunSpec | None:
    try:
        return folder.spec
    except (FileNotFoundError, Damaged):
        return None


def _text_of(folder: RunFolder) -> str | None:
    spec = _spec_of(folder)
    return None if spec is None else spec.corpus.digest


def _start_of(folder: RunFolder) -> str | None:
    spec = _spec_of(folder)
    return None if spec is None else spec.start


def _must_exist(folder: RunFolder | None, run_id: str) -> RunFolder:
    if folder is None:
        raise LearnerError("There is no run {run}. It may have been deleted.", run=run_id)
    return folder
