"""Asking from a page: once, and with a sentence when what answers had to be restarted for it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from core.questions import NextTokens
from pages.parts.frame import ask as ask_module
from tests.patience import PATIENCE


class FakeForeman:
    """Answers with what it is asked, after a restart."""

    def __init__(self) -> None:
        self.asked = 0

    def ask(self, question: NextTokens, on_restart: Callable[[], object]) -> str:
        self.asked += 1
        on_restart()
        return question.prompt


def test_a_restart_is_said_once_and_the_answer_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    foreman = FakeForeman()
    monkeypatch.setattr(ask_module, "foreman", lambda: foreman)

    def script() -> None:
        import streamlit as st

        from core.questions import NextTokens
        from pages.parts.frame.ask import ask

        st.text(ask(NextTokens("0" * 16, "asked in test_ask")))

    app = AppTest.from_function(script, default_timeout=PATIENCE).run()
    assert not app.exception
    assert app.text[0].value == "asked in test_ask"
    assert [toast.value for toast in app.toast] == [
        "The program that answers questions ended unexpectedly and was restarted."
    ]
    app.run()
    assert app.text[0].value == "asked in test_ask"
    assert len(app.toast) == 0
    assert foreman.asked == 1
