"""The warm worker over processes that die when they are asked."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from core.errors import LearnerError
from core.questions import NextTokens
from core.runs import warm as warm_module
from core.runs.processes import Processes
from core.runs.warm import WarmWorker
from tests.patience import PATIENCE

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="forks")

QUESTION = NextTokens("0" * 16, "The")


@pytest.fixture
def warm(
    processes: Processes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str], WarmWorker]]:
    made: list[WarmWorker] = []
    if not processes.warm:
        processes.warm_up()

    def make(serve: str) -> WarmWorker:
        monkeypatch.setattr(warm_module, "_SERVE", f"tests.core.runs.test_warm:{serve}")
        made.append(WarmWorker(processes, [tmp_path]))
        return made[-1]

    yield make
    for worker in made:
        worker.close()


def test_a_question_is_answered_by_one_process_that_stays(
    warm: Callable[[str], WarmWorker],
) -> None:
    worker = warm("answer")
    first, replaced = worker.ask(QUESTION, PATIENCE)
    assert (first, replaced) == (worker.pid, False)
    assert worker.ask(QUESTION, PATIENCE) == (first, False)


def test_if_it_dies_over_a_question_another_is_asked(warm: Callable[[str], WarmWorker]) -> None:
    worker = warm("die_once")
    worker.start()
    first = worker.pid
    answer, replaced = worker.ask(QUESTION, PATIENCE)
    assert (answer, replaced) == (worker.pid, True)
    assert worker.pid != first
    assert worker.ask(QUESTION, PATIENCE) == (worker.pid, False)


def test_if_it_dies_twice_over_a_question_that_is_said(warm: Callable[[str], WarmWorker]) -> None:
    worker = warm("die")
    for _again in range(2):
        with pytest.raises(LearnerError, match="ended twice over this one"):
            worker.ask(QUESTION, PATIENCE)


def test_an_error_is_the_answers_and_the_process_stays(warm: Callable[[str], WarmWorker]) -> None:
    worker = warm("refuse")
    worker.start()
    first = worker.pid
    with pytest.raises(LearnerError, match="no such run"):
        worker.ask(QUESTION, PATIENCE)
    assert worker.pid == first


def answer(connection: Connection, roots: Sequence[Path]) -> None:
    while connection.recv():
        connection.send((True, os.getpid()))


def refuse(connection: Connection, roots: Sequence[Path]) -> None:
    while connection.recv():
        connection.send((False, LearnerError("There is no such run.")))


def die(connection: Connection, roots: Sequence[Path]) -> None:
    connection.recv()
    os._exit(1)


def die_once(connection: Connection, roots: Sequence[Path]) -> None:
    died = roots[0] / "died"
    if died.exists():
        answer(connection, roots)
    connection.recv()
    died.touch()
    os._exit(1)
