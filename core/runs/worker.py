"""What a worker of any engine does: train one run and keep its folder up to date."""

from __future__ import annotations

import time
import traceback
from collections.abc import Generator

from core.errors import LearnerError
from core.runs.engines.engine import Job
from core.store.files import unwritable
from core.store.folder import RunWriter
from core.store.lock import writing
from core.store.snapshot import Snapshot
from core.store.state import BROKEN
from core.training.training import Training

_CHECKPOINT_SHARE = 0.03
"""The most of a run's time that may go into writing checkpoints."""


def execute(job: Job) -> Generator[Snapshot]:
    """Train one run, writing its folder; yields each snapshot once it is written.

    Goes on from the checkpoint if there is one. Closing the generator after the first step leaves a
    checkpoint to go on from, and the state to the caller. Errors are written to the folder, then raised;
    one that another program writes is left as it is.
    """
    with writing(job.root / job.spec.id):
        writer = RunWriter(job.root, job.spec)
        try:
            yield from _train(job, writer)
        except LearnerError as error:
            writer.fail(error)
            raise
        except OSError as error:
            traceback.print_exc()
            problem = unwritable(error)
            writer.fail(problem, resumable=True)
            raise problem from error
        except Exception as error:
            words = f"{type(error).__name__}: {error}"
            writer.fail(LearnerError(BROKEN, problem=words), resumable=True)
            raise


def _train(job: Job, writer: RunWriter) -> Generator[Snapshot]:
    training, afresh = _prepare(job, writer)
    writer.begin(training.tokenizer, afresh=afresh, reason=job.reason)
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
        has_begun = descends and snapshot.step > 0
        began = time.monotonic()
        if has_begun and snapshot.full and began >= due:
            writer.checkpoint(training)
            ended = time.monotonic()
            due = ended + (ended - began) / _CHECKPOINT_SHARE
        try:
            yield snapshot
        except GeneratorExit:
            if has_begun:
                writer.checkpoint(training)
            raise


def _prepare(job: Job, writer: RunWriter) -> tuple[Training, bool]:
    """The training, and whether it starts from the beginning: also when a checkpoint is damaged."""
    if writer.checkpoint_path.is_file():
        try:
            checkpoint = writer.checkpoint_path
            return Training(job.spec, job.own_text, checkpoint, start=job.start), False
        except Exception:
            traceback.print_exc()
    return Training(job.spec, job.own_text, start=job.start), True
