"""Processes of this machine that compute: started fast, by a function's name; ended with this one.

They are forked from a server that has imported torch already (0.1 s instead of 3 s a process); where
there is none, on Windows, they are spawned. What they do is not decided here. Imports no torch itself.
"""

from __future__ import annotations

import contextlib
import importlib
import multiprocessing
import os
import sys
import threading
import traceback
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from typing import Any

_TORCH = ["torch", "torch._dynamo"]
_FEW_THREADS = {"OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "OMP_WAIT_POLICY": "passive"}


class Processes:
    """Starts processes. Every method may be called from any thread.

    ``preload`` names modules that the processes need besides torch: they are imported once, where
    the processes are forked from, and may compute nothing on import.
    """

    def __init__(self, preload: Sequence[str] = ()) -> None:
        os.environ.update(_FEW_THREADS)
        self._context = _context([*_TORCH, *preload])
        self._warm = threading.Event()

    def warm_up(self, then: Callable[[], object] = lambda: None) -> None:
        """Import torch once, in the background, and call ``then`` when processes start fast."""

        def warm() -> None:
            try:
                self.start(f"{__name__}:_be_ready").wait()
            except Exception:
                traceback.print_exc()  # and whoever starts the next one hears of it at once
            self._warm.set()
            then()

        threading.Thread(target=warm, daemon=True, name="warm-up").start()

    @property
    def warm(self) -> bool:
        """Whether processes start fast by now."""
        return self._warm.is_set()

    def wait_until_warm(self, timeout: float) -> bool:
        """Wait for at most so many seconds. False if that was not enough."""
        return self._warm.wait(timeout)

    def start(self, function: str, *arguments: Any, background: bool = False) -> Child:
        """Start ``module:function`` in a process of its own, on one thread.

        It is called with its end of a pipe, then the arguments. Importing it here would bring torch
        into this process. With ``background`` it leaves the processor to whoever answers people.
        """
        ours, theirs = self._context.Pipe()
        process = self._context.Process(  # type: ignore[attr-defined]
            target=_run, args=(function, theirs, arguments, background), daemon=True
        )
        try:
            process.start()
        except BaseException:
            ours.close()
            raise
        finally:
            theirs.close()
        return Child(process, ours)


class Child:
    """A started process and this side's end of the pipe to it."""

    def __init__(self, process: BaseProcess, connection: Connection) -> None:
        self._process, self.connection = process, connection

    @property
    def pid(self) -> int | None:
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        return self._process.is_alive()

    def kill(self) -> None:
        """Kill it and return at once. Any thread may do so, also when it has ended already."""
        with contextlib.suppress(OSError):
            self._process.kill()

    def wait(self) -> None:
        """Wait until it has ended by itself."""
        self._process.join()

    def end(self, patience: float = 0.0) -> int | None:
        """Give it so many seconds to end by itself, then kill it. Its exit code."""
        self.connection.close()
        self._process.join(patience)
        self.kill()
        self._process.join()
        return self._process.exitcode


def named(function: str) -> Any:
    """What ``module:name`` stands for, imported now."""
    module, _, name = function.partition(":")
    return getattr(importlib.import_module(module), name)


def processors() -> int:
    """Processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return max(1, os.cpu_count() or 1)


def _run(
    function: str, connection: Connection, arguments: tuple[Any, ...], background: bool
) -> None:
    """The first thing in every process."""
    _die_with_parent()
    if background:
        _step_back()
    named("torch:set_num_threads")(1)
    named(function)(connection, *arguments)


def _be_ready(_connection: Connection) -> None:
    """Do nothing: the first process is there to have torch imported where the others fork from."""


def _die_with_parent() -> None:
    """End this process as soon as the one that started it is gone."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        sentinel = parent.sentinel
        threading.Thread(target=lambda: (wait([sentinel]), os._exit(1)), daemon=True).start()


def _step_back() -> None:
    """Leave the processor to whoever answers people."""
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), 0x4000)
    else:
        os.nice(10)


def _context(preload: list[str]) -> BaseContext:
    if "forkserver" in multiprocessing.get_all_start_methods():
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(preload)
        return context
    return multiprocessing.get_context("spawn")
