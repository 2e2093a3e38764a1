"""What becomes of runs, written to their folders, and remembered while the disk takes nothing. Torch-free."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from core.errors import LearnerError
from core.store.files import unwritable, write_text
from core.store.layout import STATE
from core.store.state import Reason, RunState, State


class States:
    """The states of the runs under one root. For one thread at a time; nothing raises OSError."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._unwritten: dict[str, tuple[State, LearnerError]] = {}

    def write(self, run_id: str, state: State) -> None:
        """Write what has become of a run, now or as soon as the disk takes it. Of a run whose folder is
        gone there is nothing to say."""
        try:
            write_text(self._root / run_id / STATE, state.to_json())
        except FileNotFoundError:
            self.forget(run_id)
        except OSError as error:
            if run_id not in self._unwritten:
                print(
                    f"run {run_id}: its state cannot be written: {error}",
                    file=sys.stderr,
                    flush=True,
                )
            problem = unwritable(error)
            if state.state is RunState.FAILED:
                state = replace(state, reason=Reason.of(problem))
            self._unwritten[run_id] = state, problem
        else:
            self.forget(run_id)

    def retry(self) -> None:
        """Write what could not be written before."""
        for run_id, (state, _problem) in list(self._unwritten.items()):
            self.write(run_id, state)

    def forget(self, run_id: str) -> None:
        """The run has begun anew: what had become of it counts no more."""
        self._unwritten.pop(run_id, None)

    def problem(self, run_id: str) -> LearnerError | None:
        """Why the folder of a run does not say what has become of it; None if it does."""
        _state, problem = self._unwritten.get(run_id, (None, None))
        return problem

    @property
    def all_written(self) -> bool:
        return not self._unwritten
