"""All that one tick sees: each run is read at most once. Torch-free."""

from __future__ import annotations

from core.spec.run import RunSpec
from core.store.store import Library
from core.store.view import RunView


class Look:
    """The runs as they were when they were first asked for in this look.

    A page makes one for each of its script runs and hands it down, so that no two of its sentences
    can speak of two states of a run. It is thrown away at the end of the run, and not for threads
    to share.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._seen: dict[str, RunView | None] = {}

    def find(self, run_id: str) -> RunView | None:
        """The run of this id, or None; the same answer however often it is asked."""
        if run_id not in self._seen:
            self._seen[run_id] = self._library.look(run_id)
        return self._seen[run_id]

    def at(self, spec: RunSpec) -> RunView | None:
        """The run of this specification, or None."""
        if spec.id not in self._seen:
            self._seen[spec.id] = self._library.look(spec.id, spec)
        return self._seen[spec.id]

    def finished(self, spec: RunSpec) -> RunView | None:
        """The run of this specification, once it is done; None before."""
        view = self.at(spec)
        return view if view is not None and view.is_done else None
