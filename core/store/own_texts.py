"""The texts that learners have given, kept beside the runs made of them, until they delete them. Torch-free.

``texts/<digest>.txt`` is a text, once however many gave it; ``texts/given/<learner>.json`` says which one a
learner gave last, and which former ones still have runs.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from core.errors import LearnerError
from core.store.files import make_folder, write_text
from core.store.folder import RunFolder
from core.store.store import Store
from core.text.own import Preview, digest, preview

_TURN = threading.Lock()
"""Whoever gives or deletes holds it: else a text might go while another learner is about to have it."""


@dataclass(frozen=True)
class OwnText:
    """A learner's text: its digest, the name of its file ("" if it was pasted), how many characters of the
    file could not be read, and what it is like."""

    digest: str
    name: str
    lost: int
    preview: Preview


class OwnTexts:
    """The last text that each learner gave."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._folder = store.root / "texts" / "given"

    def given(self, owner: str) -> OwnText | None:
        """The text that the learner gave last; None if there is none, or none any more."""
        try:
            found = self._record(owner)["given"]
            own = OwnText(**found | {"preview": Preview(**found["preview"])})
        except (OSError, KeyError, TypeError):
            return None
        return own if isinstance(own.digest, str) and self._store.has_text(own.digest) else None

    def give(self, owner: str, text: str, name: str = "", lost: int = 0) -> OwnText:
        """Keep a checked text as the learner's; the one before goes unless there are runs of it.

        Raises LearnerError if it cannot be written down.
        """
        own = OwnText(digest(text), name, lost, preview(text))
        try:
            with _TURN:
                former = [old for old in self._digests(owner) if old != own.digest]
                kept = [old for old in former if self._runs_of(old)]
                gone = [
                    old for old in former if old not in kept and not self._is_anothers(old, owner)
                ]
                self._store.save_text(text)
                make_folder(self._folder)
                write_text(self._path(owner), json.dumps({"given": asdict(own), "former": kept}))
                for old in gone:
                    self._store.delete_text(old)
        except OSError:
            raise LearnerError(
                "Your text cannot be kept: the disk of the computer that runs this course is full, or "
                "must not be written. Ask whoever runs it."
            ) from None
        return own

    def runs(self, owner: str) -> list[RunFolder]:
        """The runs made of the texts that this learner gave, and nobody else."""
        try:
            return [run for one in self._own(owner) for run in self._runs_of(one)]
        except OSError:
            return []

    def delete(self, owner: str) -> None:
        """Forget what the learner gave: the texts, and the runs made of them, unless somebody else gave the
        very same text.

        Raises LearnerError, and deletes nothing, while a model is trained on one of them.
        """
        try:
            with _TURN:
                self._delete(owner)
        except OSError:
            raise LearnerError(
                "Your text cannot be deleted: the disk of the computer that runs this course must not be "
                "written. Ask whoever runs it."
            ) from None

    def _delete(self, owner: str) -> None:
        mine = self._own(owner)
        runs = [run for one in mine for run in self._runs_of(one)]
        if any(run.state.state.is_alive for run in runs):
            raise LearnerError(
                "A model is being trained on your text. Stop it, then delete the text."
            )
        for run in runs:
            self._store.delete(run.id)
        for one in mine:
            self._store.delete_text(one)
        self._path(owner).unlink(missing_ok=True)

    def _own(self, owner: str) -> list[str]:
        """The texts that this learner gave, and nobody else. OSError if that cannot be known."""
        return [one for one in self._digests(owner) if not self._is_anothers(one, owner)]

    def _digests(self, owner: str) -> list[str]:
        return _digests_in(self._record(owner))

    def _is_anothers(self, digest: str, owner: str) -> bool:
        return any(digest in _digests_in(_read(path)) for path in self._others(owner))

    def _others(self, owner: str) -> Iterator[Path]:
        if self._folder.is_dir():
            yield from (path for path in self._folder.glob("*.json") if path != self._path(owner))

    def _runs_of(self, digest: str) -> list[RunFolder]:
        return list(self._store.runs_of_text(digest))

    def _record(self, owner: str) -> dict[str, Any]:
        return _read(self._path(owner))

    def _path(self, owner: str) -> Path:
        return self._folder / f"{hashlib.sha256(owner.encode()).hexdigest()[:32]}.json"


def _read(path: Path) -> dict[str, Any]:
    """What is written down; nothing if there is no such file, or it is damaged. OSError if it cannot be read
    now: then nobody knows what is in it."""
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, IsADirectoryError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}


def _digests_in(record: dict[str, Any]) -> list[str]:
    try:
        found = [record["given"]["digest"], *record["former"]]
    except (KeyError, TypeError):
        return []
    return [one for one in found if isinstance(one, str)]
