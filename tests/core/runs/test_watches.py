from __future__ import annotations

from core.runs.watches import Watches


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_watches_are_kept_for_a_lease_in_the_order_in_which_they_began() -> None:
    clock = Clock()
    watches = Watches(120, clock)
    watches.keep("second", "ann")
    watches.keep("first", "bob")
    watches.keep("first", "ann")
    clock.now = 100
    watches.keep("second", "ann")
    watches.keep("first", "ann")
    assert watches.owners() == {"second": ["ann"], "first": ["bob", "ann"]}
    clock.now = 121
    assert watches.owners() == {"second": ["ann"], "first": ["ann"]}
    watches.drop("second", "ann")
    watches.drop("second", "nobody")
    assert watches.owners() == {"first": ["ann"]}


def test_what_has_run_out_is_forgotten() -> None:
    clock = Clock()
    watches = Watches(120, clock)
    for run in range(1000):
        clock.now += 1
        watches.keep(str(run), "ann")
    assert len(watches._until) == 120
