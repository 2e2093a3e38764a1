"""What the processes that compute do: train one run and keep its folder up to date, or answer questions."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import sys
import threading
import time
import traceback
from collections.abc import Generator, Sequence
from multiprocessing.connection import Connection, wait
from pathlib import Path

import torch

from core.answers import serve
from core.errors import LearnerError
from core.runs.engines.engine import Job
from core.store.folder import RunWriter
from core.store.snapshot import Snapshot
from core.store.state import BROKEN
from core.training.training import Training

_CHECKPOINT_SHARE = 0.03
"""The most of a run's time that may go into writing checkpoints."""


def execute(job: Job) -> Generator[Snapshot]:
    """Train one run, writing its folder; yields each snapshot once it is written.

    Goes on from the checkpoint if there is one. Closing the generator after the first step leaves a
    checkpoint to go on from, and the state to the caller. Errors are written to the folder, then raised.
    """
    writer = RunWriter(job.root, job.spec)
    try:
        yield from _train(job, writer)
    except LearnerError as error:
        writer.fail(error)
        raise
    except Exception as error:
        problem = f"{type(error).__name__}: {error}"
        writer.fail(LearnerError(BROKEN, problem=problem), resumable=True)
        raise


def run_job(connection: Connection, job: Job) -> None:
    """The main function of a training process.

    Sends the step of each snapshot, and None at the end; stops when anything is received.
    """
    die_with_parent()
    _step_back()
    torch.set_num_threads(1)
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


def answer_questions(connection: Connection, roots: Sequence[Path]) -> None:
    """The main function of the warm worker."""
    die_with_parent()
    torch.set_num_threads(1)
    serve(connection, roots)


def be_ready() -> None:
    """Do nothing: the first process is there to have torch imported where the others fork from."""


def die_with_parent() -> None:
    """End this process as soon as the one that started it is gone."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        sentinel = parent.sentinel
        threading.Thread(target=lambda: (wait([sentinel]), os._exit(1)), daemon=True).start()


def _train(job: Job, writer: RunWriter) -> Generator[Snapshot]:
    training, afresh = _prepare(job, writer)
    writer.begin(training.tokenizer, afresh=afresh)
    try:
        yield from _descend(training, writer)
    except LearnerError:
        writer.keep_model(training)
        raise
    writer.finish(training)


def _descend(training: Training, writer: RunWriter) -> Generator[Snapshot]:
    """Write and yield the snapshots, with checkpoints as often as they cost little."""
    descends = writer.spec.model.descends
    due = 0.0
    for snapshot in training.snapshots():
        writer.append(snapshot)
        begun = descends and snapshot.step > 0
        began = time.monotonic()
        if begun and snapshot.full and began >= due:
            writer.checkpoint(training)
            ended = time.monotonic()
            due = ended + (ended - began) / _CHECKPOINT_SHARE
        try:
            yield snapshot
        except GeneratorExit:
            if begun:
                writer.checkpoint(training)
            raise


def _prepare(job: Job, writer: RunWriter) -> tuple[Training, bool]:
    """The training, and whether it starts from the beginning: also when a checkpoint is damaged."""
    if writer.checkpoint_path.exists():
        try:
            return Training(job.spec, job.own_text, checkpoint=writer.checkpoint_path), False
        except Exception:
            traceback.print_exc()
    return Training(job.spec, job.own_text), True


def _await_stop(connection: Connection, stop: threading.Event) -> None:
    with contextlib.suppress(EOFError, OSError):
        connection.recv()
        stop.set()


def _step_back() -> None:
    """Leave the processor to whoever answers people."""
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), 0x4000)
    else:
        os.nice(10)
