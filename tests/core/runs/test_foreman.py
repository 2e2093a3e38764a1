"""The real thing: a foreman process, its forkserver, its workers."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from core.errors import LearnerError
from core.questions import NextTokens
from core.runs.client import Foreman
from core.spec.families.gpt import GPTSpec
from core.spec.text import CorpusSpec
from core.store.folder import RunFolder
from core.store.state import RunState, restarted
from core.store.store import Store
from tests.core.runs.foremen import (
    COUNTS,
    ENDLESS,
    ENGINE_OF_TESTS,
    PROJECT,
    gpt,
    grandchildren,
    kill,
    patient,
    workers,
)
from tests.damage import damage
from tests.patience import PATIENCE, eventually

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="looks at processes the Unix way")


def translated(error: LearnerError) -> bool:
    """Whether the Chinese catalogue has the error's sentence."""
    with (PROJECT / "locale" / "zh" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        message = read_po(file).get(error.template)
    return message is not None and bool(message.string)


def test_a_run_is_trained_to_its_end_and_asked(foreman: Foreman, store: Store) -> None:
    run = store.open(foreman.submit(gpt(30), "ann"))
    eventually(lambda: run.state.state is RunState.DONE)
    assert run.snapshots()[-1].step == 30 and run.snapshots()[-1].full
    assert run.arrays(30)["attention"].shape[:2] == (1, 2)
    answer = foreman.ask(NextTokens(run.id, "The ", top=5))
    assert len(answer.tokens) == 5
    assert foreman.submit(gpt(30), "bob") == run.id
    assert run.state.state is RunState.DONE
    assert foreman.place(run.id) is None


def test_cancelling_leaves_a_checkpoint(foreman: Foreman, store: Store) -> None:
    run = store.open(foreman.submit(gpt(ENDLESS, seed=2), "ann"))
    eventually(lambda: run.checkpoint_step > 0)
    assert foreman.cancel(run.id, "bob") is False
    assert foreman.cancel(run.id, "ann") is True
    eventually(lambda: run.state.state is RunState.CANCELLED)
    assert run.state.resumable
    assert (run.path / "checkpoint.safetensors").exists()


def test_two_owners_have_one_training_between_them(foreman: Foreman, store: Store) -> None:
    run = store.open(foreman.submit(gpt(ENDLESS, seed=3), "ann"))
    assert foreman.submit(gpt(ENDLESS, seed=3), "bob") == run.id
    eventually(lambda: len(run.snapshots()) > 1)
    assert len(workers(foreman)) == 1
    assert foreman.cancel(run.id, "ann") is False
    assert not foreman.renew(run.id, "ann")
    assert foreman.renew(run.id, "bob")
    assert run.state.state is RunState.RUNNING
    assert foreman.cancel(run.id, "bob") is True
    eventually(lambda: workers(foreman) == [])


def test_a_run_that_diverges_says_so_and_keeps_its_snapshots(
    foreman: Foreman, store: Store
) -> None:
    spec = gpt(3000, learning_rate=100, warmup=0, clip=1000, weight_decay=1)
    run = store.open(foreman.submit(spec, "ann"))
    eventually(lambda: not run.state.state.is_alive)
    assert run.state.state is RunState.FAILED
    assert "stopped being a number" in str(run.state.reason)
    assert not run.state.resumable
    assert run.snapshots()[0].validation_loss is not None
    assert foreman.ask(NextTokens(run.id, "The "))
    foreman.submit(spec, "bob")
    assert run.state.state is RunState.FAILED


def test_a_bad_corpus_is_a_sentence_of_the_run(foreman: Foreman, store: Store) -> None:
    spec = gpt(10).model_copy(
        update={"corpus": CorpusSpec(name="tales", size=1), "model": GPTSpec(context=256)}
    )
    run = store.open(foreman.submit(spec, "ann"))
    eventually(lambda: run.state.state is RunState.FAILED)
    assert "context" in str(run.state.reason)
    assert not run.state.resumable


@pytest.mark.parametrize("kind", ["truncated", "a folder in its place"])
def test_a_damaged_model_answers_with_a_sentence_until_it_is_trained_again(
    foreman: Foreman, store: Store, kind: str
) -> None:
    run = store.open(foreman.submit(COUNTS, "ann"))
    eventually(lambda: run.state.state is RunState.DONE)
    answer = foreman.ask(NextTokens(run.id, "The"))
    damage(run.model_path, kind)
    with pytest.raises(LearnerError, match=r"model\.safetensors, is damaged"):
        foreman.ask(NextTokens(run.id, "The"))
    foreman.submit(COUNTS, "ann")
    eventually(lambda: (view := store.look(COUNTS.id)) is not None and view.is_done)
    assert foreman.ask(NextTokens(run.id, "The")) == answer


def test_one_root_has_one_foreman(foreman: Foreman, root: Path) -> None:
    foreman.place("0" * 16)
    second = patient(root)
    with pytest.raises(LearnerError, match="Another server uses") as refused:
        second.place("0" * 16)
    assert translated(refused.value)
    second.close()


def test_whoever_polls_a_run_never_sees_it_fail_while_the_foreman_is_replaced(
    foreman: Foreman, store: Store
) -> None:
    spec = gpt(ENDLESS, seed=7)
    run = store.open(foreman.submit(spec, "ann"))
    foreman.submit(spec, "bob")
    eventually(lambda: run.checkpoint_step > 0)
    seen: set[RunState] = set()
    saved, killed = run.checkpoint_step, foreman.pid

    def poll() -> bool:
        seen.add(run.state.state)
        assert foreman.renew(run.id, "ann")
        return foreman.pid != killed and run.state.state is RunState.RUNNING

    kill(foreman)
    with ThreadPoolExecutor(1) as other:
        polled_too = other.submit(eventually, lambda: foreman.renew(run.id, "bob"))
        eventually(poll)
        polled_too.result(PATIENCE)
    assert all(state.is_alive for state in seen)
    reason = run.state.reason
    assert reason is not None and reason == restarted(reason.values["step"])
    assert saved <= reason.values["step"] < ENDLESS
    assert foreman.cancel(run.id, "ann") is False
    assert foreman.cancel(run.id, "bob") is True
    eventually(lambda: workers(foreman) == [])


def test_another_engine_can_be_named(tmp_path: Path) -> None:
    foreman = patient(tmp_path, engine=ENGINE_OF_TESTS)
    run = RunFolder(tmp_path / foreman.submit(gpt(ENDLESS), "ann"))
    eventually(lambda: run.state.state is RunState.RUNNING)
    assert grandchildren(foreman) == []
    assert foreman.cancel(run.id, "ann")
    eventually(lambda: run.state.state is RunState.CANCELLED)
    foreman.close()


def test_models_are_asked_though_no_disk_takes_a_run_or_a_temporary_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = Path("/dev/shm")
    (tmp_path / "runs").write_text("a file in the place of the folder")
    if memory.is_dir():
        (tmp_path / "sitecustomize.py").write_text(
            "import os, tempfile\n"
            "tempfile._candidate_tempdir_list = lambda: [os.environ.get('TMPDIR', '/nowhere')]\n"
        )
        monkeypatch.setenv("PYTHONPATH", str(tmp_path))
        monkeypatch.delenv("TMPDIR", raising=False)
    starters = PROJECT / "starters"
    shipped = next(
        folder
        for folder in Store(starters, read_only=True).list()
        if folder.spec.model.language_model
    )
    foreman = patient(tmp_path / "runs", shipped=[starters])
    assert foreman.ask(NextTokens(shipped.id, "The"))
    with pytest.raises(LearnerError, match="cannot write to its disk"):
        foreman.submit(COUNTS, "ann")
    assert foreman.place(COUNTS.id) is None
    if memory.is_dir():
        assert foreman._session.address.startswith(str(memory))
    foreman.close()


def test_a_system_that_starts_no_process_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise OSError(24, "Too many open files")

    monkeypatch.setattr(subprocess, "Popen", fails)
    with pytest.raises(LearnerError, match="does not start") as refused:
        patient(tmp_path).submit(COUNTS, "ann")
    assert translated(refused.value)


def test_an_engine_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    foreman = patient(tmp_path, engine="abacus")
    with pytest.raises(LearnerError, match="no training engine called abacus"):
        foreman.place("0" * 16)


def test_the_web_processes_part_imports_no_torch() -> None:
    program = (
        "import core.runs.client, core.store.store, core.questions, core.runs.queue, sys\n"
        "import core.runs.foreman\n"
        "print('torch' in sys.modules)"
    )
    out = subprocess.run(
        [sys.executable, "-c", program], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    assert out.stdout.strip() == "False"
