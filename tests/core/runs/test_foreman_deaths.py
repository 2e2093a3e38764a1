"""What is lost when a worker, the foreman or the web server dies or stops: nothing."""

from __future__ import annotations

import subprocess
import sys
from collections import deque
from pathlib import Path

import psutil  # type: ignore[import-untyped]
import pytest

from core.errors import LearnerError
from core.questions import NextTokens
from core.runs.client import Foreman
from core.runs.engines.engine import Job
from core.runs.worker import execute
from core.store.folder import RunFolder
from core.store.state import INTERRUPTED, RunState
from core.store.store import Store
from tests.core.runs.foremen import (
    COUNTS,
    ENDLESS,
    ENGINE_OF_TESTS,
    PROJECT,
    Asking,
    alive,
    answers,
    gpt,
    grandchildren,
    kill,
    numbers,
    patient,
    steps_back,
    warm_worker,
    workers,
)
from tests.patience import PATIENCE, eventually

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="looks at processes the Unix way")


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


def test_a_killed_warm_worker_is_replaced_and_the_question_answered(
    foreman: Foreman, store: Store
) -> None:
    run = store.open(foreman.submit(COUNTS, "ann"))
    eventually(lambda: run.state.state is RunState.DONE)
    before = foreman.ask(NextTokens(run.id, "The"))
    warm = warm_worker(foreman)
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
    warm = warm_worker(foreman)
    warm.suspend()
    asking = Asking(foreman, NextTokens(run.id, "The"))
    asking.wait_until_under_way()
    assert asking.waiting
    warm.kill()
    assert asking.answer() == before
    assert asking.restarts == 1


def test_after_the_foreman_is_killed_what_was_watched_goes_on_though_nobody_asks(
    foreman: Foreman, store: Store, tmp_path: Path
) -> None:
    spec = gpt(600, seed=6)
    uninterrupted = RunFolder(tmp_path / spec.id)
    deque(execute(Job(tmp_path, spec)), maxlen=0)

    run = store.open(foreman.submit(spec, "ann"))
    other = store.open(foreman.submit(gpt(ENDLESS, seed=8), "ann"))
    waiting = store.open(foreman.submit(gpt(20, seed=6), "bob"))
    eventually(lambda: run.checkpoint_step > 0)
    children = grandchildren(foreman)
    assert children
    foreman._short_lives = 0  # after others that were killed it would wait longer
    kill(foreman)
    eventually(lambda: not any(alive(child) for child in children))
    assert run.state.state is not RunState.DONE
    assert waiting.state.state is not RunState.DONE
    eventually(lambda: run.state.state is waiting.state.state is RunState.DONE)
    assert run.state.reason is None
    assert foreman.cancel(other.id, "ann")
    assert numbers(run) == numbers(uninterrupted)
    assert run.model_path.read_bytes() == uninterrupted.model_path.read_bytes()


def test_what_nobody_watches_is_interrupted_when_the_foreman_is_killed(tmp_path: Path) -> None:
    foreman = patient(tmp_path, engine=ENGINE_OF_TESTS)
    left = RunFolder(tmp_path / foreman.submit(gpt(ENDLESS, seed=2), "ann"))
    foreman.submit(gpt(ENDLESS, seed=2), "bob")
    eventually(lambda: left.state.state is RunState.RUNNING)
    kill(foreman)
    foreman.close()

    server = patient(tmp_path, engine=ENGINE_OF_TESTS)
    assert not server.renew(left.id, "ann")
    assert (left.state.state, left.state.reason) == (RunState.FAILED, INTERRUPTED)
    assert left.state.resumable
    assert server.resume(left.id, "ann") == left.id
    eventually(lambda: left.state.state is RunState.RUNNING)
    assert left.state.reason is None
    server.close()
    assert (left.state.state, left.state.reason) == (RunState.FAILED, INTERRUPTED)


def test_a_question_is_asked_again_when_the_foreman_is_killed(
    foreman: Foreman, store: Store
) -> None:
    run = store.open(foreman.submit(COUNTS, "ann"))
    eventually(lambda: run.state.state is RunState.DONE)
    before = foreman.ask(NextTokens(run.id, "The"))
    warm = warm_worker(foreman)
    warm.suspend()
    asking = Asking(foreman, NextTokens(run.id, "The"))
    asking.wait_until_under_way()
    assert asking.waiting
    kill(foreman)
    warm.resume()
    assert asking.answer() == before
    assert asking.restarts == 1


@pytest.mark.parametrize("under_way", [False, True], ids=["before", "under way"])
def test_a_stopped_foreman_is_a_sentence_until_it_goes_on(
    foreman: Foreman, store: Store, under_way: bool
) -> None:
    run = store.open(foreman.submit(COUNTS, "ann"))
    eventually(lambda: run.state.state is RunState.DONE)
    foreman.ask(NextTokens(run.id, "The"))
    warm = warm_worker(foreman)
    if under_way:
        # It is asked again and again whether anybody is there, until nobody is.
        warm.suspend()
        foreman.patience = 0.5
        asking = Asking(foreman, NextTokens(run.id, "The"))
        eventually(lambda: asking.begun and answers(foreman))
    process = psutil.Process(foreman.pid)
    process.suspend()
    foreman.patience = 0.01
    try:
        if under_way:
            with pytest.raises(LearnerError, match="cannot be reached"):
                asking.answer()
        for request in (
            lambda: foreman.submit(COUNTS, "ann"),
            lambda: foreman.resume(run.id, "ann"),
            lambda: foreman.cancel(run.id, "ann"),
            lambda: foreman.renew(run.id, "ann"),
            lambda: foreman.place(run.id),
            lambda: foreman.ask(NextTokens(run.id, "The ")),
        ):
            with pytest.raises(LearnerError, match="cannot be reached"):
                request()
    finally:
        foreman.patience = PATIENCE
        process.resume()
        warm.resume()
    eventually(lambda: not foreman._session._silent)
    assert foreman.pid == process.pid, "it was not replaced"
    assert foreman.ask(NextTokens(run.id, "The"))


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
