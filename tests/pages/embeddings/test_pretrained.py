"""Vectors of others on the page: offered, on their way, failed, here, and deleted; with a small table."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from core.errors import LearnerError
from core.store.pretrained import PretrainedState, VectorTable
from core.store.pretrained.table import write_table
from core.store.state import Reason
from pages.embeddings import pretrained
from pages.embeddings.pretrained_words import ANALOGIES, GROUPS
from tests.pages.components import sent
from tests.pages.conftest import OpenPage

WORDS = tuple(
    dict.fromkeys(
        word
        for group in (*GROUPS.values(), *ANALOGIES, ("bank", "queen", "banks", "smaller", "went"))
        for word in group
    )
)


class _Few:
    """As the store of them, with few words and no network."""

    def __init__(self, folder: Path, state: PretrainedState) -> None:
        vectors = np.random.default_rng(5).normal(size=(len(WORDS), 50)).astype(np.float32)
        folder.mkdir()
        write_table(folder, WORDS, vectors)
        self.folder, self.now, self.asked = folder, state, list[str]()

    def state(self) -> PretrainedState:
        return self.now

    def table(self) -> VectorTable:
        return VectorTable(self.folder)

    def fetch(self) -> None:
        self.asked.append("fetch")
        raise LearnerError("The server cannot write to its disk ({problem}).", problem="full")

    def delete(self) -> None:
        self.asked.append("delete")
        self.now = PretrainedState("absent", 0, 76)


def _store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, state: PretrainedState) -> _Few:
    few = _Few(tmp_path / "few", state)
    monkeypatch.setattr(pretrained, "pretrained", lambda: few)
    return few


@pytest.mark.parametrize("language", ["en", "zh"])
def test_they_are_drawn_once_they_are_here_and_can_be_deleted(
    open_page: OpenPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    few = _store(tmp_path, monkeypatch, PretrainedState("ready", 76, 76))
    app = open_page("embeddings", language)
    assert not app.exception
    drawn = sent(app, "embeddings_known")
    assert drawn is not None
    cloud = drawn["cloud"]
    assert cloud["words_of"][cloud["chosen"]] == "bank"
    assert len(cloud["names"]) == len(GROUPS) + 1
    assert sent(app, "embeddings_known_bars") is not None
    app.text_input(key="embeddings_known_word").set_value("zebra").run()
    assert not app.exception
    assert "zebra" in app.warning[0].value
    app.text_input(key="embeddings_known_word").set_value("Dog").run()
    app.button(key="embeddings_known_example_1").click().run()
    assert not app.exception
    assert not app.warning
    app.button(key="embeddings_delete_known").click().run()
    assert few.asked == ["delete"]
    assert sent(app, "embeddings_known") is None
    assert app.button(key="embeddings_fetch")


def test_on_their_way_a_bar_says_how_far_they_are(
    open_page: OpenPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _store(
        tmp_path, monkeypatch, PretrainedState("fetching", 19_000_000, 76_000_000, seconds_left=3.2)
    )
    app = open_page("embeddings")
    assert not app.exception
    assert app.button(key="embeddings_stop_fetching")
    said = [element.proto.text for element in app.get("progress")]
    assert "19 of 76 MB · about 3 s left" in said


def test_what_failed_is_said_and_can_be_tried_again(
    open_page: OpenPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = "There is too little room: {needed} MB are needed, and {free} MB are free."
    reason = Reason(said, {"needed": 240, "free": 3})
    few = _store(tmp_path, monkeypatch, PretrainedState("failed", 0, 76, reason=reason))
    app = open_page("embeddings")
    assert not app.exception
    assert "240 MB are needed, and 3 MB are free" in app.warning[0].value
    app.button(key="embeddings_fetch").click().run()
    assert not app.exception
    assert few.asked == ["fetch"]
    assert any("cannot write to its disk (full)" in warning.value for warning in app.warning)
