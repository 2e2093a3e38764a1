"""What every engine promises. To put another through it, add how it is made and how its worker dies."""

from __future__ import annotations

import contextlib
import itertools
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped]
import pytest

from core.runs.engines.engine import Engine, Job, Stream, WorkerLost
from core.runs.engines.registry import ENGINES, make_engine
from core.runs.processes import Processes
from core.runs.queue import Queue
from core.runs.worker import execute
from core.spec.families.gpt import GPTSpec
from core.spec.text import CorpusSpec
from core.store.folder import RunFolder, RunWriter
from core.store.snapshot import Snapshot
from core.store.state import RunState, restarted
from core.store.store import Store
from tests.core.runs.engines.toy import ToyEngine
from tests.core.runs.foremen import ENDLESS, gpt
from tests.patience import PATIENCE, eventually

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills processes the Unix way")


@dataclass(frozen=True)
class Case:
    """An engine, and how the worker behind one of its streams is killed."""

    engine: Engine
    kill: Callable[[Any], object]


def kill_process(stream: Any) -> None:
    psutil.Process(stream.pid).kill()


@pytest.fixture(params=["local", "toy"])
def case(request: pytest.FixtureRequest) -> Case:
    if request.param == "toy":
        return Case(ToyEngine(slots=2), kill=lambda stream: stream.kill())
    processes: Processes = request.getfixturevalue("processes")
    if not processes.warm:
        processes.warm_up()
    return Case(make_engine(request.param, processes, slots=2), kill_process)


def test_every_engine_has_a_name() -> None:
    """So that the cases above are looked through when an engine is entered."""
    assert set(ENGINES) == {"local"}


def test_it_has_slots_as_soon_as_it_is_warm(case: Case) -> None:
    eventually(lambda: case.engine.slots == 2)


def test_the_steps_come_in_order_and_the_folder_is_kept_up_to_date(
    case: Case, tmp_path: Path
) -> None:
    job = Job(tmp_path, gpt(40))
    run = waiting(job)
    steps: list[int] = []
    for step in case.engine.open(job):
        steps.append(step)
        assert run.snapshots()[-1].step >= step
    assert steps == [snapshot.step for snapshot in run.snapshots()]
    assert steps == sorted(set(steps)) and steps[-1] == 40
    assert run.state.state is RunState.DONE
    assert run.model_path.exists()


def test_while_it_runs_its_state_says_so_and_what_happened_before(
    case: Case, tmp_path: Path
) -> None:
    job = Job(tmp_path, gpt(ENDLESS), reason=restarted(0))
    run, stream = waiting(job), case.engine.open(job)
    for _step in itertools.islice(stream, 2):
        assert (run.state.state, run.state.reason) == (RunState.RUNNING, restarted(0))
    stream.cancel()


def test_cancelled_before_it_is_read_it_does_nothing(case: Case, tmp_path: Path) -> None:
    job = Job(tmp_path, gpt(ENDLESS))
    run, stream = waiting(job), case.engine.open(job)
    stream.cancel()
    assert list(stream) == []
    assert run.state.state is RunState.QUEUED
    assert run.snapshots() == ()


def test_nothing_starts_before_it_is_read(case: Case, tmp_path: Path) -> None:
    job = Job(tmp_path, gpt(ENDLESS))
    run = waiting(job)
    case.engine.open(job)
    assert run.state.state is RunState.QUEUED


def test_cancelled_in_the_middle_it_ends_and_leaves_the_state_to_the_caller(
    case: Case, tmp_path: Path
) -> None:
    job = Job(tmp_path, gpt(ENDLESS))
    run, reading = waiting(job), Reading(case.engine.open(job))
    eventually(lambda: len(reading.steps) > 2)
    reading.stream.cancel()
    reading.stream.cancel()
    assert reading.end() is None
    assert reading.steps[-1] < ENDLESS
    assert run.state.state is RunState.RUNNING
    reading.stream.cancel()


def test_opened_again_it_goes_on_from_its_checkpoint_as_if_undisturbed(
    case: Case, tmp_path: Path
) -> None:
    undisturbed, job = Job(tmp_path / "undisturbed", gpt(ENDLESS)), Job(tmp_path, gpt(ENDLESS))
    run, stream = waiting(job), case.engine.open(job)
    for _step in stream:
        if run.checkpoint_step > 0:
            stream.cancel()
    begun = run.checkpoint_step
    assert 0 < begun < ENDLESS
    stream, later = case.engine.open(job), []
    for step in stream:
        later.append(step)
        if len(later) == 2:
            stream.cancel()
    assert begun < later[0]
    with contextlib.closing(execute(undisturbed)) as snapshots:
        expected = list(itertools.takewhile(lambda snapshot: snapshot.step <= later[1], snapshots))
    found = [snapshot for snapshot in run.snapshots() if snapshot.step <= later[1]]
    assert losses(found) == losses(expected)


def test_a_killed_worker_is_told_from_an_end_and_harms_no_other(case: Case, tmp_path: Path) -> None:
    jobs = [Job(tmp_path, gpt(ENDLESS, seed)) for seed in (1, 2)]
    folders = [waiting(job) for job in jobs]
    doomed, other = (Reading(case.engine.open(job)) for job in jobs)
    eventually(lambda: min(len(doomed.steps), len(other.steps)) > 1)
    case.kill(doomed.stream)
    assert isinstance(doomed.end(), WorkerLost)
    assert folders[0].state.state is RunState.RUNNING
    seen = len(other.steps)
    eventually(lambda: len(other.steps) > seen)
    other.stream.cancel()
    assert other.end() is None


def test_a_run_that_fails_says_why_in_its_folder_and_just_ends(case: Case, tmp_path: Path) -> None:
    spec = gpt(10).model_copy(
        update={"corpus": CorpusSpec(name="tales", size=1), "model": GPTSpec(context=256)}
    )
    job = Job(tmp_path, spec)
    run = waiting(job)
    assert list(case.engine.open(job)) == []
    assert run.state.state is RunState.FAILED
    assert "context" in str(run.state.reason)


def test_the_queue_runs_over_it(case: Case, tmp_path: Path) -> None:
    store = Store(tmp_path)
    queue = Queue(store, case.engine)
    queue.start()
    runs = [store.open(queue.submit(gpt(20, seed), "ann")) for seed in (1, 2, 3)]
    endless = store.open(queue.submit(gpt(ENDLESS), "bob"))
    eventually(lambda: all(run.state.state is RunState.DONE for run in runs))
    eventually(lambda: len(endless.snapshots()) > 1)
    assert queue.cancel(endless.id, "bob")
    eventually(lambda: endless.state.state is RunState.CANCELLED)
    queue.close()


class Reading:
    """A stream read by a thread, as the queue does. ``steps`` grows."""

    def __init__(self, stream: Stream) -> None:
        self.stream = stream
        self.steps: list[int] = []
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def end(self) -> BaseException | None:
        """Wait for the end; what the stream raised."""
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()
        return self._error

    def _read(self) -> None:
        try:
            self.steps.extend(self.stream)
        except BaseException as error:
            self._error = error


def waiting(job: Job) -> RunFolder:
    """The job's folder, as the queue leaves it to the engine."""
    RunWriter(job.root, job.spec).queue()
    return RunFolder(job.root / job.spec.id)


def losses(snapshots: list[Snapshot]) -> list[tuple[int, float | None, float | None]]:
    return [(s.step, s.train_loss, s.validation_loss) for s in snapshots]
