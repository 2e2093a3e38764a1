from __future__ import annotations

import errno
import queue as messages
import shutil
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from core.errors import LearnerError
from core.runs import queue as queue_module
from core.runs.engines.engine import Job, WorkerLost
from core.runs.pace import read_pace
from core.runs.queue import Queue
from core.spec.families.ngram import NGramSpec
from core.spec.run import RunSpec
from core.spec.text import CorpusSpec
from core.store import files
from core.store.folder import RunWriter
from core.store.lock import writing
from core.store.state import ABANDONED, CANCELLED, INTERRUPTED, RunState, State, lost, restarted
from core.store.store import Store
from core.text.own import digest
from tests.damage import KINDS, damage
from tests.patience import eventually


class FakeStream:
    """A job without a process: the test says what it does next."""

    def __init__(self, engine: FakeEngine, job: Job) -> None:
        self.engine, self.job = engine, job
        self.cancelled, self.begun = threading.Event(), threading.Event()
        self._told: messages.Queue[str] = messages.Queue()
        self._reader: messages.Queue[threading.Thread] = messages.Queue()

    def __iter__(self) -> Iterator[int]:
        writer = RunWriter(self.job.root, self.job.spec)
        writer.mark(State(RunState.RUNNING, resumable=True))
        self.begun.set()
        self._reader.put(threading.current_thread())
        yield 1
        try:
            match self._told.get():
                case "done":
                    writer.mark(State(RunState.DONE))
                case "fails":
                    writer.mark(State(RunState.FAILED, INTERRUPTED, resumable=True))
                    self._told.get()
                case "lost":
                    raise WorkerLost(-9)
        finally:
            self.engine.open_now.pop(self.job.spec.id)

    def cancel(self) -> None:
        self.cancelled.set()
        self._told.put("stop")

    def tell(self, what: str) -> None:
        """Have the job do this, and wait until the queue knows."""
        self._told.put(what)
        pump = self._reader.get()
        pump.join(5)
        assert not pump.is_alive()


class FakeEngine:
    """``opened`` is every id in the order of opening; ``open_now`` is what runs; ``broken`` are runs that
    cannot be begun."""

    def __init__(self, slots: int) -> None:
        self.slots = slots
        self.opened: list[str] = []
        self.open_now: dict[str, FakeStream] = {}
        self.broken: set[str] = set()

    def open(self, job: Job) -> FakeStream:
        if job.spec.id in self.broken:
            raise OSError(errno.EMFILE, "Too many open files")
        assert job.spec.id not in self.open_now, "the same run twice at once"
        assert len(self.open_now) < self.slots, "more jobs than slots"
        stream = self.open_now[job.spec.id] = FakeStream(self, job)
        self.opened.append(job.spec.id)
        return stream


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def spec(seed: int) -> RunSpec:
    return RunSpec(model=NGramSpec(), seed=seed)


class Setting:
    def __init__(self, root: Path, slots: int = 1) -> None:
        self.store, self.engine, self.clock = Store(root), FakeEngine(slots), Clock()
        self.queue = Queue(self.store, self.engine, clock=self.clock, lease=120)

    def state(self, run_id: str) -> State:
        """The run's state, once every job that was opened has begun."""
        for stream in list(self.engine.open_now.values()):
            assert stream.begun.wait(5)
        return self.store.open(run_id).state


@pytest.fixture
def a(tmp_path: Path) -> Iterator[Setting]:
    setting = Setting(tmp_path)
    yield setting
    setting.queue.close()


def test_a_run_is_trained_and_not_again(a: Setting) -> None:
    run = a.queue.submit(spec(1), "ann")
    assert a.state(run).state is RunState.QUEUED
    a.queue.tick()
    a.engine.open_now[run].tell("done")
    assert a.state(run).state is RunState.DONE
    assert a.queue.submit(spec(1), "bob") == run
    a.queue.tick()
    assert a.engine.opened == [run]


def test_two_owners_share_one_training_and_the_last_one_out_stops_it(a: Setting) -> None:
    run = a.queue.submit(spec(1), "ann")
    a.queue.submit(spec(1), "bob")
    a.queue.tick()
    assert a.engine.opened == [run]
    stream = a.engine.open_now[run]
    assert a.queue.cancel(run, "ann") is False
    assert not stream.cancelled.is_set()
    assert a.queue.cancel(run, "somebody else") is False
    assert a.queue.cancel(run, "bob") is True
    assert stream.cancelled.is_set()
    eventually(lambda: a.state(run).state is RunState.CANCELLED)
    assert a.state(run).reason == CANCELLED
    assert a.state(run).resumable


def test_a_waiting_run_is_cancelled_at_once(a: Setting) -> None:
    first, second = a.queue.submit(spec(1), "ann"), a.queue.submit(spec(2), "ann")
    a.queue.tick()
    assert (a.queue.place(first), a.queue.place(second)) == (None, 1)
    assert a.queue.cancel(second, "ann")
    assert a.state(second).state is RunState.CANCELLED
    assert a.queue.place(second) is None


def test_who_wants_a_run_while_it_is_being_stopped_gets_it(a: Setting) -> None:
    run = a.queue.submit(spec(1), "ann")
    a.queue.tick()
    stream = a.engine.open_now[run]
    stream.cancel = lambda: None  # type: ignore[method-assign]
    a.queue.cancel(run, "ann")
    a.queue.submit(spec(1), "bob")
    stream.tell("stop")
    assert a.state(run).state is RunState.QUEUED
    a.queue.tick()
    assert a.engine.opened == [run, run]


def test_an_unwatched_run_is_stopped_when_its_lease_ends(a: Setting) -> None:
    watched, forgotten = a.queue.submit(spec(1), "ann"), a.queue.submit(spec(2), "bob")
    a.engine.slots = 2
    a.queue.tick()
    a.clock.now = 119
    assert a.queue.renew(watched, "ann")
    assert not a.queue.renew(watched, "bob")
    a.clock.now = 121
    a.queue.tick()
    eventually(lambda: a.state(forgotten).state is RunState.CANCELLED)
    assert a.state(forgotten).reason == ABANDONED
    assert a.state(forgotten).resumable
    assert a.state(watched).state is RunState.RUNNING


def test_a_lost_worker_fails_its_run_only_and_it_can_be_resumed(a: Setting) -> None:
    a.engine.slots = 2
    lost, other = a.queue.submit(spec(1), "ann"), a.queue.submit(spec(2), "bob")
    a.queue.tick()
    a.engine.open_now[lost].tell("lost")
    assert a.state(lost).state is RunState.FAILED
    assert "-9" in str(a.state(lost).reason)
    assert a.state(other).state is RunState.RUNNING
    assert a.queue.resume(lost, "ann") == lost
    a.queue.tick()
    assert a.engine.opened == [lost, other, lost]


def test_what_would_only_fail_again_is_not_trained_again(a: Setting) -> None:
    RunWriter(a.store.root, spec(1)).queue()
    RunWriter(a.store.root, spec(1)).fail(LearnerError("The loss is {x}.", x="NaN"))
    run = a.queue.submit(spec(1), "ann")
    a.queue.tick()
    assert a.engine.opened == []
    assert str(a.state(run).reason) == "The loss is NaN."


def test_after_a_dead_server_its_runs_are_interrupted(a: Setting) -> None:
    RunWriter(a.store.root, spec(1)).queue()
    a.queue.start()
    state = a.state(spec(1).id)
    assert (state.state, state.reason, state.resumable) == (RunState.FAILED, INTERRUPTED, True)
    a.queue.resume(spec(1).id, "ann")
    eventually(lambda: spec(1).id in a.engine.open_now)
    a.queue.close()
    assert a.state(spec(1).id).reason == INTERRUPTED


def test_a_run_that_is_still_watched_is_taken_over_from_a_dead_queue(a: Setting) -> None:
    for seed in (1, 2, 3):
        RunWriter(a.store.root, spec(seed)).queue()
    done = RunWriter(a.store.root, spec(4))
    done.queue()
    done.mark(State(RunState.DONE))
    a.engine.slots = 0
    a.queue.start(
        {
            spec(2).id: ["bob"],
            spec(4).id: ["bob"],
            "0" * 16: ["bob"],
            spec(1).id: ["ann", "bob"],
            spec(3).id: [],
        }
    )
    assert [a.queue.place(spec(seed).id) for seed in (2, 1)] == [1, 2]
    state = a.state(spec(1).id)
    assert (state.state, state.reason, state.resumable) == (RunState.QUEUED, restarted(0), True)
    assert a.state(spec(3).id).reason == INTERRUPTED
    assert a.state(spec(4).id).state is RunState.DONE
    a.clock.now = 119
    assert a.queue.renew(spec(1).id, "ann")
    assert not a.queue.renew(spec(4).id, "bob")
    a.clock.now = 121
    a.queue.tick()
    assert a.state(spec(2).id).reason == ABANDONED
    a.engine.slots = 1
    a.queue.tick()
    assert a.engine.open_now[spec(1).id].job.reason == restarted(0)


def test_there_is_a_limit_for_each_owner_and_for_all(
    a: Setting, monkeypatch: pytest.MonkeyPatch
) -> None:
    for seed in range(4):
        a.queue.submit(spec(seed), "ann")
    with pytest.raises(LearnerError, match="already have 4 unfinished"):
        a.queue.submit(spec(4), "ann")
    assert a.store.find(spec(4).id) is None
    monkeypatch.setattr(queue_module, "MOST_UNFINISHED", 4)
    with pytest.raises(LearnerError, match="4 trainings are waiting"):
        a.queue.submit(spec(4), "bob")
    a.queue.submit(spec(0), "bob")


def test_own_text_is_kept_and_must_be_the_named_one(a: Setting) -> None:
    text = "The quick brown fox jumps over the lazy dog, and then it sleeps.\n" * 10
    own = RunSpec(corpus=CorpusSpec(name="own", digest=digest(text)), model=NGramSpec())
    with pytest.raises(LearnerError, match="Upload it again"):
        a.queue.submit(own, "ann")
    with pytest.raises(LearnerError, match="was changed"):
        a.queue.submit(own, "ann", text + "!")
    run = a.queue.submit(own, "ann", text)
    a.queue.tick()
    assert a.engine.open_now[run].job.own_text == text


def test_a_run_that_ships_is_not_trained(tmp_path: Path) -> None:
    shipped = tmp_path / "starters"
    RunWriter(shipped, spec(1)).queue()
    RunWriter(shipped, spec(1)).mark(State(RunState.DONE))
    engine = FakeEngine(1)
    queue = Queue(Store(tmp_path / "runs"), engine, [Store(shipped, read_only=True)])
    assert queue.submit(spec(1), "ann") == spec(1).id
    queue.tick()
    assert engine.opened == []


def test_one_busy_owner_does_not_keep_others_waiting(a: Setting) -> None:
    bulk = [a.queue.submit(spec(seed), "ann") for seed in range(3)]
    late = a.queue.submit(spec(9), "bob")
    a.queue.tick()
    assert [a.queue.place(run) for run in (*bulk, late)] == [None, 2, 3, 1]


# What goes wrong with one run costs that run, and nobody else.


class FullDisk:
    """``full`` says whether it takes nothing, but for files that have ``wanted`` in them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.full, self.wanted = True, ""
        sync = files.sync

        def syncs(path: Path) -> None:
            if self.full and not (self.wanted and self.wanted in path.read_text()):
                raise OSError(errno.ENOSPC, "No space left on device")
            sync(path)

        monkeypatch.setattr(files, "sync", syncs)


def test_a_waiting_run_whose_folder_is_deleted_harms_nobody(a: Setting) -> None:
    gone, other = a.queue.submit(spec(1), "ann"), a.queue.submit(spec(2), "bob")
    shutil.rmtree(a.store.root / gone)
    assert a.queue.cancel(gone, "ann")
    assert (a.queue.place(gone), a.queue.place(other)) == (None, 1)
    shutil.rmtree(a.store.root / other)
    a.clock.now = 121
    a.queue.tick()
    third = a.queue.submit(spec(3), "eve")
    a.queue.tick()
    assert a.engine.opened == [third]
    assert [folder.id for folder in a.store.list()] == [third]


def test_a_lease_that_ends_on_a_full_disk_is_written_when_there_is_room(
    a: Setting, monkeypatch: pytest.MonkeyPatch
) -> None:
    a.engine.slots = 2
    running, waiting, kept = (a.queue.submit(spec(seed), "ann") for seed in (1, 2, 3))
    a.queue.tick()
    assert a.state(waiting).state is RunState.RUNNING
    a.clock.now = 119
    a.queue.renew(kept, "ann")
    disk = FullDisk(monkeypatch)
    a.clock.now = 121
    a.queue.tick()
    for run in (running, waiting):
        eventually(lambda run=run: run not in a.queue._entries)
        with pytest.raises(LearnerError, match="is full"):
            a.queue.renew(run, "ann")
    assert a.state(running).state is RunState.RUNNING, "nothing could be written"
    with pytest.raises(LearnerError, match="is full"):
        a.queue.submit(spec(4), "bob")
    assert a.queue.place(spec(4).id) is None and a.store.find(spec(4).id) is None
    disk.full = False
    a.queue.tick()
    assert a.state(running).reason == a.state(waiting).reason == ABANDONED
    assert a.queue.renew(running, "ann") is False
    assert kept in a.engine.opened


def test_what_was_to_be_written_of_a_run_that_waits_is_not_written_over_its_training(
    a: Setting, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = a.queue.submit(spec(1), "ann")
    a.queue.tick()
    stream = a.engine.open_now[run]
    a.queue.cancel(run, "ann")
    a.queue.submit(spec(1), "bob")
    disk = FullDisk(monkeypatch)
    stream.tell("nothing more")
    disk.wanted = "running"
    a.queue.tick()
    assert a.engine.opened == [run, run]
    assert a.state(run).state is RunState.RUNNING
    disk.full = False
    a.queue.tick()
    assert a.state(run).state is RunState.RUNNING


def test_what_is_lost_on_a_full_disk_says_so_later(
    a: Setting, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = a.queue.submit(spec(1), "ann")
    a.queue.tick()
    assert a.state(run).state is RunState.RUNNING
    disk = FullDisk(monkeypatch)
    a.engine.open_now[run].tell("lost")
    disk.full = False
    a.queue.tick()
    assert a.state(run).state is RunState.FAILED and a.state(run).resumable
    assert "is full" in str(a.state(run).reason)


def test_who_asks_for_a_run_that_has_failed_before_its_worker_is_gone_gets_it(a: Setting) -> None:
    run = a.queue.submit(spec(1), "ann")
    a.queue.tick()
    stream = a.engine.open_now[run]
    stream._told.put("fails")
    eventually(lambda: a.state(run).state is RunState.FAILED)
    bob = threading.Thread(target=a.queue.submit, args=(spec(1), "bob"))
    bob.start()
    eventually(lambda: a.queue._changed._waiters or not bob.is_alive())  # type: ignore[attr-defined]
    stream.tell("and is gone")
    bob.join()
    a.queue.tick()
    assert a.engine.opened == [run, run]
    assert a.queue.renew(run, "bob") and not a.queue.renew(run, "ann")


def test_a_running_run_whose_state_is_emptied_still_ends(a: Setting) -> None:
    run = a.queue.submit(spec(1), "ann")
    a.queue.tick()
    assert a.state(run).state is RunState.RUNNING
    damage(a.store.root / run / "state", "empty")
    assert a.state(run).is_damaged
    assert a.queue.submit(spec(1), "bob") == run
    assert a.state(run).state is RunState.RUNNING
    damage(a.store.root / run / "state", "a folder in its place")
    a.engine.open_now[run].tell("lost")
    assert a.state(run).reason == lost(-9)
    assert a.queue.resume(run, "ann") == run


def test_a_run_that_cannot_be_begun_fails_and_the_next_one_begins(a: Setting) -> None:
    a.engine.slots = 2
    broken, fine = a.queue.submit(spec(1), "ann"), a.queue.submit(spec(2), "bob")
    a.engine.broken.add(broken)
    a.queue.tick()
    assert a.engine.opened == [fine]
    state = a.state(broken)
    assert (state.state, state.resumable) == (RunState.FAILED, True)
    assert "Too many open files" in str(state.reason)
    a.engine.broken.clear()
    a.queue.resume(broken, "ann")
    a.queue.tick()
    assert a.engine.opened == [fine, broken]


def test_the_thread_outlives_whatever_goes_wrong_in_a_tick(
    a: Setting, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    failures = [OSError(errno.EIO, "Input/output error"), ValueError("min() arg is empty")]

    def expire(entry: object, now: float) -> None:
        if failures:
            raise failures.pop()

    monkeypatch.setattr(a.queue, "_expire", expire)
    monkeypatch.setattr(a.engine, "slots", None)  # and the whole tick fails
    a.queue.start()
    run = a.queue.submit(spec(1), "ann")
    eventually(lambda: not failures)
    a.engine.slots = 1
    eventually(lambda: run in a.engine.opened)
    assert "Input/output error" in capsys.readouterr().err


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("file", ["state", "spec.json", "tokenizer.json", "metrics.jsonl"])
def test_a_damaged_folder_is_in_nobodys_way_when_the_queue_starts(
    a: Setting, file: str, kind: str
) -> None:
    a.engine.slots = 3
    for seed in (1, 2, 3):
        RunWriter(a.store.root, spec(seed)).queue()
    damage(a.store.root / spec(1).id / file, kind)
    damage(a.store.root / spec(2).id / file, kind)
    (a.store.root / ("0" * 16)).write_text("a file in the place of a run")
    a.queue.start({spec(1).id: ["ann"]})
    assert a.state(spec(3).id).reason == INTERRUPTED
    run = a.queue.submit(spec(4), "bob")
    eventually(lambda: run in a.engine.open_now)
    assert a.queue.submit(spec(1), "ann") == spec(1).id
    assert a.queue.submit(spec(2), "ann") == spec(2).id
    eventually(lambda: len(a.engine.open_now) == 3)


def test_a_run_that_is_done_but_damaged_is_trained_again_on_request(a: Setting) -> None:
    run = a.queue.submit(spec(1), "ann")
    a.queue.tick()
    (a.store.root / run / "model.safetensors").write_bytes(b"half")
    (a.store.root / run / "checkpoint.safetensors").write_bytes(b"whole")
    a.engine.open_now[run].tell("done")
    assert a.queue.submit(spec(1), "ann") == run
    assert a.state(run).state is RunState.QUEUED
    assert not (a.store.root / run / "model.safetensors").exists()
    assert [p for p in a.store.root.glob(f".damaged-{run}-*/model.safetensors")]
    a.queue.tick()
    assert a.engine.opened == [run, run]


def test_a_state_that_cannot_be_read_costs_no_checkpoint(a: Setting) -> None:
    writer = RunWriter(a.store.root, spec(1))
    writer.queue()
    writer.checkpoint_path.write_bytes(b"whole")
    damage(writer.path / "state", "empty")
    a.queue.submit(spec(1), "ann")
    assert writer.checkpoint_path.read_bytes() == b"whole"


def test_a_run_that_another_program_trains_is_left_to_it(a: Setting) -> None:
    writer = RunWriter(a.store.root, spec(1))
    with writing(writer.path):
        writer.queue()
        a.queue.start()
        with pytest.raises(LearnerError, match="Another program"):
            a.queue.submit(spec(1), "ann")
        assert a.state(spec(1).id).state is RunState.QUEUED
    a.queue.submit(spec(1), "ann")
    eventually(lambda: spec(1).id in a.engine.open_now)


def test_what_another_program_has_begun_while_it_waited_here_is_left_to_it(a: Setting) -> None:
    """The worker finds the folder taken, says nothing, and ends."""
    run = a.queue.submit(spec(1), "ann")
    a.queue.tick()
    assert a.state(run).state is RunState.RUNNING
    with writing(a.store.root / run):
        a.engine.open_now[run].tell("nothing more")
        assert a.state(run).state is RunState.RUNNING
    assert not a.queue.renew(run, "ann")


def test_the_pages_read_when_the_turn_of_a_waiting_run_comes(a: Setting) -> None:
    first, second = (a.queue.submit(spec(seed), "anna") for seed in (1, 2))
    a.queue.tick()
    pace = read_pace(a.store.root)
    assert (pace.slots, list(pace.starts)) == (1, [second])
    a.engine.open_now[first].tell("done")
    a.queue.tick()
    assert read_pace(a.store.root).starts == {}


def test_the_turns_are_reckoned_anew_only_after_a_change(
    a: Setting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With many waiting it takes long enough to be felt four times a second."""
    reckoned: list[int] = []
    order = a.queue._turns.order
    monkeypatch.setattr(
        a.queue._turns, "order", lambda entries: reckoned.append(1) or order(entries)
    )
    first, second = (a.queue.submit(spec(seed), "ann") for seed in (1, 2))
    a.queue.tick()
    reckoned.clear()
    for _ in range(3):
        a.queue.tick()
        assert a.queue.place(second) == 1
    assert not reckoned
    third = a.queue.submit(spec(3), "bob")
    assert [a.queue.place(run) for run in (first, second, third)] == [None, 2, 1]


class Fairness(RuleBasedStateMachine):
    """Whatever is asked in whatever order: never more jobs than slots, never a run twice at once
    (the engine asserts both), and every free slot goes to the one whose turn it is."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp())
        self.a = Setting(self.root, slots=2)
        self.served: Counter[str] = Counter()
        self.running: dict[str, set[str]] = {}
        self.waiting: dict[str, tuple[int, set[str]]] = {}
        self.age = 0

    @rule(seed=st.integers(0, 7), owner=st.sampled_from("abc"))
    def submit(self, seed: int, owner: str) -> None:
        run = spec(seed).id
        unfinished = [*self.running.values(), *(owners for _, owners in self.waiting.values())]
        full = sum(owner in owners for owners in unfinished) >= 4
        mine = owner in (self.running.get(run) or self.waiting.get(run, (0, set()))[1])
        done = (folder := self.a.store.find(run)) is not None and (
            folder.state.state is RunState.DONE
        )
        if full and not mine and not done:
            with pytest.raises(LearnerError):
                self.a.queue.submit(spec(seed), owner)
            return
        self.a.queue.submit(spec(seed), owner)
        if run in self.running:
            self.running[run].add(owner)
        elif not done:
            self.age += 1
            self.waiting.setdefault(run, (self.age, set()))[1].add(owner)

    @rule()
    def tick(self) -> None:
        before = len(self.a.engine.opened)
        self.a.queue.tick()
        for run in self.a.engine.opened[before:]:
            owned = Counter(o for owners in self.running.values() for o in owners)

            def turn(entry: tuple[int, set[str]], owned: Counter[str] = owned) -> Any:
                return min((owned[o], self.served[o]) for o in entry[1]), entry[0]

            assert turn(self.waiting[run]) == min(map(turn, self.waiting.values()))
            _, owners = self.waiting.pop(run)
            self.running[run] = owners
            self.served.update(owners)
        assert len(self.running) == 2 or not self.waiting

    @precondition(lambda self: self.running)
    @rule(data=st.data(), how=st.sampled_from(["done", "lost"]))
    def end(self, data: st.DataObject, how: str) -> None:
        run = data.draw(st.sampled_from(sorted(self.running)))
        self.a.engine.open_now[run].tell(how)
        del self.running[run]

    @precondition(lambda self: self.waiting)
    @rule(data=st.data(), owner=st.sampled_from("abc"))
    def cancel_waiting(self, data: st.DataObject, owner: str) -> None:
        run = data.draw(st.sampled_from(sorted(self.waiting)))
        owners = self.waiting[run][1]
        assert self.a.queue.cancel(run, owner) == (owners == {owner})
        owners.discard(owner)
        if not owners:
            del self.waiting[run]

    @invariant()
    def places_are_a_line(self) -> None:
        places = [self.a.queue.place(run) for run in self.waiting]
        assert sorted(p for p in places if p) == list(range(1, len(self.waiting) + 1))

    def teardown(self) -> None:
        self.a.queue.close()
        shutil.rmtree(self.root)


Fairness.TestCase.settings = settings(max_examples=25, stateful_step_count=25)
TestFairness = Fairness.TestCase
