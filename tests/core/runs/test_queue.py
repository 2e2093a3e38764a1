"""One queue: who asks, joins, leaves and comes back, and what it takes over."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import LearnerError
from core.runs import queue as queue_module
from core.runs.queue import Queue
from core.spec.families.ngram import NGramSpec
from core.spec.run import RunSpec
from core.spec.text import CorpusSpec
from core.store.folder import RunWriter
from core.store.state import ABANDONED, CANCELLED, INTERRUPTED, RunState, State, restarted
from core.store.store import Store
from core.text.own import digest
from tests.core.runs.queueing import FakeEngine, Setting, spec
from tests.patience import eventually


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
