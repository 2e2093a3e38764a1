"""The warm worker's work: it keeps the last models loaded and has the themes answer about them."""

from __future__ import annotations

import contextlib
import os
import traceback
from collections import OrderedDict
from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, TypeVar

import torch

from core.answers.loaded import Loaded, load
from core.answers.registry import OF_RUNS, OTHERS
from core.errors import LearnerError
from core.questions import Asked, AskedOfRun
from core.store.damage import Damaged
from core.store.folder import RunFolder
from core.store.layout import MODEL
from core.store.store import Library, Store

A = TypeVar("A")

_LOADED_AT_ONCE = 8


def serve(connection: Connection, roots: Sequence[Path]) -> None:
    """Question in, (fine, answer or LearnerError) out, until whoever asks is gone."""
    answerer = Answerer(Library([Store(root, read_only=True) for root in roots]))
    with contextlib.suppress(EOFError, OSError):
        while True:
            question = connection.recv()
            try:
                reply = (True, answerer.answer(question))
            except LearnerError as error:
                reply = (False, error)
            except Exception as error:
                traceback.print_exc()
                problem = f"{type(error).__name__}: {error}"
                reply = (False, LearnerError("The server failed: {problem}", problem=problem))
            connection.send(reply)


class Answerer:
    """Answers every registered kind of question about the runs of a library."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._loaded: OrderedDict[tuple[Path, int], Loaded] = OrderedDict()

    def answer(self, question: Asked[A]) -> A:
        """The answer; LearnerError if the run is unknown, untrained or of the wrong family."""
        with torch.inference_mode():
            if isinstance(question, AskedOfRun):
                found: A = OF_RUNS[type(question)](self.loaded(question.run), question)
            else:
                found = OTHERS[type(question)](question)
            return found

    def loaded(self, run_id: str) -> Loaded:
        """The run's model as last saved; of the eight last asked for, from memory."""
        folder = self._library.open(run_id)
        try:
            key: tuple[Any, int] = (folder.path, os.stat(folder.model_path).st_mtime_ns)
        except OSError:
            raise LearnerError("The run {run} has no model yet.", run=run_id) from None
        found = self._loaded.pop(key, None) or _load(folder)
        self._loaded[key] = found
        while len(self._loaded) > _LOADED_AT_ONCE:
            self._loaded.popitem(last=False)
        return found


def _load(folder: RunFolder) -> Loaded:
    """The run's model; Damaged if its file cannot be read, or is not of such a model."""
    try:
        return load(folder)
    except LearnerError:
        raise
    except Exception:
        traceback.print_exc()
        raise Damaged(MODEL) from None
