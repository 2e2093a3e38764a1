"""All tasks by name, and the text that a model trains on."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from types import MappingProxyType

import numpy as np

from core.spec.text import TaskName
from core.text.corpus import Corpus
from core.text.tasks.addition import Addition, AdditionReversed
from core.text.tasks.brackets import Brackets
from core.text.tasks.recall import Recall
from core.text.tasks.sequences import Copy, Parity, Reverse, Sort
from core.text.tasks.task import END, Task

TASKS: Mapping[TaskName, Task] = MappingProxyType(
    {
        task.name: task
        for task in (
            Copy(),
            Reverse(),
            Sort(),
            Recall(),
            Brackets(),
            Parity(),
            Addition(),
            AdditionReversed(),
        )
    }
)


LEAST = 60
"""A text has no fewer problems for training: in a shorter one ``split`` might not find where they end."""


def task_text(task: Task, count: int, seed: int) -> Corpus:
    """``count`` problems with their answers, or LEAST, one a line; then a blank line and held-out ones, a
    tenth of the text, so that ``split`` cuts at the blank line."""
    rng = np.random.default_rng(seed)
    drawn = islice(task.training_samples(rng), max(count, LEAST))
    training = "".join(one.line for one in drawn)
    held_out = ""
    for one in task.training_samples(rng, held_out=True):
        held_out += one.line
        if len(held_out) * 9 > len(training):
            break
    return Corpus(f"{training}{END}{held_out}")
