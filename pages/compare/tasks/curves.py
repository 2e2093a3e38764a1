"""How many problems each family solves, by length: what was recorded of five seeds, and of one's own run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from core.figures.by_length import LABELS, Tried, by_length, by_length_table
from core.questions.tasks import LengthResult
from core.spec.text import TaskName
from core.store.solving import PROBLEMS, Solver
from core.text.tasks.registry import TASKS
from core.text.tasks.task import Task
from core.wording import N_
from core.worked.share import wilson
from lessons.compare.solved import SEEDS, SOLVERS, Solved, solved
from pages.compare.state import TASKS_STATE
from pages.parts.frame.escaped import code
from pages.parts.frame.labels import labels_of
from pages.parts.frame.language import _, listed
from pages.parts.frame.theme import theme
from pages.parts.training.state import TASK_NAMES
from pages.parts.widgets.plot import plot
from pages.parts.widgets.shared.source import Source

HEIGHT = 380
SOLVES = 0.95
"""Whoever is right this often solves the task."""
SAMPLE_LENGTHS = (2, 4, 5)
SAMPLE_SEED = 3

WHAT: Mapping[TaskName, str] = {
    "copy": N_("Say the letters again."),
    "reverse": N_("Say the letters again, the last one first."),
    "sort": N_("Put the digits in order, the smallest first."),
    "recall": N_("Which digit stood behind this letter?"),
    "brackets": N_("Close what is open, the last one first."),
    "parity": N_("1 if the number of ones is odd, else 0."),
    "addition": N_("Add two numbers of as many digits."),
    "addition_reversed": N_("Add, and write the sum from its last digit on."),
}


def show_solved() -> None:
    """The chosen task, some of its problems, and how many of each length every family solves."""
    name = TASKS_STATE.task.draw(
        st.pills, _("Task"), words=lambda task: _(TASK_NAMES[task]), required=True
    )
    task = TASKS[name]
    st.markdown(f"{_(WHAT[name])} {_samples(task)}")
    found = recorded(name, SOLVERS)
    if not found:
        st.info(_("What these models solve has not been recorded yet."))
        return
    show_curves(
        "compare_solved",
        task,
        [of_seeds(_(SOLVERS[one]), each, style_of(one)) for one, each in found.items()],
        _(
            "How many problems of each length are solved to the last sign. Lines: five seeds together; "
            "bands: from the worst seed to the best. The shaded lengths stand in the training text; the "
            "problems that are asked do not, where there are enough to choose from."
        ),
        of_recorded(task),
    )
    st.markdown(_solved_words(task, found))


def parity_truth() -> str | None:
    """Who goes on right beyond the trained lengths: none, the recurrent ones, the gpt alone, or all of the
    networks; None if it came out otherwise, or was not recorded."""
    task, found = TASKS["parity"], recorded("parity", SOLVERS)
    beyond = range(task.trained + 1, task.tested + 1)
    going_on = {one for one, each in found.items() if each.mean(beyond) >= SOLVES}
    named = {
        frozenset[str](): "nobody",
        frozenset({"rnn", "lstm"}): "recurrent",
        frozenset({"gpt"}): "gpt",
        frozenset({"rnn", "lstm", "gpt"}): "networks",
    }
    return named.get(frozenset(going_on)) if len(found) == len(SOLVERS) else None


def recorded(task: TaskName, names: Mapping[Solver, str]) -> dict[Solver, Solved]:
    """What was recorded of those of ``names`` that were."""
    pairs = ((one, solved(task, one)) for one in names)
    return {one: each for one, each in pairs if each is not None}


def style_of(solver: Solver) -> int:
    """Each family's own colour and dash, the same in all pictures."""
    return list(SOLVERS).index(solver)


def of_seeds(name: str, each: Solved, style: int) -> Tried:
    """All seeds of a family in one line, the worst and the best around it."""
    lengths = range(1, len(each.right[0]) + 1)
    return Tried(
        name,
        lengths,
        [each.share(n) for n in lengths],
        [each.lowest(n) for n in lengths],
        [each.highest(n) for n in lengths],
        style,
    )


def of_run(name: str, results: Sequence[LengthResult], style: int) -> Tried:
    """One run, with Wilson's intervals around it."""
    ends = [wilson(one.right, one.asked) for one in results]
    return Tried(
        name,
        [one.length for one in results],
        [one.share for one in results],
        [low for low, _high in ends],
        [high for _low, high in ends],
        style,
    )


def show_curves(key: str, task: Task, tried: Sequence[Tried], caption: str, source: Source) -> None:
    """Draw the lines over all lengths that the task asks about."""
    labels = labels_of(LABELS)
    chance = [task.chance(n) for n in task.lengths]
    plot(
        by_length(tried, theme(), task.trained, chance, labels),
        key=key,
        height=HEIGHT,
        caption=caption,
        source=source,
        table=lambda: by_length_table(tried, labels),
    )


def of_recorded(task: Task, *more: str) -> Source:
    """Trained and asked when the course was made."""
    return Source(
        "shipped",
        (
            _(
                "Recorded when the course was made: {runs} runs of each model, seeds 1 to {runs}; an N-gram "
                "is the same with each."
            ).format(runs=len(SEEDS)),
            _("Trained on {count} problems of the lengths 1 to {longest}.").format(
                count=f"{PROBLEMS:,}", longest=task.trained
            ),
            *more,
        ),
    )


def _samples(task: Task) -> str:
    """Short problems with their answers, as they stand in the training text."""
    lines = (
        task.samples(SAMPLE_SEED, n, 1)[0].line.strip() for n in SAMPLE_LENGTHS if n <= task.trained
    )
    return listed(map(code, lines))


def _solved_words(task: Task, found: Mapping[Solver, Solved]) -> str:
    """A row for each family, and who solves it beyond the trained lengths, as it was counted."""
    within, beyond = range(1, task.trained + 1), range(task.trained + 1, task.tested + 1)
    header = (
        _("right, all seeds"),
        _("within the trained lengths, {first} to {last}"),
        _("beyond, {first} to {last}"),
    )
    rows = [
        (_(SOLVERS[one]), f"{each.mean(within):.0%}", f"{each.mean(beyond):.0%}")
        for one, each in found.items()
    ]
    titles = [
        title.format(first=lengths[0], last=lengths[-1])
        for title, lengths in zip(header, (within, within, beyond), strict=True)
    ]
    lines = [_row(titles), "|:--|--:|--:|", *map(_row, rows)]
    going_on = [one for one, each in found.items() if each.mean(beyond) >= SOLVES]
    names = _("; ").join(_(SOLVERS[one]) for one in going_on)
    last = (
        _("Beyond, this is solved by: {names}.").format(names=names)
        if going_on
        else _("Beyond the trained lengths none of them solves it.")
    )
    return "\n".join([*lines, "", last])


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
