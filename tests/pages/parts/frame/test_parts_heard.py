"""The browser hears all that a part of a page says, whatever part is drawn right after it."""

from __future__ import annotations

import asyncio
from unittest.mock import MagicMock

import pytest
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import app_session
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.script_data import ScriptData
from streamlit.runtime.scriptrunner import ScriptRunnerEvent
from streamlit.runtime.scriptrunner.script_cache import ScriptCache

from pages.parts.frame.state.parts_heard import hear_parts

_EARLY = ForwardMsg.FINISHED_EARLY_FOR_RERUN
_DRAWN = ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY
_WHOLE = ForwardMsg.FINISHED_SUCCESSFULLY


@pytest.fixture(autouse=True)
def _as_the_server_does(monkeypatch: pytest.MonkeyPatch) -> None:
    for of, name in (
        (AppSession, "_create_scriptrunner"),
        (AppSession, "_handle_scriptrunner_event_on_event_loop"),
        (ForwardMsgQueue, "clear"),
    ):
        monkeypatch.setattr(of, name, getattr(of, name))
    hear_parts()


def _run(part: str, end: ForwardMsg.ScriptFinishedStatus.ValueType) -> list[ForwardMsg]:
    started, told, over = ForwardMsg(), ForwardMsg(), ForwardMsg()
    started.new_session.name = f"run of {part}"
    told.delta.new_element.markdown.body = f"what {part} says"
    told.delta.fragment_id = part
    told.metadata.delta_path.extend(map(ord, part))
    over.script_finished = end
    return [started, told, over]


def _ends(*runs: list[ForwardMsg], then: list[str] | None) -> list[int]:
    """How the runs in the line end once a run of these parts, or of all of the page, begins."""
    line = ForwardMsgQueue()
    for run in runs:
        for message in run:
            line.enqueue(message)
    line.clear(retain_lifecycle_msgs=True, fragment_ids_this_run=then)
    return [
        message.script_finished
        for message in line.flush()
        if message.WhichOneof("type") == "script_finished"
    ]


def test_the_end_of_a_part_stays_when_another_part_begins() -> None:
    assert _ends(_run("one", _DRAWN), then=["another"]) == [_DRAWN]


def test_a_part_whose_messages_are_taken_back_was_interrupted() -> None:
    assert _ends(_run("one", _DRAWN), then=["one"]) == [_EARLY]
    assert _ends(_run("one", _DRAWN), _run("two", _DRAWN), then=["two"]) == [_DRAWN, _EARLY]


def test_the_start_of_a_whole_page_takes_back_all_parts() -> None:
    assert _ends(_run("one", _DRAWN), _run("two", _DRAWN), then=None) == [_EARLY, _EARLY]


def test_an_interruption_stays_one() -> None:
    assert _ends(_run("one", _EARLY), _run("two", _DRAWN), then=["three"]) == [_EARLY, _DRAWN]


def test_a_page_that_was_drawn_stays_drawn() -> None:
    assert _ends(_run("", _WHOLE), _run("one", _DRAWN), then=["two"]) == [_WHOLE, _DRAWN]


class _Runner:
    """A runner that has come to its end: it takes no request any more."""

    def request_rerun(self, _asked: object) -> bool:
        return False

    def request_stop(self) -> None:
        """Nothing is left to stop."""

    def start(self) -> None:
        """It has been."""

    on_event = MagicMock()


async def _heard(monkeypatch: pytest.MonkeyPatch, part: str) -> tuple[list[str], bool]:
    """A run has ended whose words still wait when ``part``, or "" for all of the page, is asked for. What of
    its words gets into the line; and whether the new runner is still there after it has said farewell."""
    monkeypatch.setattr(app_session, "ScriptRunner", lambda **_given: _Runner())
    session = AppSession(
        ScriptData("app.py", is_hello=False),
        MemoryUploadedFileManager("/upload"),
        ScriptCache(),
        message_enqueued_callback=None,
        user_info={},
    )
    monkeypatch.setattr(session, "has_fragment", lambda _part: True)
    ended = session._scriptrunner = _Runner()  # type: ignore[assignment]
    said = ForwardMsg()
    said.delta.new_element.markdown.body = "folded"
    session.request_rerun(ClientState(fragment_id=part))
    for event in (ScriptRunnerEvent.ENQUEUE_FORWARD_MSG, ScriptRunnerEvent.SHUTDOWN):
        session._handle_scriptrunner_event_on_event_loop(ended, event, said)
    line = session._browser_queue.flush()
    told = [message.delta.new_element.markdown.body for message in line]
    return told, session._scriptrunner is not None


def test_a_part_is_heard_to_its_end_when_another_part_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert asyncio.run(_heard(monkeypatch, "another")) == (["folded"], True)


def test_what_was_told_to_stop_is_heard_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    assert asyncio.run(_heard(monkeypatch, "")) == ([], True)
