"""Cells as people type them, and what the browser says about them."""

from __future__ import annotations

import math

import pytest
import streamlit as st
from hypothesis import given
from hypothesis import strategies as some

from core.errors import LearnerError
from pages.parts.widgets.grid import news, shades
from pages.parts.widgets.grid.cells import (
    LONGEST_TEXT,
    Edit,
    allowed,
    number_text,
    read_cell,
    short_text,
)


@pytest.fixture(autouse=True)
def _own_session(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "session_state", {})


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1", 1.0),
        (" 0.5 ", 0.5),
        ("0,5", 0.5),
        ("−2", -2.0),
        ("-.5", -0.5),
        ("1/3", 1 / 3),
        ("-1 / 4", -0.25),
        ("25%", 0.25),
        ("３．５", 3.5),
        ("－１／２", -0.5),
        ("½", 0.5),
        ("-¾", -0.75),
        ("1½", 1.5),
        ("1 1/2", 1.5),
        ("√2", math.sqrt(2)),
        ("-√2", -math.sqrt(2)),
        ("2√3", 2 * math.sqrt(3)),
        ("sqrt(2)", math.sqrt(2)),
        ("SQRT(2)/2", math.sqrt(2) / 2),
        ("1/√2", 1 / math.sqrt(2)),
        ("1e-3", 0.001),
    ],
)
def test_numbers_are_read_exactly(text: str, value: float) -> None:
    assert read_cell(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "abc",
        "🙂",
        "1/0",
        "inf",
        "nan",
        "1 2",
        "2²",
        "1/2/3",
        "√-1",
        "√",
        "--1",
    ],
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(LearnerError):
        read_cell(text)


@given(some.floats(-100, 100))
def test_a_number_is_written_in_a_cell(value: float) -> None:
    text = number_text(value)
    assert len(text) <= LONGEST_TEXT
    assert read_cell(text) == pytest.approx(value, rel=1e-4, abs=1e-9)


@given(some.integers(-1000, 1000))
def test_short_numbers_are_written_exactly(tenths: int) -> None:
    assert read_cell(number_text(tenths / 10)) == tenths / 10


def test_a_long_number_is_rounded_not_cut() -> None:
    assert short_text("1.23456789012345e-5") == "1.234568e-05"
    assert short_text("  1 / 3 ") == "1 / 3"
    assert len(short_text("x" * 50)) == LONGEST_TEXT


def test_tints_are_shares_of_the_largest() -> None:
    assert shades([["2", "-1"], ["?", "0"]]) == [[1.0, -0.5], [0.0, 0.0]]
    assert shades([["900", "2"]], {(0, 0)}) == [[0.0, 1.0]]
    assert shades([["0"]]) == [[0.0]]


def test_an_event_is_heard_once_however_often_it_is_said() -> None:
    first = {"number": 1, "what": [[0, 0, "5"]]}
    second = {"number": 2, "what": "undo"}
    assert news({"view": "a", "events": [first]}, "grid") == [[[0, 0, "5"]]]
    assert news({"view": "a", "events": [first, second]}, "grid") == ["undo"]
    assert news({"view": "a", "events": [first, second]}, "grid") == []
    assert news({"view": "b", "events": [first]}, "grid") == [[[0, 0, "5"]]]


@pytest.mark.parametrize(
    "payload", [None, 3, {}, {"view": "a", "events": [None, {}, {"number": "1"}]}]
)
def test_nonsense_from_a_browser_is_no_event(payload: object) -> None:
    assert news(payload, "grid") == []


def test_only_cells_that_may_be_typed_into_are_changed() -> None:
    texts, free = [["1", ""]], [[False, True]]
    said = [
        [0, 0, "9"],
        [0, 1, "7"],
        [5, 0, "1"],
        [0, -1, "1"],
        [0, True, "1"],
        [0, 1],
        "x",
        [0, 1, 3],
    ]
    assert allowed(said, texts, free) == [Edit(0, 1, "7")]
