"""A run as it was at one moment: what a page passes down instead of reading the disk again. Torch-free."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from core.spec.run import RunSpec
from core.store.damage import Damaged
from core.store.folder import RunFolder
from core.store.snapshot import Snapshot
from core.store.state import Reason, RunState, State
from core.text.tokenizers import Tokenizer


@dataclass(frozen=True, eq=False)
class RunView:
    """The specification, state and snapshots of a run, read together and never read again.

    A view that is done is complete: it has the run's last snapshot. A view of a run that is still
    alive may be behind the disk by the time it is drawn, but it does not change meanwhile. What is
    large is read when it is asked for, from files that are not written twice: the tokenizer, the
    arrays of a snapshot, the weights of a finished run.
    """

    spec: RunSpec
    state: State
    snapshots: tuple[Snapshot, ...]
    """What had been recorded, by rising step, without arrays."""
    _folder: RunFolder = field(repr=False)

    @property
    def id(self) -> str:
        return self._folder.id

    @property
    def is_done(self) -> bool:
        return self.state.state is RunState.DONE

    @property
    def is_alive(self) -> bool:
        """Whether somebody is, or will be, working on it."""
        return self.state.state.is_alive

    @property
    def is_waiting(self) -> bool:
        """Whether it has yet to begin."""
        return self.state.state is RunState.QUEUED

    @property
    def resumable(self) -> bool:
        return self.state.resumable

    @property
    def is_damaged(self) -> bool:
        """Whether a file of it cannot be read: its state says which."""
        return self.state.is_damaged

    @property
    def has_ended(self) -> bool:
        """Done, or failed in a way that would only happen again."""
        return self.is_done or (self.state.state is RunState.FAILED and not self.resumable)

    @property
    def last(self) -> Snapshot | None:
        return self.snapshots[-1] if self.snapshots else None

    @property
    def step(self) -> int:
        """How many updates it has made, as far as it has been recorded."""
        return self.last.step if self.last is not None else 0

    @property
    def seconds(self) -> float:
        """How long it has trained, as far as it has been recorded."""
        return self.last.seconds if self.last is not None else 0.0

    @cached_property
    def full(self) -> tuple[Snapshot, ...]:
        """The snapshots with a validation loss, and a sample and arrays where the model has any."""
        return tuple(snapshot for snapshot in self.snapshots if snapshot.full)

    @property
    def full_steps(self) -> tuple[int, ...]:
        return tuple(snapshot.step for snapshot in self.full)

    @property
    def final_loss(self) -> float:
        """The last loss on held-out text, in nats; infinite for a run that is not done, as one whose
        loss stopped being a number."""
        losses = [snapshot.validation_loss for snapshot in self.full]
        return losses[-1] if self.is_done and losses and losses[-1] is not None else math.inf

    def at(self, step: int | None) -> Snapshot | None:
        """The snapshot of exactly this step."""
        return next((s for s in self.snapshots if s.step == step), None)

    @cached_property
    def tokenizer(self) -> Tokenizer:
        return self._folder.tokenizer()

    def arrays(self, step: int) -> dict[str, NDArray[Any]]:
        """What the family looked at, by name, at a full step; empty where there is nothing."""
        return self._folder.arrays(step)

    @property
    def model_path(self) -> Path:
        """The weights, once the run has left some."""
        return self._folder.model_path

    @property
    def weights_written(self) -> int:
        """When the weights were written, in nanoseconds since 1970; 0 before there are any."""
        return self._folder.weights_written


def look_at(folder: RunFolder, known: RunSpec | None = None) -> RunView | None:
    """Read a run once; None if it has been deleted meanwhile, or if its specification cannot be read
    and is not ``known``.

    A run that has ended and of which a file is damaged is seen as one that failed, may be trained
    again and has nothing to show: so whoever draws a run need not ask in what state its files are.

    The state comes first, the snapshots after it: a writer records its last snapshot before it says
    that the run is done, so whoever has read "done" finds them all. The other way round, a run could
    be done without its end.
    """
    try:
        state = folder.state
        damage = None if state.state.is_alive else folder.damage(state)
        if damage is not None:
            state = State(RunState.FAILED, damage, resumable=True, updated=state.updated)
        try:
            spec = folder.spec
        except Damaged as error:
            if known is None:
                return None
            spec = known
            state = State(RunState.FAILED, Reason.of(error), resumable=True, updated=state.updated)
        recorded = () if state.is_damaged else folder.snapshots()
        return RunView(spec, state, recorded, folder)
    except FileNotFoundError:
        return None
