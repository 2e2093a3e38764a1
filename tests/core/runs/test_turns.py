"""Whose turn it is, as the queue keeps it."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from core.errors import LearnerError
from core.runs.pace import read_pace
from core.store.state import RunState
from tests.core.runs.queueing import Setting, spec


def test_one_busy_owner_does_not_keep_others_waiting(a: Setting) -> None:
    bulk = [a.queue.submit(spec(seed), "ann") for seed in range(3)]
    late = a.queue.submit(spec(9), "bob")
    a.queue.tick()
    assert [a.queue.place(run) for run in (*bulk, late)] == [None, 2, 3, 1]


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
