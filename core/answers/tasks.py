"""Answers about tasks: problems of one length are solved together, token by token."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np
import torch
from numpy.typing import NDArray

from core.answers.loaded import Loaded
from core.answers.registry import answers
from core.errors import LearnerError
from core.models.recurrent import RecurrentLanguageModel, State
from core.models.transformer import GPT
from core.protocol import Tokens
from core.questions.tasks import (
    MOST_PROBLEMS,
    SEED,
    SHOWN,
    Attempt,
    LengthResult,
    TaskAttempt,
    TaskByLength,
)
from core.spec.text import TaskName
from core.text.tasks.registry import TASKS
from core.text.tasks.task import ASK, END, Sample, Task

Next = Callable[[NDArray[np.int64]], NDArray[np.int64]]
"""Reads the next tokens [b t] of b texts and says the likeliest token after each [b]."""


@answers(TaskByLength)
def task_by_length(loaded: Loaded, question: TaskByLength) -> tuple[LengthResult, ...]:
    task = _task(loaded)
    if not 1 <= question.problems <= MOST_PROBLEMS:
        raise LearnerError("Ask between 1 and {most} problems of each length.", most=MOST_PROBLEMS)
    found = []
    for length in task.lengths:
        samples = _asked(task.name, length, question.problems)
        tried = _attempts(loaded, task, samples)
        right = sum(one.is_right for one in tried)
        new = task.can_be_new(length)
        found.append(LengthResult(length, right, len(tried), new, tuple(tried[:SHOWN])))
    return tuple(found)


@answers(TaskAttempt)
def task_attempt(loaded: Loaded, question: TaskAttempt) -> Attempt:
    task = _task(loaded)
    prompt = task.read(question.prompt)
    (tried,) = _attempts(loaded, task, [Sample(prompt, task.answer(prompt))])
    return tried


@lru_cache(maxsize=256)
def _asked(name: TaskName, length: int, count: int) -> tuple[Sample, ...]:
    """Always the same problems, for every model."""
    return TASKS[name].samples(SEED, length, count)


def _task(loaded: Loaded) -> Task:
    spec = loaded.spec.corpus
    if spec.name != "tasks":
        raise LearnerError("This is asked of models that learned a task only.")
    return TASKS[spec.task]


def _attempts(loaded: Loaded, task: Task, samples: Sequence[Sample]) -> list[Attempt]:
    """What the model answers to problems of one length, which have as many tokens each."""
    encode = loaded.tokenizer.encode
    prompts = np.stack([encode(f"{END}{one.prompt}{ASK}") for one in samples])
    end = int(encode(END)[0])
    most = task.most_answered(task.length(samples[0].prompt)) + 1
    written = _greedy(_reader(loaded), prompts, most, end)
    return [
        Attempt(one.prompt, one.answer, loaded.tokenizer.decode(row[: _until(row, end)]))
        for one, row in zip(samples, written, strict=True)
    ]


def _greedy(read: Next, prompts: NDArray[np.int64], most: int, end: int) -> NDArray[np.int64]:
    """The likeliest token again and again, at most ``most`` and until all have ended [b n]."""
    new, written = prompts, np.empty((len(prompts), 0), dtype=np.int64)
    for _token in range(most):
        new = read(new)[:, None]
        written = np.hstack([written, new])
        if (written == end).any(axis=1).all():
            break
    return written


def _until(row: Tokens, end: int) -> int:
    """Where the first END is; all of the row, and one that is not there, if it never ended."""
    found = np.flatnonzero(row == end)
    return int(found[0]) if len(found) else len(row)


def _reader(loaded: Loaded) -> Next:
    """Keeps what was already reckoned: keys and values, a state, or for an n-gram the last tokens."""
    module = loaded.module
    if isinstance(module, GPT) and not module.looks_ahead:
        return _with_cache(module)
    if isinstance(module, RecurrentLanguageModel):
        return _with_state(module)
    texts: list[NDArray[np.int64]] = []

    def read(new: NDArray[np.int64]) -> NDArray[np.int64]:
        texts.append(new)
        rows = np.hstack(texts)[:, -max(1, loaded.model.context) :]
        different, which = np.unique(rows, axis=0, return_inverse=True)
        best = loaded.model.next_log_probabilities(list(different)).argmax(axis=1)
        likeliest: NDArray[np.int64] = best[which.ravel()]
        return likeliest

    return read


def _with_cache(module: GPT) -> Next:
    cache = module.new_cache()

    def read(new: NDArray[np.int64]) -> NDArray[np.int64]:
        features = module.features(torch.from_numpy(new), cache)
        return module.unembed(features[:, -1]).argmax(dim=-1).numpy()

    return read


def _with_state(module: RecurrentLanguageModel) -> Next:
    state: State | None = None

    def read(new: NDArray[np.int64]) -> NDArray[np.int64]:
        nonlocal state
        features, state = module.carry(torch.from_numpy(new), state)
        return module.unembed(features[:, -1]).argmax(dim=-1).numpy()

    return read
