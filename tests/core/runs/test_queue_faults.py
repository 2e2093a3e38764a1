"""What goes wrong with one run costs that run, and nobody else."""

from __future__ import annotations

import errno
import shutil
import threading

import pytest

from core.errors import LearnerError
from core.store.folder import RunWriter
from core.store.lock import writing
from core.store.state import ABANDONED, INTERRUPTED, RunState, lost
from tests.core.runs.queueing import FullDisk, Setting, spec
from tests.damage import KINDS, damage
from tests.patience import eventually


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
