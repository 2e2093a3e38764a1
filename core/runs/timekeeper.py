"""The queue's watch: measures each training and writes down what the next ones may expect. Torch-free."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from core.runs.pace import Measured, read_pace, shipped_seconds, starts, write_pace
from core.spec.run import RunSpec
from core.store.look import Look
from core.store.state import RunState
from core.store.store import Library, Store

_SHORTEST_SECONDS = 0.5
"""A training shorter than this measures the operating system rather than the machine."""


class Timekeeper:
    """Is told of each beginning and end, by one thread at a time. ``clock`` is in seconds since 1970.

    What it cannot write it keeps for later: a full disk costs an announcement, never a training.
    """

    def __init__(
        self, store: Store, library: Library, clock: Callable[[], float] = time.time
    ) -> None:
        self._root, self._library, self._clock = store.root, library, clock
        self._pace = read_pace(self._root)
        self._running: dict[str, _Timing] = {}
        self._last = clock()

    def began(self, spec: RunSpec) -> None:
        """A worker has taken this run."""
        self._pass_time()
        before = Look(self._library).at(spec)
        self._running[spec.id] = _Timing(
            spec, self._last, fresh=before is None or not before.snapshots
        )

    def ended(self, spec: RunSpec) -> None:
        """The worker has let go of it, whatever became of it."""
        self._pass_time()
        timing = self._running.pop(spec.id, None)
        look = Look(self._library)
        run = look.at(spec)
        if (
            timing is None
            or not timing.fresh
            or run is None
            or run.state.state is not RunState.DONE
            or not spec.model.descends
            or run.seconds < _SHORTEST_SECONDS
        ):
            return
        took = max(self._last - timing.began, run.seconds)
        one = Measured(
            family=spec.model.family,
            ratio=run.seconds / shipped_seconds(spec, look),
            together=max(1.0, timing.shared / took),
            starting=took - run.seconds,
        )
        self._pace = replace(self._pace, measured=self._pace.with_measured(one))

    def tell(self, waiting: Sequence[RunSpec], slots: int) -> None:
        """Write down what is known now; ``waiting`` are in the order in which they will start."""
        now, look = self._clock(), Look(self._library)
        free = [self._end(timing, look, now) for timing in self._running.values()][:slots]
        free += [now] * (max(1, slots) - len(free))
        lengths = [self._pace.seconds(spec, look, min(slots, len(waiting))) for spec in waiting]
        begin, free_at = starts(lengths, free)
        self._pace = replace(
            self._pace,
            slots=max(1, slots),
            free_at=tuple(at for at in free_at if at > now),
            starts={spec.id: at for spec, at in zip(waiting, begin, strict=True)},
        )
        with contextlib.suppress(OSError):
            write_pace(self._root, self._pace)

    def _pass_time(self) -> None:
        """Count, for each training that is under way, how many were under way until now."""
        now = self._clock()
        for timing in self._running.values():
            timing.shared += len(self._running) * max(0.0, now - self._last)
        self._last = now

    def _end(self, timing: _Timing, look: Look, now: float) -> float:
        """By its own speed once it has shown one; before that, by what is expected of it."""
        run = look.at(timing.spec)
        steps = timing.spec.recipe.steps
        if run is not None and run.step:
            return now + run.seconds * max(0, steps - run.step) / run.step
        expected = self._pace.seconds(timing.spec, look, len(self._running))
        return max(now, timing.began + expected)


@dataclass
class _Timing:
    """A training under way. ``shared`` adds up the seconds, each as often as trainings were at work;
    ``fresh`` says that it began at its first step."""

    spec: RunSpec
    began: float
    fresh: bool
    shared: float = 0.0
