"""What the browser gets to unfold, and what is believed of what it sends back."""

from __future__ import annotations

import base64
from typing import Any, get_args

import numpy as np
import pytest
import streamlit as st
from hypothesis import given, settings
from hypothesis import strategies as some

from core.worked.cell_arithmetic import LineKind
from core.worked.stages import CHAIN, STAGES, StageName, chain_of, stage_matrix, stages_of
from core.worked.trace import (
    Projection,
    Trace,
    attention_trace,
    causal_mask,
    projected_trace,
)
from pages.attention.attending import Switches, hidden_keys
from pages.attention.bench import MASKS, SAYINGS
from pages.parts.frame.state import State
from pages.parts.widgets import chain
from pages.parts.widgets.chain.data import packed
from pages.parts.widgets.chain.explained import _LINE_NAMES
from pages.parts.widgets.chain.sentences import stage_sentence
from pages.parts.widgets.chain.state import chain_state
from pages.parts.widgets.chain.words import WORDS, shape_text, words_of
from pages.parts.widgets.shared.source import Source

_STATE = chain_state(State("test"))
_DRAWN = Source("drawn", ("Seed 0.",))
LONG: tuple[StageName, ...] = ("scores", "scaled", "mask", "exp", "softmax", "output")


def trace(t: int = 4, e: int = 3, seed: int = 0, x: bool = False) -> Trace:
    rng = np.random.default_rng(seed)
    if not x:
        q, k, v = rng.standard_normal((3, t, e))
        return attention_trace(q, k, v, causal_mask(t))
    weights = rng.standard_normal((3, e + 1, e))
    projection = Projection(rng.standard_normal((t, e + 1)), *weights)
    return projected_trace(projection, causal_mask(t))


def numbers(matrix: dict[str, Any]) -> np.ndarray:
    kind = np.float64 if matrix["bits"] == 64 else np.float32
    return np.frombuffer(base64.b64decode(matrix["values"]), kind).reshape(matrix["shape"])


def by_name(sent: dict[str, Any]) -> dict[StageName, dict[str, Any]]:
    return {stage["name"]: stage for stage in sent["stages"]}


@settings(max_examples=20)
@given(t=some.integers(1, 9), e=some.integers(1, 5), seed=some.integers(0, 99), x=some.booleans())
def test_the_browser_gets_the_traces_own_stages(t: int, e: int, seed: int, x: bool) -> None:
    given = trace(t, e, seed, x)
    sent = packed(given, "output", 0)
    assert [stage["name"] for stage in sent["stages"]] == [stage.name for stage in chain_of(given)]
    for name, stage in by_name(sent).items():
        np.testing.assert_array_equal(numbers(stage["matrix"]), stage_matrix(given, name))
        assert (stage["low"], stage["high"]) == STAGES[name].span_in(given)
        assert all(source[0] in by_name(sent) for source in stage["sources"])
        assert bool(stage["formula"]) == (name in [one.name for one in stages_of(given)])
    hidden = np.unpackbits(np.frombuffer(base64.b64decode(sent["hidden"]), np.uint8))
    np.testing.assert_array_equal(hidden[: t * t].reshape(t, t) if t > 1 else [[0]], given.mask)


def test_each_stage_has_its_words() -> None:
    assert set(WORDS) == set(STAGES)
    for stage in CHAIN:
        assert bool(WORDS[stage.name].saying) == (stage.equation is not None), stage.name
    for stage in chain_of(trace(x=True)):
        words = words_of(trace(x=True), stage)
        assert words["title"] and words["sign"] and words["shape"]


def test_each_line_of_arithmetic_has_its_name() -> None:
    assert set(_LINE_NAMES) == set(get_args(LineKind))


@pytest.mark.parametrize("at", LONG)
def test_of_a_long_text_only_the_stage_and_what_feeds_its_cell_is_sent(at: StageName) -> None:
    long = trace(40, 5)
    sent = packed(long, at, 7)
    fed = {source.matrix for source in STAGES[at].sources_in(long)}
    assert not sent["complete"]
    for name, stage in by_name(sent).items():
        assert (stage["thumbnail"] is None) == (name == "row_sums")
        assert (stage["matrix"] is not None) == (name == at or name in fed)
        if stage["matrix"] is not None:
            row = slice(None) if name == at or name in "qkv" else slice(7, 8)
            np.testing.assert_allclose(
                numbers(stage["matrix"]), stage_matrix(long, name)[row], rtol=1e-6
            )


def test_a_large_matrix_that_the_browser_holds_is_not_sent_again() -> None:
    def sent(seed: int, row: int, holds: dict[str, object]) -> dict[str, Any]:
        matrix: dict[str, Any] = by_name(packed(trace(40, seed=seed), "softmax", row, holds))[
            "softmax"
        ]["matrix"]
        return matrix

    stamp = sent(0, 0, {})["stamp"]
    again = sent(0, 1, {"softmax": stamp})
    assert again["values"] is None and again["stamp"] == stamp
    assert sent(1, 1, {"softmax": stamp})["values"]


def test_a_saved_page_of_a_long_text_holds_what_the_browser_holds_already(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Opened offline, it has no browser's memory to take a matrix from."""
    saved: list[dict[str, Any]] = []
    state = chain_state(State("saved"))
    long, names = trace(40), tuple(str(n) for n in range(40))
    stamps = {
        name: stage["matrix"]["stamp"]
        for name, stage in by_name(packed(long, "softmax", 0)).items()
        if stage["matrix"] is not None
    }
    state.holds.set(stamps)
    monkeypatch.setattr(chain, "COMPONENT", lambda **sent: saved.append(sent["data"]["chain"]))
    monkeypatch.setattr(
        chain, "save_popover", lambda key, page, table: saved.append(page().data["chain"])
    )
    columns = ("1", "2", "3")
    chain.draw_chain(chain.Chain(state, long, names, columns, source=_DRAWN, stage="softmax"))
    drawn, offline = (by_name(one)["softmax"]["matrix"] for one in saved)
    assert drawn["values"] is None, "the browser has it"
    assert offline["values"]


def test_shapes_are_said_in_letters_and_in_numbers() -> None:
    def shape(name: StageName, x: bool = True) -> str:
        return shape_text(trace(5, 4, x=x), STAGES[name])

    assert shape("scores") == "q e, k e → q k · 5 × 4, 5 × 4 → 5 × 5"
    assert shape("q") == "q d, d e → q e · 5 × 5, 5 × 4 → 5 × 4"
    assert shape("w_k") == "d e · 5 × 4"
    assert shape("q", x=False) == "q e · 5 × 4"


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
    chain._record_pick(_STATE, trace(), pick)
    assert st.session_state == {}


def test_a_cell_that_was_picked_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "session_state", {})
    chain._record_pick(_STATE, trace(), {"stage": "output", "row": 3, "column": 2, "turn": 5})
    assert _cell(trace()) == chain.Cell("output", 3, 2)
    assert _cell(trace(2, 1)).row == 1


def _cell(given: Trace) -> chain.Cell:
    names = tuple("abcdefgh")
    return chain._valid_cell(chain.Chain(_STATE, given, names, names, source=_DRAWN))


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


@pytest.mark.parametrize("stage", ("q", "k", "v", *LONG))
def test_each_stage_has_its_sentence(stage: StageName) -> None:
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
    names = [stage["name"] for stage in sent["stages"]]
    assert names[3:6] == ["scores", "bias", "scaled"]
    scaled, bias = by_name(sent)["scaled"], by_name(sent)["bias"]
    assert scaled["formula"].endswith("<mo>+</mo><mi>B</mi></mrow>") and not bias["formula"]
    assert ["bias", "row", "column"] in scaled["sources"] and not bias["sources"]
    assert (numbers(bias["matrix"]) == -1).all()
    assert "ALiBi" in words_of(biased, STAGES["scaled"])["saying"]


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
