"""A step by hand: its numbers are the cell's, a link shows the same one, what is typed is reckoned with."""

from __future__ import annotations

import base64
import json

import numpy as np
import pytest

from core.spec.families.recurrent import Cell
from core.worked.recurrent.cell import unroll
from core.worked.recurrent.cell_step import step_stages
from core.worked.recurrent.step_lines import StepLine
from lessons.lstm.small import SMALL, TOKENS
from pages.lstm.state import _read_typed, _spell_typed
from pages.lstm.step.numbers import row_names
from pages.lstm.step.words import LINE_NAMES, WORDS
from tests.pages.components import sent


def matrix(app, key: str, stage: str) -> np.ndarray:
    stages = {one["name"]: one for one in sent(app, key)["chain"]["stages"]}
    packed = stages[stage]["matrix"]
    values = np.frombuffer(base64.b64decode(packed["values"]), dtype=np.float64)
    return values.reshape(packed["shape"])


@pytest.mark.parametrize(("cell", "key"), [("lstm", "lstm_step"), ("gru", "lstm_gru")])
def test_the_browser_gets_what_the_cell_reckons(open_page, cell: Cell, key: str) -> None:
    place = {"lstm": "lstm_place", "gru": "lstm_gru_place"}[cell]
    app = open_page("lstm", **{place: "3"})
    assert not app.exception
    steps = unroll(cell, SMALL[cell], TOKENS)
    np.testing.assert_allclose(matrix(app, key, "h_before")[:, 0], steps[1].hidden)
    np.testing.assert_allclose(matrix(app, key, "hidden")[:, 0], steps[2].hidden)
    np.testing.assert_allclose(matrix(app, key, "gates")[:, 0], steps[2].gates)


def test_the_small_lstm_holds_the_thing_until_the_end() -> None:
    """What the lesson shows with it: unit 0 keeps what it notices, and drops it at the end."""
    held, counted = np.array([v.cell for v in unroll("lstm", SMALL["lstm"], TOKENS)]).T
    assert min(held[:3]) > 0.85 and abs(held[3]) < 0.1
    assert np.diff(counted, prepend=0) == pytest.approx([0.44] * 4, abs=0.02), "unit 1 counts"


def test_a_chosen_cell_is_taken_apart(open_page, texts) -> None:
    app = open_page("lstm", lstm_step_stage="cell", lstm_step_row="1", lstm_place="2")
    assert "what is kept plus what is written" in texts(app)
    assert "**New cell c · 0**" in texts(app)
    app.button_group(key="lstm_small_cell").set_value("rnn").run()
    assert not app.exception
    assert "**New cell c" not in texts(app), "an RNN has none"


def test_numbers_typed_over_are_reckoned_with_and_stay_in_the_link(open_page, texts) -> None:
    link = "x~0~0~0.5!lstm-b~0~0~no"
    app = open_page("lstm", lstm_typed=link, lstm_place="1")
    assert not app.exception
    assert matrix(app, "lstm_step", "x")[0, 0] == 0.5
    assert matrix(app, "lstm_step", "b_w")[0, 0] == SMALL["lstm"].b_w[0], "not a number: as it was"
    assert matrix(app, "lstm_gru", "x").shape == (2, 1)
    app.button(key="lstm_again_lstm").click().run()
    assert matrix(app, "lstm_step", "x")[0, 0] == TOKENS[0, 0]


@pytest.mark.parametrize("junk", ["x~0~0", "y~0~0~1", "x~0~0~1!", "lstm-w~a~0~1", "x~0~0~1~2"])
def test_a_link_with_junk_shows_the_example(open_page, junk: str) -> None:
    assert _read_typed(junk) is None
    app = open_page("lstm", lstm_typed=junk, lstm_place="1")
    assert not app.exception
    assert matrix(app, "lstm_step", "x")[0, 0] == TOKENS[0, 0]


def test_what_is_typed_is_spelled_and_read_again() -> None:
    typed = (("x", 0, 1, "-0.5"), ("gru-w", 5, 0, "1/3"))
    assert _read_typed(_spell_typed(typed)) == typed


@pytest.mark.parametrize("cell", SMALL)
def test_each_stage_and_line_has_its_words(cell: Cell) -> None:
    c = np.zeros(2) if cell == "lstm" else None
    stages = step_stages(cell, SMALL[cell], TOKENS[0], np.zeros(2), c)
    assert {stage.name for stage in stages} <= WORDS.keys()
    assert set(StepLine.__args__) == LINE_NAMES.keys()
    (rows,) = [stage.rows for stage in stages if stage.name == "w"]
    assert rows == row_names(cell)


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
def test_a_unit_of_a_trained_network_unfolds(open_page, texts, cell: str) -> None:
    app = open_page("lstm", lstm_reader=cell, lstm_unit="127", lstm_token="1", lstm_view="unit")
    assert not app.exception
    chain = sent(app, "lstm_unit_step")["chain"]
    widths = {one["name"]: one["matrix"]["shape"] for one in chain["stages"]}
    assert widths["x"] == [1, 128], "a long column lies on its side"
    assert matrix(app, "lstm_unit_step", "h_before").max() == 0, "nothing was read before"
    assert f"Network: {cell.upper()}" in texts(app)
    assert json.dumps(chain)  # no NaN


def test_a_link_to_an_impossible_unit_and_token(open_page) -> None:
    app = open_page("lstm", lstm_unit="999", lstm_token="99", lstm_view="?", lstm_step_row="77")
    assert not app.exception
    assert app.selectbox(key="lstm_token").value == 3
