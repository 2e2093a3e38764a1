"""What has become of a run: waiting, running, or ended, and why."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Self

from core.errors import LearnerError
from core.wording import N_


class RunState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_alive(self) -> bool:
        """Somebody is, or will be, working on it."""
        return self in (RunState.QUEUED, RunState.RUNNING)


@dataclass(frozen=True)
class Reason:
    """An English sentence with ``{named}`` places, the key of its translation, and the values."""

    template: str
    values: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def of(cls, error: LearnerError) -> Self:
        return cls(error.template, {name: _plain(value) for name, value in error.values.items()})

    def __str__(self) -> str:
        return self.template.format(**self.values)


@dataclass(frozen=True)
class State:
    """The content of a run's ``state`` file. ``updated`` is in seconds since 1970.

    ``reason`` says why it ended, or, while it is alive, what happened to it on the way.
    ``resumable`` says whether going on could end differently: true for what was stopped or lost,
    false for what would only fail again in the same way.
    """

    state: RunState
    reason: Reason | None = None
    resumable: bool = False
    updated: float = field(default_factory=time.time)

    @property
    def is_damaged(self) -> bool:
        """Whether the run has failed only because a file of it cannot be read."""
        return self.reason is not None and self.reason.template == DAMAGED

    def to_json(self) -> str:
        reason = self.reason and {
            "template": self.reason.template,
            "values": dict(self.reason.values),
        }
        return json.dumps(
            {
                "state": self.state.value,
                "reason": reason,
                "updated": self.updated,
                "resumable": self.resumable,
            },
            ensure_ascii=False,
        )

    @classmethod
    def from_json(cls, text: str) -> Self:
        """ValueError if the text is no state."""
        try:
            value = json.loads(text)
            reason = _reason(value["reason"])
            str(reason)  # its places can be filled
            state = RunState(value["state"])
            return cls(state, reason, bool(value["resumable"]), float(value["updated"]))
        except (TypeError, KeyError, LookupError, AttributeError) as error:
            raise ValueError("no state of a run") from error


INTERRUPTED = Reason("The training was interrupted: the server stopped. It can be resumed.")
CANCELLED = Reason("The training was stopped. It can be resumed.")
ABANDONED = Reason("The training was stopped because nobody was watching it. It can be resumed.")
DAMAGED = N_("A file of this run, {file}, is damaged. Train the run again.")
BROKEN = N_("The training program failed: {problem}")


def restarted(step: int) -> Reason:
    """Why a run is alive again: the program that trained it was killed."""
    return Reason(
        "The training program ended unexpectedly and was restarted. "
        "The run goes on from step {step}.",
        {"step": step},
    )


def lost(code: int | None) -> Reason:
    return Reason(
        "The training process ended unexpectedly (exit code {code}). It can be resumed.",
        {"code": "?" if code is None else code},
    )


def _reason(value: Any) -> Reason | None:
    if value is None:
        return None
    template, values = value["template"], value["values"]
    return Reason(template, dict(values))


def _plain(value: object) -> object:
    """What JSON can hold; anything else by its text."""
    return value if isinstance(value, (str, int, float, bool)) or value is None else str(value)
