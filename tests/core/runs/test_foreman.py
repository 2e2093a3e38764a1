"""The real thing: a foreman process, its forkserver, its workers."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import psutil  # type: ignore[import-untyped]
import pytest
from babel.messages.pofile import read_po

from core.errors import LearnerError
from core.questions import NextTokens
from core.runs.client import Foreman
from core.spec.families.gpt import GPTSpec
from core.spec.families.ngram import NGramSpec
from core.spec.recipe import RecipeSpec
from core.spec.run import RunSpec
from core.spec.text import CorpusSpec, TokenizerSpec
from core.store.folder import RunFolder
from core.store.state import INTERRUPTED, RunState, restarted
from core.store.store import Store
from tests.damage import damage
from tests.patience import PATIENCE, eventually

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

patient = partial(Foreman, patience=PATIENCE)
"""A foreman that may be as slow as the machine that runs the tests."""


def translated(error: LearnerError) -> bool:
    """Whether the Chinese catalogue has the error's sentence."""
    with (PROJECT / "locale" / "zh" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        message = read_po(file).get(error.template)
    return message is not None and bool(message.string)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("runs")


@pytest.fixture(scope="module")
def foreman(root: Path) -> Iterator[Foreman]:
    foreman = patient(root, slots=2)
    foreman.start()
    yield foreman
    foreman.close()


@pytest.fixture(scope="module")
def store(root: Path) -> Store:
    return Store(root)


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


def test_a_killed_worker_fails_its_run_and_no_other(foreman: Foreman, store: Store) -> None:
    doomed = store.open(foreman.submit(gpt(ENDLESS, seed=4), "ann"))
    eventually(lambda: len(doomed.snapshots()) > 1)
    (worker,) = workers(foreman)
    other = store.open(foreman.submit(gpt(ENDLESS, seed=5), "bob"))
    eventually(lambda: len(other.snapshots()) > 1)
    worker.kill()
    eventually(lambda: doomed.state.state is RunState.FAILED)
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


def test_a_killed_warm_worker_is_replaced_and_the_question_answered(
    foreman: Foreman, store: Store
) -> None:
    run = store.open(foreman.submit(COUNTS, "ann"))
    eventually(lambda: run.state.state is RunState.DONE)
    before = foreman.ask(NextTokens(run.id, "The"))
    (warm,) = warm_workers(foreman)
    restarts: list[int] = []
    warm.kill()
    assert foreman.ask(NextTokens(run.id, "The"), on_restart=lambda: restarts.append(1)) == before
    assert foreman.ask(NextTokens(run.id, "The"), on_restart=lambda: restarts.append(2)) == before
    assert restarts == [1]


def test_a_warm_worker_killed_in_the_middle_of_a_question_is_replaced(
    foreman: Foreman, store: Store
) -> None:
    run = store.open(foreman.submit(COUNTS, "ann"))
    eventually(lambda: run.state.state is RunState.DONE)
    before = foreman.ask(NextTokens(run.id, "The"))
    (warm,) = warm_workers(foreman)
    warm.suspend()
    asking = Asking(foreman, NextTokens(run.id, "The"))
    asking.wait_until_under_way()
    assert asking.waiting
    warm.kill()
    assert asking.answer() == before
    assert asking.restarts == 1


def test_one_root_has_one_foreman(foreman: Foreman, root: Path) -> None:
    foreman.place("0" * 16)
    second = patient(root)
    with pytest.raises(LearnerError, match="Another server uses") as refused:
        second.place("0" * 16)
    assert translated(refused.value)
    second.close()


def test_after_the_foreman_is_killed_what_was_watched_goes_on_though_nobody_asks(
    foreman: Foreman, store: Store, tmp_path: Path
) -> None:
    spec = gpt(600, seed=6)
    uninterrupted = store.open(foreman.submit(spec, "ann"))
    eventually(lambda: uninterrupted.state.state is RunState.DONE)

    foreman = patient(tmp_path, slots=1)
    run = RunFolder(tmp_path / foreman.submit(spec, "ann"))
    waiting = RunFolder(tmp_path / foreman.submit(COUNTS, "bob"))
    eventually(lambda: run.checkpoint_step > 0)
    children = grandchildren(foreman)
    assert children
    kill(foreman)
    eventually(lambda: not any(alive(child) for child in children))
    assert run.state.state is not RunState.DONE
    eventually(lambda: run.state.state is waiting.state.state is RunState.DONE)
    assert run.state.reason is None
    foreman.close()
    assert numbers(run) == numbers(uninterrupted)
    assert run.model_path.read_bytes() == uninterrupted.model_path.read_bytes()


def test_whoever_polls_a_run_never_sees_it_fail_while_the_foreman_is_replaced(
    tmp_path: Path,
) -> None:
    foreman = patient(tmp_path, slots=1)
    run = RunFolder(tmp_path / foreman.submit(gpt(ENDLESS), "ann"))
    foreman.submit(gpt(ENDLESS), "bob")
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
    foreman.close()


def test_what_nobody_watches_is_interrupted_when_the_foreman_is_killed(tmp_path: Path) -> None:
    foreman = patient(tmp_path, slots=2)
    left = RunFolder(tmp_path / foreman.submit(gpt(ENDLESS, seed=2), "ann"))
    foreman.submit(gpt(ENDLESS, seed=2), "bob")
    eventually(lambda: left.state.state is RunState.RUNNING)
    kill(foreman)
    foreman.close()

    server = patient(tmp_path, slots=2)
    assert not server.renew(left.id, "ann")
    assert (left.state.state, left.state.reason) == (RunState.FAILED, INTERRUPTED)
    assert left.state.resumable
    assert server.resume(left.id, "ann") == left.id
    eventually(lambda: left.state.state is RunState.RUNNING)
    assert left.state.reason is None
    server.close()
    assert (left.state.state, left.state.reason) == (RunState.FAILED, INTERRUPTED)


def test_a_question_is_asked_again_when_the_foreman_is_killed(tmp_path: Path) -> None:
    foreman = patient(tmp_path, slots=1)
    run = RunFolder(tmp_path / foreman.submit(COUNTS, "ann"))
    eventually(lambda: run.state.state is RunState.DONE)
    before = foreman.ask(NextTokens(run.id, "The"))
    (warm,) = warm_workers(foreman)
    warm.suspend()
    asking = Asking(foreman, NextTokens(run.id, "The"))
    asking.wait_until_under_way()
    assert asking.waiting
    kill(foreman)
    warm.resume()
    assert asking.answer() == before
    assert asking.restarts == 1
    foreman.close()


def test_another_engine_can_be_named(tmp_path: Path) -> None:
    foreman = patient(tmp_path, engine="tests.core.runs.engines.toy:ToyEngine")
    run = RunFolder(tmp_path / foreman.submit(gpt(ENDLESS), "ann"))
    eventually(lambda: run.state.state is RunState.RUNNING)
    assert workers(foreman) == []
    assert foreman.cancel(run.id, "ann")
    eventually(lambda: run.state.state is RunState.CANCELLED)
    foreman.close()


@pytest.mark.parametrize("under_way", [False, True], ids=["before", "under way"])
def test_a_stopped_foreman_is_a_sentence_until_it_goes_on(tmp_path: Path, under_way: bool) -> None:
    foreman = patient(tmp_path, slots=1)
    run = RunFolder(tmp_path / foreman.submit(COUNTS, "ann"))
    eventually(lambda: run.state.state is RunState.DONE)
    foreman.ask(NextTokens(run.id, "The"))
    (warm,) = warm_workers(foreman)
    if under_way:
        # It is asked again and again whether anybody is there, until nobody is.
        warm.suspend()
        foreman.patience = 0.5
        asking = Asking(foreman, NextTokens(run.id, "The"))
        eventually(lambda: asking.begun and answers(foreman))
    process = psutil.Process(foreman.pid)
    process.suspend()
    foreman.patience = 0.01
    if under_way:
        with pytest.raises(LearnerError, match="cannot be reached"):
            asking.answer()
    for request in (
        lambda: foreman.submit(gpt(10), "ann"),
        lambda: foreman.resume(run.id, "ann"),
        lambda: foreman.cancel(run.id, "ann"),
        lambda: foreman.renew(run.id, "ann"),
        lambda: foreman.place(run.id),
        lambda: foreman.ask(NextTokens(run.id, "The ")),
    ):
        with pytest.raises(LearnerError, match="cannot be reached"):
            request()
    foreman.patience = PATIENCE
    process.resume()
    warm.resume()
    eventually(lambda: not foreman._session._silent)
    assert foreman.pid == process.pid, "it was not replaced"
    assert foreman.ask(NextTokens(run.id, "The"))
    foreman.close()


def test_models_are_asked_though_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "runs").write_text("a file in the place of the folder")
    starters = PROJECT / "starters"
    shipped = next(folder for folder in Store(starters, read_only=True).list())
    foreman = patient(tmp_path / "runs", shipped=[starters])
    assert foreman.ask(NextTokens(shipped.id, "The"))
    with pytest.raises(LearnerError, match="cannot write to its disk"):
        foreman.submit(COUNTS, "ann")
    assert foreman.place(COUNTS.id) is None
    foreman.close()


@pytest.mark.skipif(not Path("/dev/shm").is_dir(), reason="there is no folder in memory")
def test_models_are_asked_though_no_disk_takes_a_temporary_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import os, tempfile\n"
        "tempfile._candidate_tempdir_list = lambda: [os.environ.get('TMPDIR', '/nowhere')]\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.delenv("TMPDIR", raising=False)
    starters = PROJECT / "starters"
    shipped = next(folder for folder in Store(starters, read_only=True).list())
    foreman = patient(tmp_path / "runs", shipped=[starters])
    assert foreman.ask(NextTokens(shipped.id, "The"))
    assert foreman._session.address.startswith("/dev/shm")
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
        eventually(lambda: run.checkpoint_step > 0)
        family = psutil.Process(server.pid).children(recursive=True)
        trainers = [process for process in family if steps_back(process)]
        assert trainers
    finally:
        server.kill()
        server.wait()
    eventually(lambda: not any(alive(process) for process in family))
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
    """What the forkserver forked: training processes, which step back, and the warm worker."""
    assert foreman.pid is not None
    return [
        grandchild
        for child in psutil.Process(foreman.pid).children()
        for grandchild in child.children()
        if alive(grandchild)
    ]


def workers(foreman: Foreman) -> list[psutil.Process]:
    return [process for process in grandchildren(foreman) if steps_back(process)]


def warm_workers(foreman: Foreman) -> list[psutil.Process]:
    return [process for process in grandchildren(foreman) if not steps_back(process)]


def steps_back(process: psutil.Process) -> bool:
    """Whether it leaves the processor to these tests, at whatever priority they run themselves."""
    return bool(process.nice() > psutil.Process().nice())


def alive(process: psutil.Process) -> bool:
    return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)


def answers(foreman: Foreman) -> bool:
    try:
        foreman.place("0" * 16)
    except LearnerError:
        return False
    return True


class Asking:
    """A question that is being asked by a thread."""

    def __init__(self, foreman: Foreman, question: NextTokens) -> None:
        self.restarts = 0
        self._foreman = foreman
        self._begun = threading.Event()
        self._answer = ThreadPoolExecutor(1).submit(self._ask, question)

    def wait_until_under_way(self) -> None:
        """Until the foreman has answered somebody who came later."""
        assert self._begun.wait(PATIENCE)
        self._foreman.place("0" * 16)

    @property
    def begun(self) -> bool:
        return self._begun.is_set()

    @property
    def waiting(self) -> bool:
        return not self._answer.done()

    def answer(self) -> object:
        return self._answer.result(PATIENCE)

    def _ask(self, question: NextTokens) -> object:
        self._begun.set()
        return self._foreman.ask(question, PATIENCE, self._restarted)

    def _restarted(self) -> None:
        self.restarts += 1


def kill(foreman: Foreman) -> None:
    assert foreman.pid is not None
    os.kill(foreman.pid, signal.SIGKILL)
