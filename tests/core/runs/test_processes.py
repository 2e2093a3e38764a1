from __future__ import annotations

import os
import sys
import threading
from multiprocessing.connection import Connection

import psutil  # type: ignore[import-untyped]
import pytest

from core.runs.processes import Processes, named
from tests.patience import PATIENCE, eventually

HERE = "tests.core.runs.test_processes"


def test_it_is_warm_after_the_first_process_and_says_so_once(processes: Processes) -> None:
    told: list[bool] = []
    assert not processes.warm
    assert not processes.wait_until_warm(0)
    processes.warm_up(then=lambda: told.append(processes.warm))
    assert processes.wait_until_warm(PATIENCE)
    eventually(lambda: told)
    assert told == [True]


def test_nobody_waits_for_what_will_not_get_warm(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: object) -> None:
        raise OSError("No usable temporary directory found")

    cold = Processes([])
    monkeypatch.setattr(cold, "start", refuse)
    cold.warm_up()
    assert cold.wait_until_warm(PATIENCE)
    assert "No usable temporary directory" in capsys.readouterr().err


def test_a_process_is_told_by_name_what_to_do_and_has_a_pipe(processes: Processes) -> None:
    child = processes.start(f"{HERE}:add", 2, 3)
    assert child.connection.poll(PATIENCE)
    assert child.connection.recv() == (5, child.pid, 1)
    assert child.end(PATIENCE) == 0
    assert not child.is_alive
    child.kill()


def test_a_killed_process_breaks_its_pipe_at_once(processes: Processes) -> None:
    child = processes.start(f"{HERE}:listen")
    assert child.is_alive
    child.kill()
    assert child.connection.poll(PATIENCE)
    with pytest.raises(EOFError):
        child.connection.recv()
    assert child.end() == -9


def test_a_process_that_does_not_end_is_killed(processes: Processes) -> None:
    child = processes.start(f"{HERE}:hang")
    assert child.end(0.1) == -9


@pytest.mark.skipif(sys.platform == "win32", reason="asks for niceness")
def test_in_the_background_it_leaves_the_processor_to_others(processes: Processes) -> None:
    told = []
    for background in (False, True):
        child = processes.start(f"{HERE}:niceness", background=background)
        told.append(child.connection.recv())
        child.end(PATIENCE)
    assert told == [os.nice(0), min(19, os.nice(0) + 10)]


def test_a_name_is_of_a_module_and_something_in_it() -> None:
    assert named("os.path:join") is os.path.join


def add(connection: Connection, a: int, b: int) -> None:
    import torch

    connection.send((a + b, os.getpid(), torch.get_num_threads()))


def listen(connection: Connection) -> None:
    connection.recv()


def hang(connection: Connection) -> None:
    threading.Event().wait()


def niceness(connection: Connection) -> None:
    connection.send(psutil.Process().nice())
