"""Foremen as the tests start, look into and kill them."""

from __future__ import annotations

import os
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import psutil  # type: ignore[import-untyped]

from core.errors import LearnerError
from core.questions import NextTokens
from core.runs.client import Foreman
from core.spec.families.gpt import GPTSpec
from core.spec.families.ngram import NGramSpec
from core.spec.recipe import RecipeSpec
from core.spec.run import RunSpec
from core.spec.text import CorpusSpec, TokenizerSpec
from core.store.folder import RunFolder
from tests.patience import PATIENCE, eventually

PROJECT = Path(__file__).resolve().parents[3]


TALES = CorpusSpec(name="tales", size=60)


LETTERS = TokenizerSpec(kind="characters")


COUNTS = RunSpec(corpus=TALES, tokenizer=LETTERS, model=NGramSpec(order=2))


def gpt(steps: int, seed: int = 1, **recipe: object) -> RunSpec:
    """A tiny one. The more snapshots a run has, the sooner comes the second, and a checkpoint with it: here
    after two steps, or ten."""
    model = GPTSpec(layers=1, heads=2, width=32, context=16)
    snapshots = max(8, steps // 200)
    return RunSpec(
        corpus=TALES,
        tokenizer=LETTERS,
        model=model,
        recipe=RecipeSpec.model_validate(
            {"steps": steps, "batch": 4, "snapshots": snapshots, **recipe}
        ),
        seed=seed,
    )


ENDLESS = 20_000
"""Steps that take longer than any test here."""


ENGINE_OF_TESTS = "tests.core.runs.queueing:engine"
"""One that trains nothing, for a foreman that has to start, and nothing else: no process imports torch."""


patient = partial(Foreman, patience=PATIENCE)
"""A foreman that may be as slow as the machine that runs the tests."""


def numbers(run: RunFolder) -> list[dict[str, object]]:
    """All that a run recorded, but for the time it took."""
    lines = [snapshot.to_json() for snapshot in run.snapshots()]
    for line in lines:
        del line["seconds"]
    return lines


def grandchildren(foreman: Foreman) -> list[psutil.Process]:
    """What the forkserver forked: training processes, which step back, and the warm worker."""
    assert foreman.pid is not None
    return [
        grandchild
        for child in psutil.Process(foreman.pid).children()
        for grandchild in child.children()
        if alive(grandchild)
    ]


def workers(foreman: Foreman) -> list[psutil.Process]:
    return [process for process in grandchildren(foreman) if steps_back(process)]


def warm_worker(foreman: Foreman) -> psutil.Process:
    """The one that answers questions, once what was forked last to train has stepped back, or has ended."""
    found: list[psutil.Process] = []

    def one_is_left() -> bool:
        found[:] = [process for process in grandchildren(foreman) if not steps_back(process)]
        return len(found) == 1

    eventually(one_is_left)
    return found[0]


def steps_back(process: psutil.Process) -> bool:
    """Whether it leaves the processor to these tests, at whatever priority they run themselves."""
    try:
        return bool(process.nice() > psutil.Process().nice())
    except psutil.NoSuchProcess:
        return True


def alive(process: psutil.Process) -> bool:
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:  # between the two questions
        return False


def answers(foreman: Foreman) -> bool:
    try:
        foreman.place("0" * 16)
    except LearnerError:
        return False
    return True


class Asking:
    """A question that is being asked by a thread."""

    def __init__(self, foreman: Foreman, question: NextTokens) -> None:
        self.restarts = 0
        self._foreman = foreman
        self._begun = threading.Event()
        self._answer = ThreadPoolExecutor(1).submit(self._ask, question)

    def wait_until_under_way(self) -> None:
        """Until the foreman has answered somebody who came later."""
        assert self._begun.wait(PATIENCE)
        self._foreman.place("0" * 16)

    @property
    def begun(self) -> bool:
        return self._begun.is_set()

    @property
    def waiting(self) -> bool:
        return not self._answer.done()

    def answer(self) -> object:
        return self._answer.result(PATIENCE)

    def _ask(self, question: NextTokens) -> object:
        self._begun.set()
        return self._foreman.ask(question, PATIENCE, self._restarted)

    def _restarted(self) -> None:
        self.restarts += 1


def kill(foreman: Foreman) -> None:
    assert foreman.pid is not None
    os.kill(foreman.pid, signal.SIGKILL)
