"""A worker on a disk that takes nothing, and in a folder that another program writes."""

from __future__ import annotations

import errno
from functools import partial
from pathlib import Path

import pytest

from core.errors import LearnerError
from core.runs import worker
from core.runs.engines.engine import Job
from core.spec.families.ngram import NGramSpec
from core.spec.run import RunSpec
from core.spec.text import CorpusSpec, TokenizerSpec
from core.store.folder import RunFolder, RunWriter
from core.store.lock import writing
from core.store.state import RunState
from core.store.store import Store
from tests.damage import damage

SPEC = RunSpec(
    corpus=CorpusSpec(size=60), tokenizer=TokenizerSpec(kind="characters"), model=NGramSpec(order=2)
)


def full(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_disk_that_fills_up_is_a_sentence_and_the_run_can_be_resumed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(RunWriter, "append", full)
        with pytest.raises(LearnerError, match="disk is full"):
            list(worker.execute(Job(tmp_path, SPEC)))
    state = RunFolder(tmp_path / SPEC.id).state
    assert (state.state, state.resumable) == (RunState.FAILED, True)
    assert "disk is full" in str(state.reason)
    assert list(worker.execute(Job(tmp_path, SPEC)))
    assert RunFolder(tmp_path / SPEC.id).state.state is RunState.DONE


def test_a_folder_that_another_program_writes_is_left_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "writing", partial(writing, patience=0.0))
    with writing(tmp_path / SPEC.id):
        with pytest.raises(LearnerError, match="Another program"):
            list(worker.execute(Job(tmp_path, SPEC)))
        assert [path.name for path in (tmp_path / SPEC.id).iterdir()] == [".lock"]
    assert list(worker.execute(Job(tmp_path, SPEC)))


@pytest.mark.parametrize("kind", ["empty", "garbage", "a folder in its place"])
def test_whatever_lies_in_the_folder_is_trained_over(tmp_path: Path, kind: str) -> None:
    list(worker.execute(Job(tmp_path, SPEC)))
    names = ("state", "spec.json", "tokenizer.json", "metrics.jsonl", "model.safetensors")
    for name in names:
        damage(tmp_path / SPEC.id / name, kind)
    damage(tmp_path / SPEC.id / "snapshots", "a file in its place")
    list(worker.execute(Job(tmp_path, SPEC)))
    view = Store(tmp_path).look(SPEC.id)
    assert view is not None and view.is_done and view.full_steps == (1,)
