"""Steps that can be taken back: what was, what is, and what was undone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

MOST_STEPS = 50

State = TypeVar("State")


@dataclass(frozen=True)
class History(Generic[State]):
    """``past`` and ``future`` are ordered in time; at most ``MOST_STEPS`` of the past are kept."""

    present: State
    past: tuple[State, ...] = ()
    future: tuple[State, ...] = ()

    def changed(self, state: State) -> History[State]:
        """One step further; what was undone before is forgotten. The same state is no step."""
        if state == self.present:
            return self
        return History(state, (*self.past, self.present)[-MOST_STEPS:])

    def corrected(self, state: State) -> History[State]:
        """The present put right: it was no state that anybody would go back to, and is no step of its own."""
        if state == self.present:
            return self
        past = self.past[:-1] if self.past and self.past[-1] == state else self.past
        return History(state, past, self.future)

    def undone(self) -> History[State]:
        """One step back; the same history if there is none."""
        if not self.past:
            return self
        return History(self.past[-1], self.past[:-1], (self.present, *self.future))

    def redone(self) -> History[State]:
        """The step that was undone last, again; the same history if there is none."""
        if not self.future:
            return self
        return History(self.future[0], (*self.past, self.present), self.future[1:])
