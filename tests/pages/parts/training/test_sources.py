"""What is said of the numbers of runs holds while they train, and where one of them broke off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lessons.positions.experiments import LENGTH
from pages.parts.training.sources import of_experiment


@dataclass
class Snapshot:
    step: int


@dataclass
class Run:
    snapshots: tuple[Snapshot, ...]


def _run(*steps: int) -> Any:
    return Run(tuple(Snapshot(step) for step in steps))


def test_an_experiment_names_what_was_trained_and_how_far() -> None:
    arms = LENGTH[:3]
    last = arms[0].spec.recipe.steps
    nothing = of_experiment(arms, [None, _run(), None])
    assert nothing.kind == "none"
    done = of_experiment(arms, [_run(0, last), None, _run(0, last)])
    assert done.kind == "measured"
    assert done.details == (
        f"Trained on this server: {arms[0].name}, {arms[2].name}.",
        f"Seed {arms[0].spec.seed}, {last} steps each.",
    )
    under_way = of_experiment(arms, [_run(0, last), _run(0, last - 1), None])
    assert under_way.details[1] == f"Seed {arms[0].spec.seed}; {last} steps each are planned."
