"""A damaged file is its run's misfortune and nobody else's, and is out of the way once the run is trained
again."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from core.errors import LearnerError
from core.spec.families.gpt import GPTSpec
from core.spec.run import RunSpec
from core.spec.text import TokenizerSpec
from core.store import files
from core.store.damage import Damaged
from core.store.folder import RunFolder, RunWriter
from core.store.look import Look
from core.store.snapshot import Snapshot
from core.store.state import CANCELLED, DAMAGED, RunState, State
from core.store.store import Library, Store
from core.text.tokenizers import train_tokenizer
from tests.damage import KINDS, damage

TOKENIZER = train_tokenizer(TokenizerSpec(kind="bpe", vocabulary=270), "abcabd\n" * 50)
GOOD, BAD = RunSpec(model=GPTSpec(), seed=1), RunSpec(model=GPTSpec(), seed=2)
FILES = ("state", "spec.json", "tokenizer.json", "metrics.jsonl", "model.safetensors", "snapshots")


class Weights:
    """A training as far as the writer knows one."""

    def save_model(self, path: Path) -> None:
        save_file({"w": np.zeros(200)}, path)

    def save_checkpoint(self, path: Path) -> None:
        save_file({"progress": np.array([2.0, 1.0])}, path)


def trained(root: Path, spec: RunSpec) -> RunWriter:
    writer = RunWriter(root, spec)
    writer.queue()
    writer.begin(TOKENIZER)
    for step in (0, 1, 2):
        arrays = {"attention": np.ones((1, 2, 3, 3), np.float16)}
        writer.append(Snapshot(step, step, step / 2, 2.5, 2.0, sample="a", arrays=arrays))
    writer.finish(Weights())
    return writer


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("file", FILES)
def test_a_damaged_run_is_one_that_failed_and_can_be_trained_again(
    tmp_path: Path, file: str, kind: str
) -> None:
    trained(tmp_path, GOOD)
    writer = trained(tmp_path, BAD)
    damage(writer.path / file, kind)
    store = Store(tmp_path)
    library = Library([store])
    look = Look(library)
    view = look.at(BAD)
    assert view is not None and view.spec == BAD and view.is_damaged
    assert (view.state.state, view.resumable, view.has_ended) == (RunState.FAILED, True, False)
    assert view.state.reason is not None and file in str(view.state.reason)
    assert (view.snapshots, look.finished(BAD)) == ((), None)
    good = look.finished(GOOD)
    assert good is not None and good.full_steps == (0, 1, 2)
    assert GOOD in library.finished()
    assert GOOD.id in [folder.id for folder in store.list()]

    trained(tmp_path, BAD)
    again = Look(library).finished(BAD)
    assert again is not None and again.full_steps == (0, 1, 2)
    assert again.arrays(2)["attention"].shape == (1, 2, 3, 3)
    assert Store(tmp_path).look(BAD.id) is not None


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("file", ["tokenizer.json", "snapshots", "model.safetensors"])
def test_what_is_damaged_is_no_traceback(tmp_path: Path, file: str, kind: str) -> None:
    damage(trained(tmp_path, BAD).path / file, kind)
    folder = RunFolder(tmp_path / BAD.id)
    if file == "tokenizer.json":
        with pytest.raises(Damaged, match=file):
            folder.tokenizer()
    if file == "snapshots":
        assert folder.arrays(2) == {}
    assert folder.checkpoint_step == 0 and folder.weights_written > 0


def test_what_a_killed_writer_left_half_written_is_no_damage(tmp_path: Path) -> None:
    writer = trained(tmp_path, BAD)
    (writer.path / "snapshots" / ".000001-k1ll3d.safetensors").write_bytes(b"half")
    (writer.path / ".model-k1ll3d.safetensors").write_bytes(b"half")
    view = Store(tmp_path).look(BAD.id)
    assert view is not None and view.is_done


@pytest.mark.parametrize("kind", KINDS)
def test_where_a_tokenizer_cannot_be_read_there_is_none(tmp_path: Path, kind: str) -> None:
    writer = trained(tmp_path, BAD)
    library = Library([Store(tmp_path)])
    assert library.tokenizer(BAD.id) is not None
    damage(writer.path / "tokenizer.json", kind)
    assert library.tokenizer(BAD.id) is None
    damage(writer.path / "tokenizer.json", "a folder in its place")
    (writer.path / "tokenizer.json").rmdir()
    assert library.tokenizer(BAD.id) is None


@pytest.mark.parametrize(
    "line",
    ["{}", "[]", "7", '{"step": "1"}', '{"step": -1, "tokens": 1, "seconds": 1}', "\x00\x00", ""],
)
def test_a_bad_line_is_left_out_and_said_once_the_run_has_ended(tmp_path: Path, line: str) -> None:
    writer = trained(tmp_path, BAD)
    metrics = writer.path / "metrics.jsonl"
    first, *rest = metrics.read_text().splitlines()
    metrics.write_text("\n".join([first, line, *rest]) + "\n")
    assert [s.step for s in RunFolder(writer.path).snapshots()] == [0, 1, 2]
    view = Store(tmp_path).look(BAD.id)
    assert view is not None and view.is_damaged
    writer.mark(State(RunState.RUNNING))
    alive = Store(tmp_path).look(BAD.id)
    assert alive is not None and alive.is_alive and alive.step == 2


def test_a_run_that_was_stopped_is_looked_at_too(tmp_path: Path) -> None:
    writer = trained(tmp_path, BAD)
    writer.mark(State(RunState.CANCELLED, CANCELLED, resumable=True))
    (writer.path / "model.safetensors").unlink()
    view = Store(tmp_path).look(BAD.id)
    assert view is not None and not view.is_damaged
    damage(writer.path / "tokenizer.json", "garbage")
    view = Store(tmp_path).look(BAD.id)
    assert view is not None and view.is_damaged


@pytest.mark.parametrize("file", ["tokenizer.json", "metrics.jsonl", "model.safetensors"])
def test_of_a_run_that_is_done_nothing_may_be_missing(tmp_path: Path, file: str) -> None:
    (trained(tmp_path, BAD).path / file).unlink()
    view = Store(tmp_path).look(BAD.id)
    assert view is not None and view.is_damaged


def test_another_runs_specification_is_damage(tmp_path: Path) -> None:
    writer = trained(tmp_path, BAD)
    (writer.path / "spec.json").write_text(GOOD.canonical_json())
    with pytest.raises(Damaged):
        _ = RunFolder(writer.path).spec


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[]",
        "null",
        '{"state": "odd", "reason": null, "resumable": true, "updated": 1}',
        '{"state": "done", "reason": null, "resumable": false, "updated": "soon"}',
        '{"state": "done", "reason": {"template": "{a}", "values": {}}, "resumable": 0, "updated": 1}',
        '{"state": "done", "reason": "x", "resumable": false, "updated": 1}',
    ],
)
def test_what_is_no_state_is_damage(tmp_path: Path, text: str) -> None:
    writer = trained(tmp_path, BAD)
    (writer.path / "state").write_text(text)
    state = RunFolder(writer.path).state
    assert state.is_damaged and state.reason is not None and state.reason.template == DAMAGED


def test_a_run_is_set_aside_under_a_name_that_is_no_runs(tmp_path: Path) -> None:
    trained(tmp_path, BAD)
    store = Store(tmp_path)
    assert store.find(BAD.id) is not None
    store.set_aside(BAD.id)
    assert store.find(BAD.id) is None and store.list() == ()
    (kept,) = tmp_path.iterdir()
    assert BAD.id in kept.name and (kept / "model.safetensors").exists()


def test_of_a_damaged_run_and_one_that_ships_the_good_one_is_seen(tmp_path: Path) -> None:
    damage(trained(tmp_path / "own", BAD).path / "model.safetensors", "empty")
    trained(tmp_path / "shipped", BAD)
    library = Library([Store(tmp_path / "own"), Store(tmp_path / "shipped", read_only=True)])
    assert Look(library).finished(BAD) is not None


@pytest.mark.parametrize("kind", ["empty", "garbage", "a folder in its place"])
def test_a_damaged_text_is_not_there_and_is_written_anew(tmp_path: Path, kind: str) -> None:
    store = Store(tmp_path)
    name = store.save_text("Grüße, 世界\n")
    damage(tmp_path / "texts" / f"{name}.txt", kind)
    assert store.find_text(name) is None
    assert store.save_text("Grüße, 世界\n") == name
    assert store.text(name) == "Grüße, 世界\n"


def test_a_store_is_read_where_it_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "runs").write_text("a file")
    store = Store(tmp_path / "runs")
    assert store.list() == () and store.find(BAD.id) is None


def test_a_file_is_on_the_disk_before_it_is_in_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    fsync, replace = os.fsync, os.replace

    def note_sync(handle: int) -> None:
        where = Path(os.readlink(f"/proc/self/fd/{handle}"))
        done.append("folder" if where == tmp_path else where.read_text())
        fsync(handle)

    def note_move(source: Path, target: Path) -> None:
        done.append("moved")
        replace(source, target)

    monkeypatch.setattr(os, "fsync", note_sync)
    monkeypatch.setattr(os, "replace", note_move)
    files.write_text(tmp_path / "state", "new")
    assert done == ["new", "moved", "folder"]


def test_what_is_recorded_is_on_the_disk_before_the_run_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a power cut may leave a run that is done, and whose last lines are not there."""
    synced: list[str] = []
    fsync = os.fsync

    def note_sync(handle: int) -> None:
        where = Path(os.readlink(f"/proc/self/fd/{handle}"))
        synced.append(where.name if where.name.startswith("metrics") else where.suffix)
        if where.name == "metrics.jsonl":
            assert len(where.read_text().splitlines()) == 3
        fsync(handle)

    writer = RunWriter(tmp_path, GOOD)
    writer.queue()
    writer.begin(TOKENIZER)
    for step in (0, 1, 2):
        writer.append(Snapshot(step, step, step / 2, 2.5, 2.0, sample="a"))
    monkeypatch.setattr(os, "fsync", note_sync)
    writer.checkpoint(Weights())
    assert synced[0] == "metrics.jsonl" and synced[1] == ".safetensors"
    synced.clear()
    writer.finish(Weights())
    assert synced[0] == "metrics.jsonl"


@pytest.mark.parametrize(
    ("number", "expected"),
    [(errno.ENOSPC, "is full"), (errno.EDQUOT, "is full"), (errno.EROFS, "Read-only file system")],
)
def test_a_disk_that_takes_nothing_is_a_sentence(number: int, expected: str) -> None:
    error = files.unwritable(OSError(number, os.strerror(number)))
    assert isinstance(error, LearnerError) and expected in str(error)
