"""A learner's file: changed in turn, whoever else changes it, and never in the way."""

from __future__ import annotations

import json
import os
import threading
from contextlib import suppress
from pathlib import Path

import pytest

from pages.parts.frame import learner, learner_file, services


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(services, "RUNS_FOLDER", tmp_path)
    monkeypatch.setattr(learner, "learner", lambda: "someone")
    return learner._path()


def test_two_tabs_that_answer_at_once_are_both_kept(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each has read the file before the other writes it, if nothing holds them off."""
    both_have_read = threading.Barrier(2)
    content = learner_file._content

    def slow(file: Path) -> dict[str, object]:
        stored = content(file)
        with suppress(threading.BrokenBarrierError):  # the other is held off, as it should be
            both_have_read.wait(0.2)
        return stored

    monkeypatch.setattr(learner_file, "_content", slow)
    tabs = [
        threading.Thread(target=learner.record_answered, args=("gpt", name)) for name in ("a", "b")
    ]
    for tab in tabs:
        tab.start()
    for tab in tabs:
        tab.join()
    assert sorted(json.loads(path.read_text(encoding="utf-8"))["answered"]["gpt"]) == ["a", "b"]


def test_each_change_leaves_the_rest_of_the_file(path: Path) -> None:
    learner.record_opened("gpt")
    learner.record_answered("gpt", "a")
    learner.keep_work("gpt", "b", {"answer": "0.5"})
    learner.keep_work("gpt", "c", {"answer": "1"})
    learner.record_opened("block")
    assert learner.progress() == learner.Progress("block", {"gpt": ["a"]})
    assert learner.work_on("gpt") == {"b": {"answer": "0.5"}, "c": {"answer": "1"}}
    assert learner.work_on("block") == {}


@pytest.mark.parametrize(
    "junk",
    [
        *("", "{", "[]", "null", '{"answered": [1], "work": 7}', '{"work": {"gpt": "x"}}'),
        '{"last": ["gpt"], "answered": {"gpt": [["a"], 3]}}',
    ],
)
def test_a_damaged_file_is_an_empty_one(path: Path, junk: str) -> None:
    path.parent.mkdir(parents=True)
    path.write_text(junk, encoding="utf-8")
    assert learner.progress().share("gpt") == 0 and learner.work_on("gpt") == {}
    assert learner.progress().last is None
    learner.keep_work("gpt", "b", {"answer": "0.5"})
    learner.record_answered("gpt", "b")
    assert learner.work_on("gpt") == {"b": {"answer": "0.5"}}
    assert learner.progress().answered == {"gpt": ["b"]}


def test_a_file_that_cannot_be_read_now_is_not_written_over(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    learner.record_answered("gpt", "a")

    def fails(*_: object, **__: object) -> str:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_text", fails)
        learner.record_answered("gpt", "b")
        assert learner.progress() == learner.Progress()
    assert not learner.progress_is_kept()
    assert learner.progress().answered == {"gpt": ["a"]}


def test_a_disk_that_cannot_be_written_stops_nobody(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    learner.record_opened("gpt")
    monkeypatch.setattr(os, "replace", full)
    learner.record_opened("block")
    learner.record_answered("gpt", "a")
    assert learner.progress() == learner.Progress("gpt")
    assert not learner.progress_is_kept()
    left = [file.name for file in path.parent.iterdir() if file.name not in (path.name, ".lock")]
    assert not left


@pytest.mark.parametrize(
    "last", ['"nosuch"', '"glossary"', "3", "[]", "{}", '"\\ud800"', "[" * 100_000]
)
def test_a_lesson_that_is_not_there_was_not_opened_last(path: Path, last: str) -> None:
    path.parent.mkdir(parents=True)
    path.write_text(f'{{"last": {last}}}', encoding="utf-8")
    assert learner.progress().last is None


def test_a_lesson_that_is_there_was_opened_last(path: Path) -> None:
    learner.record_opened("gpt")
    assert learner.progress().last == "gpt"
