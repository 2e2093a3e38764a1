"""Every page opens whatever has happened to the files of the runs that it looks at, and says what it
cannot show; and on a disk that is full or may not be written."""

from __future__ import annotations

import errno
import io
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core.errors import LearnerError
from core.runs.client import Foreman
from core.spec.run import RunSpec
from core.store.store import Library, Store
from lessons.catalogue import lessons
from lessons.text import load_lesson
from pages.attention import trained_head
from pages.block import state as block_state
from pages.parts.frame import services
from tests.damage import KINDS, damage

PAGES = ["home", *(lesson.slug for lesson in lessons())]
FILES = ("state", "spec.json", "tokenizer.json", "metrics.jsonl", "model.safetensors", "snapshots")
STARTERS = services.STARTERS_FOLDER


@pytest.fixture(scope="module", autouse=True)
def _nobody_answers() -> Iterator[None]:
    """No process is started: what is asked of a damaged model has a sentence for an answer."""

    def refuse(self: Foreman, method: str, *arguments: object) -> object:
        raise LearnerError("Nobody answers here.")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Foreman, "start", lambda self: None)
        patch.setattr(Foreman, "_call", refuse)
        services.close()
        yield
        services.close()
    _forget()


def _forget() -> None:
    """What a server knows of runs' folders is forgotten, as at a start."""
    services.store.cache_clear()
    services.library.cache_clear()
    trained_head._trained.clear()


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Empty folders for the learners' runs and for those that ship."""
    monkeypatch.setattr(services, "RUNS_FOLDER", tmp_path / "runs")
    monkeypatch.setattr(services, "STARTERS_FOLDER", tmp_path / "starters")
    (tmp_path / "runs").mkdir()
    (tmp_path / "starters").mkdir()
    _forget()
    yield tmp_path
    _forget()


def asked_for(
    open_page: Callable[..., AppTest], slug: str, monkeypatch: pytest.MonkeyPatch, **link: str
) -> list[RunSpec]:
    """The specifications of the runs that a page looks at."""
    specs: dict[str, RunSpec] = {}
    look = Library.look

    def note(self: Library, run_id: str, known: RunSpec | None = None) -> object:
        if known is not None:
            specs[run_id] = known
        return look(self, run_id, known)

    with monkeypatch.context() as patch:
        patch.setattr(Library, "look", note)
        app = open_page(slug, **link)
    assert not app.exception
    return list(specs.values())


def done(root: Path, spec: RunSpec) -> Path:
    """A run that is done, with the files of the run that ships; its model is no model if that is of
    another shape."""
    ships = Store(STARTERS, read_only=True).list()
    same = next((run for run in ships if run.spec.model == spec.model), None)
    family = [run for run in ships if run.spec.model.family == spec.model.family]
    donor = same or (family or ships)[0]
    folder = root / spec.id
    shutil.copytree(donor.path, folder, copy_function=os.link)
    (folder / "spec.json").unlink()
    (folder / "spec.json").write_text(spec.canonical_json())
    if same is None:
        damage(folder / "model.safetensors", "garbage")
    return folder


ONE_OF_ITS_OWN = {"gpt": {"gpt_seed": "2"}}
"""A run that no bet holds back: the one that ships waits for it."""


def kinds(slug: str, file: str) -> tuple[str, ...]:
    """Everything happens to the GPT's run, of which a page shows most; on the other pages one thing to
    each file, not always the same."""
    turn = PAGES.index(slug) + FILES.index(file)
    return KINDS if slug == "gpt" else (KINDS[turn % len(KINDS)],)


@pytest.mark.parametrize("slug", PAGES)
def test_a_page_opens_whatever_has_happened_to_its_runs(
    open_page, slug: str, folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    specs = asked_for(open_page, slug, monkeypatch, **ONE_OF_ITS_OWN.get(slug, {}))
    for file in FILES:
        for kind in kinds(slug, file):
            for spec in specs:
                damage(done(folders / "runs", spec) / file, kind)
            _forget()
            app = open_page(slug, **ONE_OF_ITS_OWN.get(slug, {}))
            assert not app.exception, (file, kind, app.exception[0].message)
            assert app.title[0].value == load_lesson(slug, "en").title
            if slug in ("gpt", "lstm"):
                assert "▶ Train again" in [button.label for button in app.button]
                said = [box.value for box in (*app.warning, *app.info)]
                assert any(file in sentence and "is damaged" in sentence for sentence in said), (
                    file,
                    kind,
                )
            shutil.rmtree(folders / "runs")


@pytest.mark.parametrize("kind", KINDS)
def test_the_plan_of_the_block_begins_though_the_run_that_ships_is_damaged(
    folders: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    damage(done(folders / "starters", services.shipped("gpt")) / "tokenizer.json", kind)
    monkeypatch.setattr(block_state, "STARTERS_FOLDER", folders / "starters")
    assert block_state.shipped_plan().vocabulary == services.shipped("gpt").tokenizer.vocabulary


class ReadOnly:
    """A disk that may not be written. Root may write where the permissions forbid it, so what makes and
    opens files refuses instead."""

    number = errno.EROFS

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root, self.refused = str(root), 0
        for module, name in ((os, "mkdir"), (os, "open"), (os, "replace")):
            monkeypatch.setattr(module, name, self._refusing(getattr(module, name)))
        monkeypatch.setattr(io, "open", self._refusing(io.open))

    def forbids(self, path: str, mode: object) -> bool:
        reads = mode in ("r", "rb", os.O_RDONLY, os.O_RDONLY | os.O_CLOEXEC)
        return path.startswith(self.root) and not reads

    def _refusing(self, do: Callable[..., object]) -> Callable[..., object]:
        def refuse(path: object, mode: object = "r", *more: object, **options: object) -> object:
            if isinstance(path, (str, os.PathLike)) and self.forbids(os.fspath(path), mode):
                self.refused += 1
                raise OSError(self.number, os.strerror(self.number), os.fspath(path))
            return do(path, mode, *more, **options)

        return refuse


class Full(ReadOnly):
    """A disk that makes files and folders and takes nothing into them."""

    number = errno.ENOSPC

    def forbids(self, path: str, mode: object) -> bool:
        return super().forbids(path, mode) and mode in ("w", "wb", "a", "ab")


@pytest.mark.parametrize("disk", [ReadOnly, Full])
@pytest.mark.parametrize("slug", PAGES)
def test_a_page_is_read_on_a_disk_that_takes_nothing(
    open_page, slug: str, disk: type[ReadOnly], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "RUNS_FOLDER", tmp_path / "runs")
    _forget()
    with monkeypatch.context() as patch:
        refusing = disk(tmp_path, patch)
        app = open_page(slug)
    assert not app.exception, app.exception[0].message
    assert app.title[0].value == load_lesson(slug, "en").title
    told = [box.value for box in app.info if "is not kept for your next visit" in box.value]
    assert len(told) == (slug != "home")
    assert refusing.refused or slug == "home"
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and path.name != ".lock"]
    _forget()
    if slug == "gpt":
        app = open_page(slug)
        assert not [box for box in app.info if "is not kept for your next visit" in box.value]
