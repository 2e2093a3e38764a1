"""The one process beside the web server that owns the queue, the engine and the warm worker.

``python -m core.runs.foreman --root RUNS [--shipped STARTERS …]``: reads one JSON line from standard
input (``key``, hexadecimal, and ``watched``: which owners still watch which runs that an earlier
foreman left), prints one with its address or its error, answers authenticated requests there, and
ends when standard input does, that is, when the web server is gone. Torch-free.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from multiprocessing import AuthenticationError
from multiprocessing.connection import Connection, Listener
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from core.errors import LearnerError
from core.runs.descriptors import raise_open_files
from core.runs.engines.registry import ENGINES, make_engine
from core.runs.processes import Processes
from core.runs.queue import LEASE_SECONDS, Queue
from core.runs.session import PING
from core.runs.warm import WarmWorker
from core.store.store import Store
from core.wording import N_

LOCK = ".foreman.lock"
_LOCK_PATIENCE_SECONDS = 5.0
_PAUSE_SECONDS = 0.2
_MEMORY = "/dev/shm"
_PRELOAD = ["core.runs.worker", "core.answers"]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m core.runs.foreman", description=__doc__)
    parser.add_argument("--root", type=Path, required=True)
    parser.add_argument("--shipped", type=Path, nargs="*", default=[])
    parser.add_argument(
        "--engine", default="local", help=f"{', '.join(ENGINES)} or module:function"
    )
    parser.add_argument("--slots", type=int)
    parser.add_argument("--lease", type=float, default=LEASE_SECONDS)
    options = parser.parse_args(arguments)
    opening = json.loads(sys.stdin.readline())
    raise_open_files()
    _have_temporary_folder()
    lock = FileLock(options.root / LOCK)
    try:
        options.root.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=_LOCK_PATIENCE_SECONDS)
    except Timeout:
        _tell(
            error=N_("Another server uses the folder {root}. Stop it, or choose another folder."),
            values={"root": str(options.root)},
        )
        return 1
    except OSError as error:
        # Nothing can be trained there, and models can be asked all the same.
        print(f"{options.root} cannot be written: {error}", file=sys.stderr, flush=True)
    processes = Processes(_PRELOAD)
    try:
        engine = make_engine(options.engine, processes, options.slots)
    except LearnerError as error:
        _tell(error=error.template, values=error.values)
        return 1
    store, shipped = Store(options.root), [Store(path, read_only=True) for path in options.shipped]
    queue = Queue(store, engine, shipped, lease=options.lease)
    warm = WarmWorker(processes, [options.root, *options.shipped])
    directory, address = _address()
    try:
        with Listener(address, backlog=64, authkey=bytes.fromhex(opening["key"])) as listener:
            queue.start(opening["watched"])
            processes.warm_up(then=warm.start)
            methods = {
                "submit": queue.submit,
                "resume": queue.resume,
                "cancel": queue.cancel,
                "renew": queue.renew,
                "place": queue.place,
                "ask": warm.ask,
                PING: lambda: None,
            }
            threading.Thread(target=_accept, args=(listener, methods), daemon=True).start()
            _tell(address=listener.address)
            sys.stdin.read()
            queue.close()
    finally:
        warm.close()
        lock.release()
        if directory is not None:
            shutil.rmtree(directory, ignore_errors=True)
    return 0


def _accept(listener: Listener, methods: dict[str, Callable[..., Any]]) -> None:
    while True:
        try:
            connection = listener.accept()
            threading.Thread(target=_serve, args=(connection, methods), daemon=True).start()
        except (AuthenticationError, EOFError, ConnectionError):
            continue
        except (OSError, RuntimeError):
            # No file or thread is left for one more caller: there will be when another one goes.
            traceback.print_exc()
            time.sleep(_PAUSE_SECONDS)


def _serve(connection: Connection, methods: dict[str, Callable[..., Any]]) -> None:
    """Answer one caller, request after request: (method, arguments) → (fine, value or error)."""
    with connection, contextlib.suppress(EOFError, OSError):
        while True:
            method, arguments = connection.recv()
            try:
                reply = (True, methods[method](*arguments))
            except LearnerError as error:
                reply = (False, error)
            except Exception as error:
                traceback.print_exc()
                problem = f"{type(error).__name__}: {error}"
                reply = (False, LearnerError("The server failed: {problem}", problem=problem))
            connection.send(reply)


def _have_temporary_folder() -> None:
    """Where no disk takes a temporary file, processes find one another by way of the memory."""
    try:
        tempfile.gettempdir()
    except OSError:
        if Path(_MEMORY).is_dir():
            os.environ["TMPDIR"] = tempfile.tempdir = _MEMORY


def _address() -> tuple[Path | None, str | tuple[str, int] | None]:
    """A place only this user can reach: a private folder, or on Windows a pipe of a random name. Where
    the disk takes no folder, a port of this machine: whoever calls must know the key anyway."""
    if sys.platform == "win32":
        return None, None
    try:
        directory = Path(tempfile.mkdtemp(prefix="clearhead-"))
    except OSError:
        return None, ("127.0.0.1", 0)
    return directory, str(directory / "foreman")


def _tell(**line: object) -> None:
    """One line to the web server; afterwards what anybody prints goes to the log."""
    print(json.dumps(line), flush=True)
    os.dup2(2, 1)


if __name__ == "__main__":
    status = main()
    sys.stdout.flush()
    os._exit(status)
