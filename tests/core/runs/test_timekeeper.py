"""What the queue's watch measures, with a clock that the test moves."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from core.runs.pace import Pace, read_pace, shipped_seconds
from core.runs.timekeeper import Timekeeper
from core.spec.recipe import RecipeSpec
from core.spec.run import RunSpec
from core.store.folder import RunWriter
from core.store.look import Look
from core.store.snapshot import Snapshot
from core.store.starters import starter_of
from core.store.state import RunState, State
from core.store.store import Library, Store

STARTERS_FOLDER = Path(__file__).parents[3] / "starters"
GPT_STARTER = starter_of("gpt")
assert GPT_STARTER is not None


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def gpt(seed: int) -> RunSpec:
    return RunSpec(recipe=RecipeSpec(steps=100), seed=seed)


class Bench:
    """A store of runs, a clock, and the timekeeper between them."""

    def __init__(self, root: Path) -> None:
        self.clock, self.store = Clock(), Store(root)
        self.library = Library([self.store, Store(STARTERS_FOLDER, read_only=True)])
        self.keeper = Timekeeper(self.store, self.library, self.clock)

    def begin(self, spec: RunSpec) -> None:
        RunWriter(self.store.root, spec).queue()
        RunWriter(self.store.root, spec).mark(State(RunState.RUNNING, resumable=True))
        self.keeper.began(spec)

    def at_step(self, spec: RunSpec, step: int, seconds: float) -> None:
        RunWriter(self.store.root, spec).append(
            Snapshot(step, step, seconds, train_loss=2.0, validation_loss=2.0)
        )

    def end(self, spec: RunSpec, state: RunState = RunState.DONE) -> None:
        for name in ("tokenizer.json", "model.safetensors"):
            shutil.copy(STARTERS_FOLDER / GPT_STARTER.spec.id / name, self.store.root / spec.id)
        RunWriter(self.store.root, spec).mark(State(state, resumable=state is not RunState.DONE))
        self.keeper.ended(spec)

    def pace(self, slots: int = 2) -> Pace:
        self.keeper.tell([], slots)
        return read_pace(self.store.root)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def test_a_finished_run_tells_how_fast_this_machine_is(bench: Bench) -> None:
    bench.begin(gpt(1))
    bench.clock.now += 12.0
    bench.at_step(gpt(1), 100, seconds=10.0)
    bench.end(gpt(1))
    (one,) = bench.pace().measured
    assert one.ratio == pytest.approx(10.0 / shipped_seconds(gpt(1), Look(bench.library)))
    assert (one.together, one.starting) == (1.0, 2.0)


def test_runs_side_by_side_are_measured_as_such(bench: Bench) -> None:
    bench.begin(gpt(1))
    bench.begin(gpt(2))
    bench.clock.now += 10.0
    bench.at_step(gpt(1), 100, seconds=10.0)
    bench.end(gpt(1))
    bench.clock.now += 10.0
    bench.at_step(gpt(2), 100, seconds=20.0)
    bench.end(gpt(2))
    first, second = bench.pace().measured
    assert (first.together, second.together) == (2.0, 1.5)


@pytest.mark.parametrize("state", [RunState.CANCELLED, RunState.FAILED])
def test_a_run_that_did_not_end_well_measures_nothing(bench: Bench, state: RunState) -> None:
    bench.begin(gpt(1))
    bench.clock.now += 10.0
    bench.at_step(gpt(1), 50, seconds=10.0)
    bench.end(gpt(1), state)
    assert bench.pace().measured == ()


def test_a_resumed_run_measures_nothing(bench: Bench) -> None:
    RunWriter(bench.store.root, gpt(1)).queue()
    bench.at_step(gpt(1), 50, seconds=5.0)
    bench.keeper.began(gpt(1))
    bench.clock.now += 6.0
    bench.at_step(gpt(1), 100, seconds=10.0)
    bench.end(gpt(1))
    assert bench.pace().measured == ()


def test_a_worker_is_free_when_its_run_ends_at_the_speed_it_has_shown(bench: Bench) -> None:
    bench.begin(gpt(1))
    bench.clock.now += 5.0
    bench.at_step(gpt(1), 20, seconds=4.0)
    bench.keeper.tell([], slots=1)
    assert read_pace(bench.store.root).free_at == (bench.clock.now + 16.0,)
    assert read_pace(bench.store.root).wait(bench.clock.now) == 16.0


def test_who_waits_is_told_when_each_one_before_is_done(bench: Bench) -> None:
    bench.begin(gpt(1))
    bench.at_step(gpt(1), 20, seconds=4.0)
    bench.keeper.tell([gpt(2), gpt(3)], slots=1)
    pace = read_pace(bench.store.root)
    length = pace.seconds(gpt(2), Look(bench.library))
    assert pace.starts[gpt(2).id] == bench.clock.now + 16.0
    assert pace.starts[gpt(3).id] == pytest.approx(bench.clock.now + 16.0 + length)
    assert pace.wait(bench.clock.now) == pytest.approx(16.0 + 2 * length)


def test_what_was_measured_outlives_the_program(bench: Bench) -> None:
    bench.begin(gpt(1))
    bench.clock.now += 12.0
    bench.at_step(gpt(1), 100, seconds=10.0)
    bench.end(gpt(1))
    bench.pace()
    again = Timekeeper(bench.store, bench.library, bench.clock)
    again.tell([], 2)
    assert len(read_pace(bench.store.root).measured) == 1


def test_a_disk_that_takes_nothing_is_no_failure(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("core.runs.timekeeper.write_pace", full)
    bench.begin(gpt(1))
    assert bench.pace() == Pace()
