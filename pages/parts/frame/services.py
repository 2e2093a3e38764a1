"""The two doors to what computes: the library of runs, read from disk, and the foreman who works."""

from __future__ import annotations

import atexit
import os
from functools import cache
from pathlib import Path

from core.runs.client import PATIENCE_SECONDS, Foreman
from core.runs.pace import Pace, read_pace
from core.spec.run import RunSpec
from core.store.look import Look
from core.store.starters import starter_of
from core.store.store import Library, Store

PROJECT = Path(__file__).parents[3]
RUNS_FOLDER = Path(os.environ.get("CLEARHEAD_RUNS", PROJECT / "runs"))
STARTERS_FOLDER = PROJECT / "starters"
ENGINE = os.environ.get("CLEARHEAD_ENGINE", "local")
"""What executes trainings: a name of ``core.runs.engines.registry``, or ``module:function``."""

PATIENCE = PATIENCE_SECONDS
"""Half of what a page waits for a foreman that answers nothing, in seconds."""


@cache
def store() -> Store:
    """Where learners' own runs are kept."""
    return Store(RUNS_FOLDER)


@cache
def library() -> Library:
    """Every run that can be opened: the learners' own, then the starters that ship."""
    return Library([store(), Store(STARTERS_FOLDER, read_only=True)])


def look() -> Look:
    """A new look at the runs, for one script run or one run of a fragment: hand it down."""
    return Look(library())


def pace() -> Pace:
    """How long trainings take here, and how long one more would wait, as last written down."""
    return read_pace(RUNS_FOLDER)


def shipped(family: str) -> RunSpec:
    """The specification of the run that ships for a family of models. LookupError if none does."""
    starter = starter_of(family)
    if starter is None:
        raise LookupError(f"no run of the family {family} ships with the course")
    return starter.spec


@cache
def foreman() -> Foreman:
    """The process that trains and answers; started once for the server, ended with it."""
    worker = Foreman(RUNS_FOLDER, shipped=[STARTERS_FOLDER], engine=ENGINE, patience=PATIENCE)
    worker.start()
    atexit.register(worker.close)
    return worker


def close() -> None:
    """End the foreman and all its workers, if it was ever started."""
    if foreman.cache_info().currsize:
        foreman().close()
        foreman.cache_clear()
