"""What can be chosen among the tasks: declared on the lesson's own table."""

from __future__ import annotations

from dataclasses import dataclass

from core.spec.text import TaskName
from core.store.solving import Solver
from core.text.tasks.registry import TASKS
from lessons.compare.solved import SOLVERS
from pages.parts.frame.state import Choice, Number, Private, State, Text
from pages.parts.training.state import PanelState

FIRST: TaskName = "parity"


@dataclass(frozen=True)
class TasksState:
    """``task``: whose curves are shown; ``own``: a problem of the learner's, of the task ``own_of``;
    ``copied``: what the GPT copies while its heads are looked at; ``solver`` and ``seed``: which run is
    trained."""

    task: Choice[TaskName]
    own: Text
    own_of: Private[str]
    copied: Text
    solver: Choice[Solver]
    seed: Number[int]
    panel: PanelState


def tasks_state(state: State) -> TasksState:
    return TasksState(
        task=state.choice("task", tuple(TASKS), first=FIRST),
        own=state.text("task_own", TASKS[FIRST].example, most=60),
        own_of=state.private("task_own_of", ""),
        copied=state.text("task_copied", "acfhbdeg", most=40),
        solver=state.choice("task_solver", tuple(SOLVERS), first="gpt"),
        seed=state.whole("task_seed", 1, 99, first=1),
        panel=PanelState(
            step=state.choice("task_step", None, first=-1),
            head=state.private("task_head", None),
            start=state.private("task_start", False),
            left=state.private("task_left", None),
        ),
    )
