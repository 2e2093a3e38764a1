"""One family trained on the chosen task, and what it solves beside what was recorded."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.errors import LearnerError
from core.questions.tasks import LengthResult, TaskByLength
from core.store.look import Look
from core.store.solving import solving
from core.store.view import RunView
from core.text.tasks.registry import TASKS
from core.text.tasks.task import Task
from lessons.compare.solved import SOLVERS, solved
from pages.compare.state import TASKS_STATE
from pages.compare.tasks.curves import of_run, of_seeds, show_curves, style_of
from pages.parts.frame.ask import ask
from pages.parts.frame.escaped import code
from pages.parts.frame.language import _, worded
from pages.parts.training import sources
from pages.parts.training.controls import training_panel
from pages.parts.training.panel import Another, Panel, expected_seconds
from pages.parts.training.pictures import show_pictures
from pages.parts.training.state import TASK_NAMES

OWN_STYLE = len(SOLVERS)
"""The colour after those of the families."""
WRONG_SHOWN = 4


def show_task_training(look: Look) -> None:
    """Choose a task, a family and a seed; the panel of that run; and its curve once it is done."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.markdown(
            _("Task, chosen above: **{task}**").format(task=_(TASK_NAMES[TASKS_STATE.task.value]))
        )
        solver = TASKS_STATE.solver.draw(
            st.segmented_control, _("Model"), words=lambda one: _(SOLVERS[one]), required=True
        )
        seed = TASKS_STATE.seed.box(_("Seed: same seed, same numbers"), width=220)
    name = TASKS_STATE.task.value
    spec = solving(name, solver, seed)
    following = seed + 1 if seed < TASKS_STATE.seed.most else TASKS_STATE.seed.least
    training_panel(
        Panel(
            "compare_task",
            TASKS_STATE.panel,
            spec,
            expected_seconds(spec, look),
            another=Another(following, partial(TASKS_STATE.seed.set, following))
            if spec.model.descends
            else None,
            view=look.at(spec),
            pictures=_show,
        ),
        look,
    )


def _show(panel: Panel, look: Look) -> None:
    """Once it is done, what it solves; and what every panel shows, at the scrubber's step."""
    if panel.view is not None and panel.view.is_done:
        _show_solved(panel.view)
    show_pictures(panel, look)


def _show_solved(run: RunView) -> None:
    """What the run solves at its end, beside what was recorded of its family."""
    try:
        results = ask(TaskByLength(run.id))
    except LearnerError as error:
        st.warning(worded(error))
        return
    task, solver = TASKS[run.spec.corpus.task], TASKS_STATE.solver.value
    name = _(SOLVERS[solver])
    known = solved(task.name, solver)
    drawn = [] if known is None else [of_seeds(name, known, style_of(solver))]
    mine = _("{name}, seed {seed}, this run").format(name=name, seed=run.spec.seed)
    show_curves(
        "compare_task_curves",
        task,
        [*drawn, of_run(mine, results, OWN_STYLE)],
        _(
            "How many of {asked} problems of each length this run solves, with Wilson’s interval, which "
            "holds the true share 95 times of 100; beside it five seeds together, from the worst to the best."
        ).format(asked=results[0].asked),
        sources.of_run(run.spec),
    )
    st.markdown(_examples(task, run, results))


def _examples(task: Task, run: RunView, results: tuple[LengthResult, ...]) -> str:
    """The shortest problems that it got wrong, with the right answers."""
    wrong = [one for result in results for one in result.attempts if not one.is_right]
    if not wrong:
        return _("Of the problems that are kept to be shown it got none wrong.")
    lines = [_("The shortest that it got wrong, of those that are kept to be shown:"), ""]
    for one in wrong[:WRONG_SHOWN]:
        said = code(one.answered) if one.answered else _("no answer")
        lines.append(
            "- "
            + _("{problem}: right is {right}, it said {said}").format(
                problem=code(one.prompt), right=code(one.right), said=said
            )
        )
    return "\n".join(lines)
