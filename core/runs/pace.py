"""How long trainings take here: learned from those this machine has done, and from who waits. Torch-free.

Every expectation begins with the run that ships with the course: its seconds, scaled by the work. What
was trained here says by how much this machine is slower or faster, alone and with others beside it.
"""

from __future__ import annotations

import heapq
import json
import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from core.spec.run import RunSpec
from core.store.files import write_text
from core.store.look import Look
from core.store.starters import starter_of, starters

FILE = ".pace.json"
_MOST_MEASURED = 40
_RECENT = 9
_STARTING_SECONDS = 1.5
"""From a free worker to the first update, before any training has said it better: a process starts,
and makes the text and the model."""
_CROWDING = 1.5
"""How much longer each of two trainings takes than one alone, before it was measured here: processors
share their memory, and often their arithmetic."""
_LAYER_STEP = 1e7
"""What a layer costs a step besides its products; small deep models spend a third of their time so."""
_ORTHOGONALISING = 1.2
"""How much longer a step takes by Muon than by Adam: 32 against 27 milliseconds for the GPT that ships."""


@dataclass(frozen=True)
class Measured:
    """A training that was done here without a break.

    ``ratio`` is its seconds over those that ``shipped_seconds`` would have it take; ``together`` is how
    many trained at once meanwhile, itself included; ``starting`` is what it took besides, in seconds.
    """

    family: str
    ratio: float
    together: float
    starting: float


@dataclass(frozen=True)
class Pace:
    """What is known of this machine, and what it is about to do.

    ``slots`` is how many trainings run at once; ``free_at`` is when each slot will have done what is
    asked of it already, and ``starts`` when each waiting run is likely to begin, in seconds since 1970.
    """

    measured: tuple[Measured, ...] = ()
    slots: int = 1
    free_at: tuple[float, ...] = ()
    starts: Mapping[str, float] = field(default_factory=dict)

    def alone(self, family: str) -> float:
        """How much longer than the shipped run's machine this one takes for a family."""
        at_once = self._ratios(family, crowded=False)
        if at_once:
            return median(at_once)
        beside = self._ratios(family, crowded=True)
        return median(beside) / self.crowding(2) if beside else 1.0

    def crowding(self, together: float) -> float:
        """How much longer a training takes with others at work than alone."""
        return 1.0 + (self._beside_one() - 1.0) * max(0.0, together - 1.0)

    @property
    def starting(self) -> float:
        """Seconds from a free worker to the first update."""
        recent = [one.starting for one in self.measured[-_RECENT:]]
        return median(recent) if recent else _STARTING_SECONDS

    def seconds(self, spec: RunSpec, look: Look, together: float = 1.0) -> float:
        """About how long one run takes once a worker is free for it."""
        if not spec.model.descends:
            return 1.0
        slower = self.alone(spec.model.family) * self.crowding(together)
        return self.starting + slower * shipped_seconds(spec, look)

    def wait(self, now: float | None = None) -> float:
        """About how many seconds pass before a worker is free for one more run."""
        now = time.time() if now is None else now
        return max(0.0, min(self._slots_free(now)) - now)

    def seconds_for_all(
        self, specs: Sequence[RunSpec], look: Look, now: float | None = None
    ) -> float:
        """About how long several runs take from now, those of others before them not counted twice."""
        now = time.time() if now is None else now
        free = self._slots_free(now)
        busy = sum(at > now for at in free)
        together = min(len(free), busy + len(specs))
        return finish([self.seconds(spec, look, together) for spec in specs], free) - min(free)

    def with_measured(self, one: Measured) -> tuple[Measured, ...]:
        """The measurements with one more; the oldest are forgotten."""
        return (*self.measured, one)[-_MOST_MEASURED:]

    def _slots_free(self, now: float) -> list[float]:
        free = [max(now, at) for at in self.free_at[: self.slots]]
        return free + [now] * (max(1, self.slots) - len(free))

    def _ratios(self, family: str, crowded: bool) -> list[float]:
        """The latest of this family, or of all while it has none."""
        theirs = [one for one in self.measured if one.family == family] or self.measured
        return [one.ratio for one in theirs if (one.together >= 1.5) is crowded][-_RECENT:]

    def _beside_one(self) -> float:
        """Two at once against one alone: measured where a family has both, never below 1."""
        found = []
        for family in {one.family for one in self.measured}:
            ours = [one for one in self.measured if one.family == family]
            single = [one.ratio for one in ours if one.together < 1.5][-_RECENT:]
            crowd = [one for one in ours if one.together >= 1.5][-_RECENT:]
            if single and crowd:
                per_other = (median(o.ratio for o in crowd) / median(single) - 1.0) / (
                    median(o.together for o in crowd) - 1.0
                )
                found.append(1.0 + per_other)
        return max(1.0, median(found)) if found else _CROWDING


def finish(seconds: Sequence[float], free_at: Sequence[float]) -> float:
    """When the last of the jobs ends, if each in turn takes the slot that is free first."""
    begin, _free = starts(seconds, free_at)
    return max((at + took for at, took in zip(begin, seconds, strict=True)), default=min(free_at))


def starts(seconds: Sequence[float], free_at: Sequence[float]) -> tuple[list[float], list[float]]:
    """When each job begins, in their order, and when each slot is free after all of them."""
    slots = list(free_at)
    heapq.heapify(slots)
    begin = []
    for took in seconds:
        begin.append(slots[0])
        heapq.heapreplace(slots, slots[0] + took)
    return begin, sorted(slots)


def shipped_seconds(spec: RunSpec, look: Look) -> float:
    """How long the machine would take that made the shipped runs: the time of one of the same family if
    there is one, scaled by steps, tokens, parameters and layers."""
    same = starter_of(spec.model.family)
    for starter in starters() if same is None else (same,):
        run = look.at(starter.spec)
        if run is not None and run.last is not None and starter.spec.model.descends:
            return run.seconds * _work(spec) / _work(starter.spec)
    return 1.0


def read_pace(root: Path) -> Pace:
    """What was last written under a root of runs; the course's own expectation if there is nothing."""
    try:
        found: dict[str, Any] = json.loads((root / FILE).read_bytes())
        return Pace(
            measured=tuple(_measured(one) for one in found["measured"]),
            slots=max(1, int(found["slots"])),
            free_at=tuple(map(_finite, found["free_at"])),
            starts={str(run): _finite(at) for run, at in found["starts"].items()},
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError, OverflowError):
        return Pace()


def _measured(found: dict[str, Any]) -> Measured:
    numbers = (_finite(found[name]) for name in ("ratio", "together", "starting"))
    return Measured(str(found["family"]), *numbers)


def _finite(found: Any) -> float:
    """A number that can be reckoned with. ValueError or TypeError for any other."""
    if not math.isfinite(number := float(found)):
        raise ValueError(found)
    return number


def write_pace(root: Path, pace: Pace) -> None:
    """Put it where ``read_pace`` looks. OSError where the disk takes nothing."""
    write_text(root / FILE, json.dumps(asdict(pace)))


def _work(spec: RunSpec) -> float:
    """In multiplications, roughly: for each token, and for each layer once a step, however few tokens."""
    recipe, model = spec.recipe, spec.model
    tokens = model.tokens_a_step(recipe)
    step = tokens * (spec.most_parameters() + 50_000) + model.depth() * _LAYER_STEP
    return recipe.steps * step * (_ORTHOGONALISING if recipe.optimizer == "muon" else 1.0)
