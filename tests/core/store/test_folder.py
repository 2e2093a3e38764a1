from __future__ import annotations

import json
import tempfile
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
from core.store.folder import METRICS, RunFolder, RunWriter
from core.store.snapshot import Snapshot
from core.store.state import Reason, RunState, State
from core.text.tokenizers import train_tokenizer

TOKENIZER = train_tokenizer(TokenizerSpec(kind="characters"), "abcabd\n")
SPEC = RunSpec(model=GPTSpec())


def snapshot(step: int, loss: float | None = None, seed: int | None = None) -> Snapshot:
    rng = np.random.default_rng(seed or 0)
    attention = rng.random((2, 3, 4, 4)).astype(np.float16)
    arrays = {} if seed is None else {"attention": attention, "ids": np.arange(3)}
    return Snapshot(
        step=step, tokens=step * 8, seconds=step / 2, train_loss=2.5, validation_loss=loss,
        gradient_norm=None, learning_rate=0.1, sample="我⏎", arrays=arrays, probe=("a", "b"),
    )  # fmt: skip


class Weights:
    """A training as far as the writer knows one."""

    def save_model(self, path: Path) -> None:
        save_file({"w": np.zeros(2)}, path)

    def save_checkpoint(self, path: Path) -> None:
        path.write_bytes(b"checkpoint")


@pytest.fixture
def writer(tmp_path: Path) -> RunWriter:
    writer = RunWriter(tmp_path, SPEC)
    writer.queue()
    return writer


def test_what_is_written_is_read(writer: RunWriter) -> None:
    folder = RunFolder(writer.path)
    assert (folder.id, folder.spec, folder.state.state) == (SPEC.id, SPEC, RunState.QUEUED)
    assert folder.snapshots() == ()
    writer.begin(TOKENIZER)
    assert folder.state.state is RunState.RUNNING
    assert folder.tokenizer().encode("abd").tolist() == TOKENIZER.encode("abd").tolist()
    full = snapshot(5, loss=1.5, seed=3)
    writer.append(snapshot(0))
    writer.append(full)
    assert [s.to_json() for s in folder.snapshots()] == [snapshot(0).to_json(), full.to_json()]
    assert [s.step for s in folder.snapshots() if s.full] == [5]
    seen = folder.arrays(5)
    assert {name: array.dtype for name, array in seen.items()} == {
        "attention": np.float32,
        "ids": np.int64,
    }
    for name, array in full.arrays.items():
        assert np.array_equal(seen[name], array)
    assert folder.arrays(0) == {}


def test_a_checkpoint_is_there_until_the_run_is_done(writer: RunWriter) -> None:
    writer.begin(TOKENIZER)
    writer.checkpoint(Weights())
    assert writer.checkpoint_path.read_bytes() == b"checkpoint"
    writer.finish(Weights())
    folder = RunFolder(writer.path)
    assert load_file(folder.model_path)["w"].tolist() == [0, 0]
    assert not writer.checkpoint_path.exists()
    assert (folder.state.state, folder.state.resumable) == (RunState.DONE, False)
    left = {path.name for path in writer.path.iterdir()}
    assert left == {
        "spec.json", "state", "tokenizer.json", "metrics.jsonl", "snapshots", "model.safetensors"
    }  # fmt: skip


def test_a_failed_write_leaves_the_old_file_and_no_litter(writer: RunWriter) -> None:
    writer.begin(TOKENIZER)
    writer.checkpoint(Weights())

    class Broken(Weights):
        def save_checkpoint(self, path: Path) -> None:
            path.write_bytes(b"half")
            raise OSError("disk full")

    before = sorted(writer.path.iterdir())
    with pytest.raises(OSError, match="disk full"):
        writer.checkpoint(Broken())
    assert writer.checkpoint_path.read_bytes() == b"checkpoint"
    assert sorted(writer.path.iterdir()) == before


def test_a_failure_keeps_its_reason_and_the_last_snapshot(writer: RunWriter) -> None:
    writer.begin(TOKENIZER)
    writer.append(snapshot(1))
    writer.fail(LearnerError("Step {step} went wrong: {why}.", step=2, why=ValueError("no")))
    state = RunFolder(writer.path).state
    assert state.state is RunState.FAILED
    assert state.reason == Reason("Step {step} went wrong: {why}.", {"step": 2, "why": "no"})
    assert [s.step for s in RunFolder(writer.path).snapshots()] == [1]


def test_going_on_supersedes_what_came_after_the_checkpoint(writer: RunWriter) -> None:
    writer.begin(TOKENIZER)
    for step in (0, 1, 2, 3):
        writer.append(snapshot(step))
    with (writer.path / METRICS).open("a") as metrics:
        metrics.write('{"step": 4, "tok')
    folder = RunFolder(writer.path)
    assert [s.step for s in folder.snapshots()] == [0, 1, 2, 3]
    writer.begin(TOKENIZER, afresh=False)
    writer.append(snapshot(2, loss=9.0))
    assert [s.step for s in folder.snapshots()] == [0, 1, 2]
    assert [s.to_json() for s in folder.snapshots()] == [
        s.to_json() for s in RunFolder(writer.path).snapshots()
    ]
    assert folder.snapshots()[-1].validation_loss == 9.0


def test_starting_afresh_forgets_the_earlier_attempt(writer: RunWriter) -> None:
    folder = RunFolder(writer.path)
    writer.begin(TOKENIZER)
    writer.append(snapshot(3, loss=1.0, seed=1))
    writer.checkpoint(Weights())
    assert len(folder.snapshots()) == 1
    writer.begin(TOKENIZER)
    assert folder.snapshots() == ()
    assert folder.arrays(3) == {}
    assert not folder.model_path.exists()


@settings(max_examples=40)
@given(steps=st.integers(1, 6), cuts=st.lists(st.integers(0, 700), max_size=8))
def test_a_reader_never_sees_half_a_line(steps: int, cuts: list[int]) -> None:
    """However the bytes arrive, a patient reader sees what a new one sees: all whole lines."""
    with tempfile.TemporaryDirectory() as root:
        path = Path(root) / METRICS
        lines = [json.dumps(snapshot(i).to_json(), ensure_ascii=False) + "\n" for i in range(steps)]
        content = "".join(lines).encode()
        path.touch()
        patient = RunFolder(Path(root))
        for cut in sorted({min(cut, len(content)) for cut in cuts} | {len(content)}):
            with path.open("ab") as metrics:
                metrics.write(content[path.stat().st_size : cut])
            whole = content[:cut].count(b"\n")
            assert [s.step for s in patient.snapshots()] == list(range(whole))
            assert len(RunFolder(Path(root)).snapshots()) == whole


@pytest.mark.parametrize("state", list(RunState))
def test_a_state_survives_its_file(state: RunState) -> None:
    value = State(state, Reason("{a} 一", {"a": 1}), True)
    assert State.from_json(value.to_json()) == value
    assert state.is_alive == (state.value in ("queued", "running"))
