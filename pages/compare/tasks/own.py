"""A problem of the learner's own, solved by every family that has learned the task, and judged."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

import streamlit as st

from core.errors import LearnerError
from core.questions.tasks import Attempt, TaskAttempt
from core.spec.text import TaskName
from core.store.look import Look
from core.store.solving import Solver, solving
from core.store.view import RunView
from core.text.tasks.registry import TASKS
from core.text.tasks.task import ASK, Task
from lessons.compare.solved import SOLVERS
from pages.compare.state import TASKS_STATE
from pages.parts.frame.ask import ask
from pages.parts.frame.escaped import code
from pages.parts.frame.language import _, in_a_row, worded
from pages.parts.frame.learner import learner
from pages.parts.frame.services import foreman, pace
from pages.parts.frame.state import fragment, pressed, redraw_page
from pages.parts.training.panel import announced
from pages.parts.training.state import TASK_NAMES
from pages.parts.training.ticking import each_second


def show_own_problem(look: Look) -> None:
    """The box, what each model answers, and for those that are not there yet a button that trains them."""
    name = TASKS_STATE.task.value
    if any(run is not None and run.is_alive for run in _runs(name, look).values()):
        each_second(lambda latest: _tick(name, latest), look)
        return
    _show(name, look)


def _tick(name: TaskName, look: Look) -> None:
    runs = _runs(name, look)
    alive = [run for run in runs.values() if run is not None and run.is_alive]
    if not alive:
        st.rerun()
    for run in alive:
        with suppress(LearnerError):  # out of reach just now: the next look tries again
            foreman().renew(run.id, learner())
    done = sum(run.step for run in runs.values() if run is not None)
    whole = sum(run.spec.recipe.steps for run in runs.values() if run is not None)
    left, right = st.columns([3, 2], vertical_alignment="center")
    left.progress(
        min(done / max(whole, 1), 1.0),
        _("{count} models still train: step {done} of {whole} together").format(
            count=len(alive), done=f"{done:,}", whole=f"{whole:,}"
        ),
    )
    with right:
        if pressed("■ " + _("Stop"), key="compare_task_stop_all", width="stretch"):
            for run in alive:
                foreman().cancel(run.id, learner())
            st.rerun()
    _answers(name, _there(runs))


@fragment
def _show(name: TaskName, look: Look) -> None:
    runs = _runs(name, look)
    there = _there(runs)
    _answers(name, there)
    missing = [one for one in runs if one not in there]
    if missing:
        _offer_training(name, missing, look)


def _answers(name: TaskName, there: Mapping[Solver, RunView]) -> None:
    task = TASKS[name]
    of_before = TASKS_STATE.own_of.value
    if TASKS_STATE.own_of.turned(name) and of_before:
        TASKS_STATE.own.forget()  # a problem of another task
    typed = TASKS_STATE.own.beginning(task.example).box(
        _("A problem of your own ({task})").format(task=_(TASK_NAMES[name])), width=460
    )
    try:
        prompt = task.read(typed)
        tried = {one: ask(TaskAttempt(run.id, prompt)) for one, run in there.items()}
    except LearnerError as error:
        st.warning(worded(error))
        return
    st.markdown(_judged(task, prompt, tried))


def _judged(task: Task, prompt: str, tried: Mapping[Solver, Attempt]) -> str:
    """The right answer, and a line for each model, with a mark that does not rely on colour."""
    length = task.length(prompt)
    place = (
        _("Its length is {length}: within the trained lengths, 1 to {trained}.")
        if length <= task.trained
        else _("Its length is {length}: longer than all that was trained, 1 to {trained}.")
    ).format(length=length, trained=task.trained)
    right = _("Right is {line}.").format(line=code(f"{prompt}{ASK}{task.answer(prompt)}"))
    lines = [in_a_row((right, place)), ""]
    for one, attempt in tried.items():
        said = code(attempt.answered) if attempt.answered else _("no answer")
        verdict = _("✓ right") if attempt.is_right else _("✗ wrong")
        lines.append(f"- {_(SOLVERS[one])}: {said} {verdict}")
    return "\n".join(lines)


def _offer_training(name: TaskName, missing: list[Solver], look: Look) -> None:
    specs = [solving(name, one) for one in missing]
    seconds = pace().seconds_for_all(specs, look)
    names = _("; ").join(_(SOLVERS[one]) for one in missing)
    st.caption(_("Still to be trained on this task: {names}.").format(names=names))
    st.button(
        "▶ " + announced(_("Train them"), seconds),
        key="compare_task_train_all",
        on_click=_train,
        args=(name, tuple(missing)),
    )


def _train(name: TaskName, missing: tuple[Solver, ...]) -> None:
    """In a callback: hand all in; what is refused can be asked for again."""
    for one in missing:
        try:
            foreman().submit(solving(name, one), learner())
        except LearnerError as error:
            st.toast(worded(error))
            break
    redraw_page()


def _runs(name: TaskName, look: Look) -> dict[Solver, RunView | None]:
    return {one: look.at(solving(name, one)) for one in SOLVERS}


def _there(runs: Mapping[Solver, RunView | None]) -> dict[Solver, RunView]:
    return {one: run for one, run in runs.items() if run is not None and run.is_done}
