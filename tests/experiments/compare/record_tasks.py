"""Trains each family on each task with five seeds and writes what it solves to lessons/compare/solved.json.

    python -m tests.experiments.compare.record_tasks [TASK …]

Without names all tasks; what the file says of others, and of runs of the same specification, stays. It takes
about twenty minutes on one core.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import torch

from core.questions.tasks import PROBLEMS
from core.spec.text import TaskName
from core.store.solving import Solver, solving
from core.text.tasks.registry import TASKS
from lessons.compare.solved import FILE, POSITIONS, POSITIONS_TASK, SEEDS, SOLVERS
from tests.experiments.compare.solving import by_length, trained_solver


def main(names: list[str]) -> None:
    torch.set_num_threads(1)
    found: dict[str, Any] = json.loads(FILE.read_text()) if FILE.exists() else {"tasks": {}}
    found["asked"] = PROBLEMS
    for task in TASKS:
        if names and task not in names:
            continue
        of_task = found["tasks"].setdefault(task, {})
        for solver in dict.fromkeys((*SOLVERS, *(POSITIONS if task == POSITIONS_TASK else ()))):
            spec = solving(task, solver)
            if of_task.get(solver, {}).get("id") == spec.id:
                continue
            of_task[solver] = _measured(task, solver)
            _write(found)


def _measured(task: TaskName, solver: Solver) -> dict[str, Any]:
    right: list[list[int]] = []
    for seed in SEEDS:
        # A count does not depend on the seed.
        if solver == "ngram" and right:
            break
        loaded, took = trained_solver(solving(task, solver, seed))
        right.append([one.right for one in by_length(loaded)])
        print(task, solver, seed, f"{took:.1f} s", right[-1], flush=True)
    return {"id": solving(task, solver).id, "right": right}


def _write(found: dict[str, Any]) -> None:
    """A line for each run, so that what has changed can be seen."""
    lines = []
    for task, solvers in found["tasks"].items():
        rows = [
            f'   "{solver}": {{"id": "{one["id"]}", "right": [\n    '
            + ",\n    ".join(json.dumps(run, separators=(",", ":")) for run in one["right"])
            + "]}"
            for solver, one in solvers.items()
        ]
        lines.append(f'  "{task}": {{\n' + ",\n".join(rows) + "}")
    text = f'{{"asked": {found["asked"]}, "tasks": {{\n' + ",\n".join(lines) + "}}\n"
    assert json.loads(text) == found
    FILE.write_text(text)


if __name__ == "__main__":
    main(sys.argv[1:])
