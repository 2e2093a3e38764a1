"""What is mended in how Streamlit hands on what a part of a page says, so that the browser hears all of it.

Two parts of a page may ask to be drawn in one moment: a section is folded up while the next one comes near.
On a busy server, Streamlit 1.67 then loses some of what the first of them says, and nothing ever says it
again:

* The run that draws it is over, but its messages still wait to be handed on. For the second part Streamlit
  makes a new runner, and hears none but this one from then on. So here a runner is heard until it is told to
  stop.
* Its messages wait to be sent when the second run begins. Streamlit takes out of the line what the second
  part will say anew, and marks the end of every part there as an interruption; after one, the browser does
  not remove what is drawn no more. So here an end is an interruption only where something of that run was
  taken out of the line.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import wraps
from typing import Any
from weakref import ReferenceType, WeakKeyDictionary, ref

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.runtime.scriptrunner import RerunData, ScriptRunner, ScriptRunnerEvent

_DRAWN = ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY

_before: WeakKeyDictionary[AppSession, ReferenceType[ScriptRunner]] = WeakKeyDictionary()
"""Of each visitor, the runner that had come to its own end when the present one was made."""


def hear_parts() -> None:
    """Have the browsers of all visitors hear all that the parts of their pages say."""
    AppSession._create_scriptrunner = _create_scriptrunner  # type: ignore[method-assign]
    AppSession._handle_scriptrunner_event_on_event_loop = _handle  # type: ignore[method-assign]
    ForwardMsgQueue.clear = _clear  # type: ignore[method-assign]


_create_and_forget = AppSession._create_scriptrunner
_handle_of_one = AppSession._handle_scriptrunner_event_on_event_loop
_clear_all_ends = ForwardMsgQueue.clear


@wraps(_create_and_forget)
def _create_scriptrunner(self: AppSession, initial_rerun_data: RerunData) -> None:
    # One that was told to stop is not here any more.
    _before.pop(self, None)
    if self._scriptrunner is not None:
        _before[self] = ref(self._scriptrunner)
    _create_and_forget(self, initial_rerun_data)


@wraps(_handle_of_one)
def _handle(
    self: AppSession,
    sender: ScriptRunner | None,
    event: ScriptRunnerEvent,
    *more: Any,
    **named: Any,
) -> None:
    before = _before.get(self)
    # Its farewell alone is not for the one that has taken its place.
    if before is not None and before() is sender and event is not ScriptRunnerEvent.SHUTDOWN:
        sender = self._scriptrunner
    _handle_of_one(self, sender, event, *more, **named)


@wraps(_clear_all_ends)
def _clear(
    self: ForwardMsgQueue,
    retain_lifecycle_msgs: bool = False,
    fragment_ids_this_run: list[str] | None = None,
) -> None:
    drawn = list(_drawn_runs(self._queue))
    _clear_all_ends(self, retain_lifecycle_msgs, fragment_ids_this_run)
    if not retain_lifecycle_msgs or fragment_ids_this_run is None:
        return
    left = {id(message) for message in self._queue}
    for run in drawn:
        if all(id(message) in left for message in run):
            run[-1].script_finished = _DRAWN


def _drawn_runs(line: list[ForwardMsg]) -> Iterator[list[ForwardMsg]]:
    """The messages of each run of a part that has come to its end, as far as they are still in the line."""
    run: list[ForwardMsg] = []
    for message in line:
        kind = message.WhichOneof("type")
        if kind == "new_session":
            run = []
        run.append(message)
        if kind == "script_finished":
            if message.script_finished == _DRAWN:
                yield run
            run = []
