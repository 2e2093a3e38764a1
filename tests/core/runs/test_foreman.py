"""The real thing: a foreman process, its forkserver, its workers."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil  # type: ignore[import-untyped]
import pytest

from core.errors import LearnerError
from core.questions import NextTokens
from core.runs.client import Foreman
from core.spec.families.gpt import GPTSpec
from core.spec.families.ngram import NGramSpec
from core.spec.recipe import RecipeSpec
from core.spec.run import RunSpec
from core.spec.text import CorpusSpec, TokenizerSpec
from core.store.folder import RunFolder
from core.store.state import INTERRUPTED, RunState
from core.store.store import Store

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="looks at processes the Unix way")

PROJECT = Path(__file__).resolve().parents[3]
TALES = CorpusSpec(name="tales", size=60)
LETTERS = TokenizerSpec(kind="characters")
COUNTS = RunSpec(corpus=TALES, tokenizer=LETTERS, model=NGramSpec(order=2))


def gpt(steps: int, seed: int = 1, **recipe: object) -> RunSpec:
    model = GPTSpec(layers=1, heads=2, width=32, context=16)
    return RunSpec(
        corpus=TALES,
        tokenizer=LETTERS,
        model=model,
        recipe=RecipeSpec.model_validate({"steps": steps, "batch": 4, "snapshots": 8, **recipe}),
        seed=seed,
    )


ENDLESS = 20_000
"""Steps that take longer than any test here."""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("runs")


@pytest.fixture(scope="module")
def foreman(root: Path) -> Iterator[Foreman]:
    foreman = Foreman(root, slots=2)
    foreman.start()
    yield foreman
    foreman.close()


@pytest.fixture(scope="module")
def store(root: Path) -> Store:
    return Store(root)


def test_a_run_is_trained_to_its_end_and_asked(foreman: Foreman, store: Store) -> None:
    run = store.open(foreman.submit(gpt(30), "ann"))
    eventually(lambda: run.state.state is RunState.DONE, 60)
    assert run.snapshots()[-1].step == 30 and run.snapshots()[-1].full
    assert run.arrays(30)["attention"].shape[:2] == (1, 2)
    answer = foreman.ask(NextTokens(run.id, "The ", top=5))
    assert len(answer.tokens) == 5
    assert foreman.submit(gpt(30), "bob") == run.id
    assert run.state.state is RunState.DONE
    assert foreman.place(run.id) is None


def test_cancelling_takes_less_than_a_second_and_leaves_a_checkpoint(
    foreman: Foreman, store: Store
) -> None:
    run = store.open(foreman.submit(gpt(ENDLESS, seed=2), "ann"))
    eventually(lambda: len(run.snapshots()) > 3)
    assert foreman.cancel(run.id, "bob") is False
    began = time.monotonic()
    assert foreman.cancel(run.id, "ann") is True
    eventually(lambda: run.state.state is RunState.CANCELLED)
    assert time.monotonic() - began < 1
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


def test_a_killed_worker_fails_its_run_and_no_other(foreman: Foreman, store: Store) -> None:
    doomed = store.open(foreman.submit(gpt(ENDLESS, seed=4), "ann"))
    eventually(lambda: len(doomed.snapshots()) > 1)
    (worker,) = workers(foreman)
    other = store.open(foreman.submit(gpt(ENDLESS, seed=5), "bob"))
    eventually(lambda: len(other.snapshots()) > 1)
    worker.kill()
    eventually(lambda: doomed.state.state is RunState.FAILED, 2)
    assert "exit code -9" in str(doomed.state.reason)
    assert doomed.state.resumable
    assert other.state.state is RunState.RUNNING
    seen = len(other.snapshots())
    eventually(lambda: len(other.snapshots()) > seen)
    foreman.cancel(other.id, "bob")
    eventually(lambda: workers(foreman) == [])


def test_a_run_that_diverges_says_so_and_keeps_its_snapshots(
    foreman: Foreman, store: Store
) -> None:
    spec = gpt(3000, learning_rate=100, warmup=0, clip=1000, weight_decay=1)
    run = store.open(foreman.submit(spec, "ann"))
    eventually(lambda: not run.state.state.alive, 60)
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


def test_a_killed_warm_worker_is_replaced_and_the_question_answered(
    foreman: Foreman, store: Store
) -> None:
    run = store.open(foreman.submit(COUNTS, "ann"))
    eventually(lambda: run.state.state is RunState.DONE)
    before = foreman.ask(NextTokens(run.id, "The"))
    (warm,) = [p for p in grandchildren(foreman) if p.nice() == 0]
    warm.kill()
    assert foreman.ask(NextTokens(run.id, "The")) == before


def test_one_root_has_one_foreman(foreman: Foreman, root: Path) -> None:
    foreman.place("0" * 16)
    second = Foreman(root)
    with pytest.raises(LearnerError, match="Another server uses"):
        second.place("0" * 16)
    second.close()


def test_after_the_foreman_is_killed_everything_can_go_on(
    foreman: Foreman, store: Store, tmp_path: Path
) -> None:
    spec = gpt(240, seed=6)
    uninterrupted = store.open(foreman.submit(spec, "ann"))
    eventually(lambda: uninterrupted.state.state is RunState.DONE, 60)

    foreman = Foreman(tmp_path, slots=1)
    run = RunFolder(tmp_path / foreman.submit(spec, "ann"))
    waiting = RunFolder(tmp_path / foreman.submit(COUNTS, "ann"))
    eventually(lambda: sum(s.full for s in run.snapshots()) > 2, 60)
    children = grandchildren(foreman)
    assert children
    assert foreman.pid is not None
    os.kill(foreman.pid, signal.SIGKILL)
    eventually(lambda: not any(alive(child) for child in children), 3)
    assert run.state.state is RunState.RUNNING

    assert not foreman.renew(run.id, "ann")
    for left in (run, waiting):
        assert (left.state.state, left.state.reason) == (RunState.FAILED, INTERRUPTED)
        assert left.state.resumable
    seen = len(run.snapshots())
    assert foreman.resume(run.id, "ann") == run.id
    eventually(lambda: run.state.state is RunState.DONE, 60)
    foreman.close()
    assert seen > 2
    assert numbers(run) == numbers(uninterrupted)
    assert run.model_path.read_bytes() == uninterrupted.model_path.read_bytes()


def test_all_processes_end_with_the_web_server(tmp_path: Path) -> None:
    program = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "from core.runs.client import Foreman\n"
        "from core.spec.run import read_spec\n"
        "foreman = Foreman(Path(sys.argv[1]))\n"
        "foreman.submit(read_spec(sys.argv[2]), 'ann')\n"
        "time.sleep(100)\n"
    )
    spec = gpt(ENDLESS)
    server = subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path), spec.canonical_json()], cwd=PROJECT
    )
    try:
        run = RunFolder(tmp_path / spec.id)
        eventually(lambda: len(run.snapshots()) > 3, 60)
        family = psutil.Process(server.pid).children(recursive=True)
        trainers = [process for process in family if process.nice() == 10]
        assert trainers
    finally:
        server.kill()
        server.wait()
    eventually(lambda: not any(alive(process) for process in trainers), 3)
    eventually(lambda: not any(alive(process) for process in family), 20)
    assert (run.state.state, run.state.reason) == (RunState.FAILED, INTERRUPTED)
    assert (run.path / "checkpoint.safetensors").exists()


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


def numbers(run: RunFolder) -> list[dict[str, object]]:
    """All that a run recorded, but for the time it took."""
    lines = [snapshot.to_json() for snapshot in run.snapshots()]
    for line in lines:
        del line["seconds"]
    return lines


def grandchildren(foreman: Foreman) -> list[psutil.Process]:
    """What the forkserver forked: training processes (nice 10) and the warm worker."""
    assert foreman.pid is not None
    return [
        grandchild
        for child in psutil.Process(foreman.pid).children()
        for grandchild in child.children()
        if alive(grandchild)
    ]


def workers(foreman: Foreman) -> list[psutil.Process]:
    return [process for process in grandchildren(foreman) if process.nice() == 10]


def alive(process: psutil.Process) -> bool:
    return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)


def eventually(true: Callable[[], bool], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.01)
