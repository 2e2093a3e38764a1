"""What a training process of the local engine does: execute one job and report over its pipe."""

from __future__ import annotations

import contextlib
import threading
import traceback
from multiprocessing.connection import Connection

from core.errors import LearnerError
from core.runs.engines.engine import Job
from core.runs.worker import execute


def run_job(connection: Connection, job: Job) -> None:
    """The main function of the process.

    Sends the step of each snapshot, and None at the end; stops when anything is received.
    """
    stop = threading.Event()
    threading.Thread(target=_await_stop, args=(connection, stop), daemon=True).start()
    try:
        with contextlib.closing(execute(job)) as snapshots:
            for snapshot in snapshots:
                connection.send(snapshot.step)
                if stop.is_set():
                    break
    except LearnerError:
        pass
    except Exception:
        traceback.print_exc()
    connection.send(None)


def _await_stop(connection: Connection, stop: threading.Event) -> None:
    with contextlib.suppress(EOFError, OSError):
        connection.recv()
        stop.set()
