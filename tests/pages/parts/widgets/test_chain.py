"""What the browser gets to unfold, and what is believed of what it sends back."""

from __future__ import annotations

import base64
from typing import Any

import numpy as np
import pytest
import streamlit as st
from hypothesis import given, settings
from hypothesis import strategies as some

from core.worked.stages import stage_matrix
from core.worked.trace import STAGES, attention_trace, causal_mask
from pages.attention.attending import Switches, hidden_keys
from pages.attention.bench import MASKS, SAYINGS
from pages.parts.widgets import chain as worked
from pages.parts.widgets.chain.data import AXES, packed
from pages.parts.widgets.chain.sentences import stage_sentence
from pages.parts.widgets.chain.words import NAMES
from pages.parts.widgets.chain.words import SAYINGS as STAGE_SAYINGS


def trace(t: int = 4, e: int = 3, seed: int = 0, x: bool = False):
    rng = np.random.default_rng(seed)
    if not x:
        q, k, v = rng.standard_normal((3, t, e))
        return attention_trace(q, k, v, causal_mask(t))
    w_q, w_k, w_v = rng.standard_normal((3, e + 1, e))
    return attention_trace(
        mask=causal_mask(t), x=rng.standard_normal((t, e + 1)), w_q=w_q, w_k=w_k, w_v=w_v
    )


def numbers(matrix: dict[str, Any]) -> np.ndarray:
    kind = np.float64 if matrix["bits"] == 64 else np.float32
    return np.frombuffer(base64.b64decode(matrix["values"]), kind).reshape(matrix["shape"])


@settings(max_examples=20, deadline=None)
@given(t=some.integers(1, 9), e=some.integers(1, 5), seed=some.integers(0, 99), x=some.booleans())
def test_the_browser_gets_the_traces_own_numbers(t: int, e: int, seed: int, x: bool) -> None:
    given = trace(t, e, seed, x)
    sent = packed(given, "output", 0)
    assert sent["stages"] == list(STAGES if x else STAGES[3:])
    for name, matrix in sent["matrices"].items():
        np.testing.assert_array_equal(numbers(matrix), stage_matrix(given, name))
    hidden = np.unpackbits(np.frombuffer(base64.b64decode(sent["hidden"]), np.uint8))
    np.testing.assert_array_equal(hidden[: t * t].reshape(t, t) if t > 1 else [[0]], given.mask)


def test_every_source_is_a_matrix_that_is_sent() -> None:
    sent = packed(trace(x=True), "scores", 0)
    for stage, sources in sent["sources"].items():
        for name, _row, _column in sources:
            assert name == "row_sums" or name in sent["matrices"], stage
    assert set(sent["order"]) <= set(AXES) & set(NAMES)
    assert set(sent["stages"]) <= set(STAGE_SAYINGS)


@pytest.mark.parametrize("stage", STAGES[3:])
def test_of_a_long_text_only_the_stage_and_what_feeds_its_cell_is_sent(stage: str) -> None:
    long = trace(40, 5)
    sent = packed(long, stage, 7)
    assert not sent["complete"] and set(sent["thumbs"]) == set(sent["order"])
    whole = sent["matrices"].pop(stage)
    np.testing.assert_allclose(numbers(whole), stage_matrix(long, stage), rtol=1e-6)
    for name, matrix in sent["matrices"].items():
        row = slice(None) if name in "qkv" else slice(7, 8)
        np.testing.assert_allclose(numbers(matrix), stage_matrix(long, name)[row])


def test_a_large_matrix_that_the_browser_holds_is_not_sent_again() -> None:
    long = trace(40)
    stamp = packed(long, "softmax", 0)["matrices"]["softmax"]["stamp"]
    again = packed(long, "softmax", 1, {"softmax": stamp})["matrices"]["softmax"]
    assert again["values"] is None and again["stamp"] == stamp
    assert packed(trace(40, seed=1), "softmax", 1, {"softmax": stamp})["matrices"]["softmax"][
        "values"
    ]


def test_shapes_are_said_in_letters_and_in_numbers() -> None:
    said = worked._shapes(trace(5, 4, x=True))
    assert said["scores"] == "q e, k e → q k · 5 × 4, 5 × 4 → 5 × 5"
    assert said["q"] == "q d, d e → q e · 5 × 5, 5 × 4 → 5 × 4"
    assert said["w_k"] == "d e · 5 × 4"


@pytest.mark.parametrize(
    "pick",
    [
        None,
        "softmax",
        {"stage": "q", "row": 0, "column": 0, "turn": 1},
        {"stage": "softmax", "row": 4, "column": 0, "turn": 1},
        {"stage": "softmax", "row": -1, "column": 0, "turn": 1},
        {"stage": "softmax", "row": True, "column": 0, "turn": 1},
        {"stage": "softmax", "row": 0, "column": 0, "turn": "1"},
    ],
)
def test_a_cell_that_is_none_is_not_believed(pick: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "session_state", {})
    worked._take("key", trace(), pick)
    assert st.session_state == {}


def test_a_cell_that_was_picked_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "session_state", {})
    worked._take("key", trace(), {"stage": "output", "row": 3, "column": 2, "turn": 5})
    assert worked._settled("key", trace(), worked.Cell("scores", 0, 0)) == worked.Cell(
        "output", 3, 2
    )
    assert worked._settled("key", trace(2, 1), worked.Cell("scores", 0, 0)).row == 1


def test_padding_in_front_is_causal_too() -> None:
    assert set(SAYINGS) == {*MASKS, "in_front"}
    behind = hidden_keys(3, Switches("padding", count=1))
    front = hidden_keys(3, Switches("padding", count=1, in_front=True))
    assert behind is not None and behind.tolist() == [[False, False, True]] * 3
    assert front is not None and front.tolist() == [
        [True, True, True],
        [True, False, True],
        [True, False, False],
    ]
    assert hidden_keys(3, Switches("none")) is None


@pytest.mark.parametrize("stage", STAGES)
def test_each_stage_has_its_sentence(stage: str) -> None:
    said = stage_sentence(trace(x=True), "abcd", "abcd", stage, 2, 0)
    assert "**c**" in said


def test_a_row_that_sees_nothing_says_so() -> None:
    blind = attention_trace(np.ones((1, 1)), np.ones((1, 1)), np.ones((1, 1)), [[True]])
    for stage in ("mask", "exp", "softmax", "output"):
        assert "nothing" in stage_sentence(blind, "a", "a", stage, 0, 0)


@pytest.mark.parametrize("t", [4, 40])
def test_a_bias_stands_between_the_scores_and_the_scaled_scores(t: int) -> None:
    rng = np.random.default_rng(1)
    q, k, v = rng.standard_normal((3, t, 2))
    biased = attention_trace(q, k, v, causal_mask(t), bias=-np.ones((t, t)))
    sent = packed(biased, "scaled", t - 1)
    assert sent["order"][3:6] == ["scores", "bias", "scaled"]
    assert sent["formulas"]["scaled"] == "scaled_bias" and "bias" not in sent["stages"]
    assert ["bias", "row", "column"] in sent["sources"]["scaled"]
    assert (numbers(sent["matrices"]["bias"]) == -1).all()
    program = worked._PROGRAM.js
    assert "scaled_bias:" in program and "scaled_not_bias:" in program and "bias:" in program
    assert "ALiBi" in worked._sayings(biased)["scaled"]


@pytest.mark.parametrize(
    ("count", "said"),
    [(1, "at **a**: "), (2, "at **a**, **b** alike: "), (5, "at 5 keys alike: ")],
)
def test_of_equal_keys_none_is_called_the_first(count: int, said: str) -> None:
    q, k, v = np.zeros((count, 2)), np.ones((count, 2)), np.eye(count, 2)
    trace = attention_trace(q, k, v)
    names = "abcde"[:count]
    at = dict.fromkeys(("scores", "exp", "softmax", "output"), "")
    for stage in at:
        at[stage] = stage_sentence(trace, names, names, stage, 0, 0)
    assert said in at["softmax"]
    assert said.removeprefix("at ").removesuffix(": ") in at["scores"]
    assert said.removeprefix("at ").removesuffix(": ") in at["exp"]
    if count > 1:
        assert f"{1 / count:.2f} of the value of each of {count} keys, and 0.00 of" in at["output"]
