"""A view is one moment of a run: what is done is complete, and what was seen does not change."""

from __future__ import annotations

import math
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.numpy import load_file, save_file

from core.errors import LearnerError
from core.spec.families.gpt import GPTSpec
from core.spec.run import RunSpec
from core.spec.text import TokenizerSpec
from core.store.folder import RunFolder, RunWriter
from core.store.look import Look
from core.store.snapshot import Snapshot
from core.store.state import CANCELLED, RunState, State
from core.store.store import Library, Store
from core.store.view import RunView, look_at
from core.text.tokenizers import train_tokenizer

TOKENIZER = train_tokenizer(TokenizerSpec(kind="characters"), "abcabd\n")
SPEC = RunSpec(model=GPTSpec())
STEPS = 5


class Weights:
    """A training as far as the writer knows one."""

    def save_model(self, path: Path) -> None:
        save_file({"w": np.zeros(2)}, path)

    def save_checkpoint(self, path: Path) -> None:
        path.write_bytes(b"checkpoint")


def snapshot(step: int, loss: float | None = 2.0) -> Snapshot:
    return Snapshot(step, tokens=step, seconds=step / 2, train_loss=2.5, validation_loss=loss)


def written(root: Path) -> Iterator[RunWriter]:
    """The life of a run, one write at a time, as a worker writes it."""
    writer = RunWriter(root, SPEC)
    writer.queue()
    yield writer
    writer.begin(TOKENIZER)
    yield writer
    for step in range(STEPS + 1):
        writer.append(snapshot(step))
        yield writer
    writer.finish(Weights())
    yield writer


def done(root: Path) -> RunWriter:
    *_earlier, writer = written(root)
    return writer


class Interleaved(RunFolder):
    """A folder that is written to between whatever is read of it: as often as ``writes`` says."""

    def __init__(self, path: Path, writes: Iterator[int], write: Callable[[], object]) -> None:
        super().__init__(path)
        self._writes, self._write = writes, write

    def _meanwhile(self) -> None:
        for _write in range(next(self._writes, 0)):
            self._write()

    @property
    def state(self) -> State:
        self._meanwhile()
        state = super().state
        self._meanwhile()
        return state

    def snapshots(self) -> tuple[Snapshot, ...]:
        self._meanwhile()
        snapshots = super().snapshots()
        self._meanwhile()
        return snapshots


@settings(max_examples=150)
@given(writes=st.lists(st.integers(0, STEPS + 3), max_size=16))
def test_however_reads_and_writes_fall_what_is_done_is_complete(writes: list[int]) -> None:
    with tempfile.TemporaryDirectory() as name:
        life = written(Path(name))
        next(life)
        folder = Interleaved(Path(name) / SPEC.id, iter(writes), lambda: next(life, None))
        for _look in range(4):
            view = look_at(folder)
            assert view is not None
            assert not view.is_done or (view.step == STEPS and view.final_loss == 2.0)


def test_a_reader_beside_a_writer_never_sees_done_without_the_end(tmp_path: Path) -> None:
    store = Store(tmp_path)
    life = written(tmp_path)
    next(life)
    writer = threading.Thread(target=lambda: [None for _write in life])
    seen: list[RunView] = []
    writer.start()
    while not seen or not seen[-1].is_done:
        view = store.look(SPEC.id)
        assert view is not None
        seen.append(view)
    writer.join()
    assert all(view.step == STEPS for view in seen if view.is_done)
    assert [view.step for view in seen] == sorted(view.step for view in seen)


def test_a_view_stays_as_it_was(tmp_path: Path) -> None:
    life = written(tmp_path)
    for _write in range(4):
        next(life)
    view = Store(tmp_path).look(SPEC.id)
    assert view is not None
    for _rest in life:
        pass
    assert (view.is_alive, view.is_done, view.step, view.full_steps) == (True, False, 1, (0, 1))
    assert view.final_loss == math.inf
    with pytest.raises(AttributeError):
        view.state = State(RunState.DONE)  # type: ignore[misc]


def test_what_a_view_can_be_asked(tmp_path: Path) -> None:
    done(tmp_path)
    view = Store(tmp_path).look(SPEC.id)
    assert view is not None and view.last is not None
    assert (view.id, view.spec, view.is_done, view.has_ended) == (SPEC.id, SPEC, True, True)
    assert (view.is_alive, view.is_waiting, view.resumable) == (False, False, False)
    assert (view.last.step, view.seconds, view.full_steps) == (5, 2.5, (0, 1, 2, 3, 4, 5))
    found = view.at(3)
    assert found is not None and found.step == 3
    assert view.at(99) is None and view.at(None) is None
    assert view.arrays(3) == {}
    assert view.tokenizer is view.tokenizer
    assert view.tokenizer.encode("abd").tolist() == TOKENIZER.encode("abd").tolist()
    assert load_file(view.model_path)["w"].tolist() == [0, 0]
    assert view.weights_written == view.model_path.stat().st_mtime_ns


def test_only_what_would_fail_again_has_ended_without_being_done(tmp_path: Path) -> None:
    writer, store = RunWriter(tmp_path, SPEC), Store(tmp_path)

    def ended() -> bool:
        view = store.look(SPEC.id)
        assert view is not None
        assert view.final_loss == math.inf and view.step == 0 and view.last is None
        return view.has_ended

    writer.queue()
    assert not ended()
    writer.fail(LearnerError("The server stopped."), resumable=True)
    assert not ended()
    writer.mark(State(RunState.CANCELLED, CANCELLED, resumable=True))
    assert not ended()
    writer.fail(LearnerError("The loss stopped being a number."))
    assert ended()


def test_a_run_that_is_deleted_while_it_is_looked_at_is_not_there(tmp_path: Path) -> None:
    done(tmp_path)
    store = Store(tmp_path)
    folder = store.open(SPEC.id)
    store.delete(SPEC.id)
    assert look_at(folder) is None
    assert store.look(SPEC.id) is None and store.look("../secret") is None


def test_in_one_look_a_run_is_read_once(tmp_path: Path) -> None:
    library = Library([Store(tmp_path / "own"), Store(tmp_path / "shipped")])
    look = Look(library)
    assert look.at(SPEC) is None
    life = written(tmp_path / "shipped")
    next(life)
    assert look.at(SPEC) is None, "what was not there in this look stays away in it"
    look = Look(library)
    view = look.at(SPEC)
    assert view is not None and view.is_waiting
    for _rest in life:
        pass
    assert look.find(SPEC.id) is view and look.finished(SPEC) is None
    latest = Look(library).finished(SPEC)
    assert latest is not None and latest.is_done


def test_a_library_says_what_is_there_and_done(tmp_path: Path) -> None:
    library = Library([Store(tmp_path / "own"), Store(tmp_path / "shipped")])
    assert not library.has(SPEC.id) and library.weights_written(SPEC.id) == 0
    life = written(tmp_path / "shipped")
    next(life)
    assert library.has(SPEC.id) and library.weights_written(SPEC.id) == 0
    assert library.finished() == ()
    for _rest in life:
        pass
    assert library.finished() == (SPEC,) and library.weights_written(SPEC.id) > 0
