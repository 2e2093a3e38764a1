"""The learner's matrices: what an edit does, what undo takes back, what a link carries."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from streamlit.testing.v1 import AppTest

from core.errors import LearnerError
from core.worked.trace import attention_trace
from lessons.attention import examples
from lessons.attention.examples import EXAMPLES
from pages.attention.sheet.editor import _healed
from pages.attention.sheet.history import MOST_STEPS, History
from pages.attention.sheet.link import LONGEST, decoded, encoded
from pages.attention.sheet.sheet import (
    MOST_TOKENS,
    MOST_WIDTH,
    PRESETS,
    Sheet,
    edited,
    initial_sheet,
    preset,
    randomised,
    read_tokens,
    with_mode,
    with_model_width,
    with_tokens,
    with_width,
)
from pages.parts.widgets.grid.cells import Edit
from tests.patience import PATIENCE

SLUGS = [example.slug for example in EXAMPLES]
texts = some.sampled_from(["1/3", "√2", "-1", "25%", "abc", "", "1e9", "０，５", "7"])
changes = some.one_of(
    some.tuples(some.just("edit"), some.integers(0, 9), some.integers(0, 9), texts),
    some.tuples(some.just("tokens"), some.integers(1, MOST_TOKENS)),
    some.tuples(some.just("width"), some.integers(1, MOST_WIDTH)),
    some.tuples(some.just("inner"), some.integers(1, MOST_WIDTH)),
    some.tuples(some.just("mode"), some.sampled_from(["qkv", "x"])),
    some.tuples(some.just("random"), some.integers(0, 99)),
    some.tuples(some.just("preset"), some.sampled_from(list(PRESETS))),
)


def changed(sheet: Sheet, change: tuple) -> Sheet:
    match change:
        case ("edit", row, column, text):
            return edited(sheet, "v" if sheet.mode == "qkv" else "w_v", [Edit(row, column, text)])
        case ("tokens", count):
            return with_tokens(sheet, tuple(f"t{place}" for place in range(count)))
        case ("width", width):
            return with_width(sheet, width)
        case ("inner", width):
            return with_model_width(sheet, width)
        case ("mode", mode):
            return with_mode(sheet, mode)
        case ("random", seed):
            return randomised(sheet, sheet.width, seed)
        case ("preset", name):
            try:
                return preset(sheet, name)
            except LearnerError:
                return sheet
    raise AssertionError(change)


@given(some.sampled_from(SLUGS), some.lists(changes, max_size=8))
def test_whatever_is_done_the_shapes_fit_and_a_link_carries_it(slug: str, steps: list) -> None:
    sheet = initial_sheet(slug)
    for step in steps:
        sheet = changed(sheet, step)
    q, k, v = sheet.qkv()
    assert q.shape == k.shape == v.shape == (len(sheet.tokens), sheet.width)
    assert np.isfinite([q, k, v]).all()
    assert len(sheet.columns) == sheet.width and len(sheet.features) == sheet.model_width
    code = encoded(sheet)
    if code is not None:
        back = decoded(code, slug)
        assert back is not None and len(code) <= LONGEST
        assert (back.tokens, back.mode, back.columns) == (sheet.tokens, sheet.mode, sheet.columns)
        assert np.allclose(back.qkv(), (q, k, v))
        assert encoded(back) == code


@given(some.lists(some.integers(), max_size=70), some.integers(0, 70))
def test_undo_and_redo_are_inverse(states: list[int], steps: int) -> None:
    history = History(0)
    for state in states:
        after = history.changed(state)
        if after is not history:
            assert after.undone().present == history.present
            assert after.undone().redone() == after
        history = after
    assert len(history.past) <= MOST_STEPS
    walked = history
    for _ in range(steps):
        walked = walked.undone()
    for _ in range(steps):
        walked = walked.redone()
    assert walked == history


def test_a_new_step_forgets_what_was_undone() -> None:
    history = History(0).changed(1).changed(2).undone().changed(3)
    assert history.future == () and history.undone().present == 1


def test_the_text_stays_as_typed_and_its_number_is_exact() -> None:
    sheet = edited(initial_sheet("sentence"), "q", [Edit(0, 0, "1/3"), Edit(0, 1, "√2")])
    assert sheet.grid("q").texts[0][:2] == ("1/3", "√2")
    assert sheet.qkv()[0][0, :2].tolist() == [1 / 3, math.sqrt(2)]


@pytest.mark.parametrize("text", ["", "abc", "101", "1e9", "-100.5"])
def test_a_bad_cell_keeps_its_last_good_number(text: str) -> None:
    sheet = edited(
        edited(initial_sheet("sentence"), "k", [Edit(1, 2, "7")]), "k", [Edit(1, 2, text)]
    )
    assert list(sheet.grid("k").bad()) == [(1, 2)]
    assert sheet.qkv()[1][1, 2] == 7.0
    back = decoded(encoded(sheet), "sentence")
    assert back is not None and back.grid("k").texts[1][2] == "7"


def test_undo_goes_back_to_the_last_valid_text_never_to_an_invalid_one() -> None:
    """Typed: 1/3, then nonsense, then nonsense again, then something in another cell, then 2."""
    steps = [(0, "1/3"), (0, "abc"), (0, "x"), (1, "5"), (0, "2")]
    history = History(initial_sheet("sentence"))
    before = history.present.grid("q").texts[0][:2]
    for column, text in steps:
        history = _healed(history).changed(edited(history.present, "q", [Edit(0, column, text)]))
    seen = []
    while True:
        seen.append(history.present.grid("q").texts[0][:2])
        if not history.past:
            break
        history = history.undone()
    assert seen == [("2", "5"), ("1/3", "5"), ("1/3", before[1]), before]


def test_an_untouched_example_needs_no_link() -> None:
    assert all(encoded(initial_sheet(slug)) is None for slug in SLUGS)


@pytest.mark.parametrize("code", [None, 5, "", "1", "2abc", "1!!!", "1AAAA", "1" + "A" * 5000, "é"])
def test_a_link_of_nonsense_is_ignored(code: object) -> None:
    assert decoded(code, "sentence") is None


@given(some.integers(0, 200), some.characters())
def test_a_damaged_link_is_ignored_or_whole(place: int, character: str) -> None:
    code = encoded(randomised(initial_sheet("sentence"), 4, 3))
    assert code is not None
    damaged = code[:place] + character + code[place + 1 :]
    sheet = decoded(damaged, "sentence")
    assert sheet is None or not any(grid.bad() for grid in sheet.grids)


@pytest.mark.parametrize("slug", SLUGS)
def test_the_other_way_to_type_gives_the_same_attention(slug: str) -> None:
    direct, projected = initial_sheet(slug), with_mode(initial_sheet(slug), "x")
    assert np.allclose(direct.qkv(), projected.qkv())
    assert np.allclose(with_mode(projected, "qkv").qkv(), direct.qkv())


@pytest.mark.parametrize("mode", ["qkv", "x"])
@pytest.mark.parametrize("count", [2, 5, 20, 32])
def test_presets_look_where_they_say(mode: str, count: int) -> None:
    tokens = tuple(f"t{place}" for place in range(count))
    sheet = with_tokens(with_mode(initial_sheet("sentence"), mode), tokens)
    weights = attention_trace(*preset(sheet, "previous").qkv()).weights
    assert (weights.argmax(axis=1)[1:] == np.arange(count - 1)).all()
    assert (attention_trace(*preset(sheet, "itself").qkv()).weights.diagonal() > 0.89).all()
    assert np.allclose(attention_trace(*preset(sheet, "uniform").qkv()).weights, 1 / count)


def test_random_numbers_follow_the_seed() -> None:
    sheet = initial_sheet("sentence")
    assert randomised(sheet, 4, 7) == randomised(sheet, 4, 7) != randomised(sheet, 4, 8)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("  a a  b ", ("a", "a", "b")),
        ("小猫坐着", ("小", "猫", "坐", "着")),
        ("小猫 坐着", ("小猫", "坐着")),
        ("🙂 hello", ("🙂", "hello")),
        ("hello", ("hello",)),
    ],
)
def test_tokens_as_typed(text: str, tokens: tuple[str, ...]) -> None:
    assert read_tokens(text) == tokens


@pytest.mark.parametrize("text", ["", "   ", "a " * 33, "猫" * 33, "x" * 13])
def test_bad_tokens_get_a_sentence(text: str) -> None:
    with pytest.raises(LearnerError):
        read_tokens(text)


def bench() -> None:
    """The smallest page with matrices."""
    from pages.attention.sheet.editor import (
        edit_matrices,
        keep_link,
        matrices,
        matrix_actions,
        reshape_matrices,
    )
    from pages.parts.frame.state import write_address

    state = matrices("sentence")
    matrix_actions(state)
    reshape_matrices(state)
    edit_matrices(state)
    keep_link("sentence")
    write_address("attention")


def opened(**link: str) -> AppTest:
    app = AppTest.from_function(bench, default_timeout=PATIENCE)
    for name, value in link.items():
        app.query_params[name] = value
    app.session_state["attention_fill"] = True
    app.run()
    assert not app.exception
    return app


def test_fill_undo_redo_and_begin_again() -> None:
    app = opened()
    assert app.button(key="attention_undo").disabled
    app.button(key="attention_preset_previous").click().run()
    assert not app.exception and "attention_matrices" in app.query_params
    app.button(key="attention_undo").click().run()
    assert app.button(key="attention_undo").disabled
    assert "attention_matrices" not in app.query_params
    app.button(key="attention_redo").click().run()
    app.button(key="attention_random").click().run()
    app.button(key="attention_again").click().run()
    assert not app.exception and "attention_matrices" not in app.query_params


def test_tokens_and_widths_are_reshaped_and_undone() -> None:
    app = opened()
    app.text_input(key="attention_tokens").set_value("我们🙂").run()
    assert not app.exception
    assert app.text_input(key="attention_tokens").value == "我 们 🙂"
    app.text_input(key="attention_tokens").set_value("a " * 40).run()
    assert any("40 tokens" in warning.value for warning in app.warning)
    app.slider(key="attention_width").set_value(1).run()
    app.button_group(key="attention_typed").set_value("x").run()
    app.slider(key="attention_model_width").set_value(8).run()
    assert not app.exception
    for _ in range(4):
        app.button(key="attention_undo").click().run()
    assert app.text_input(key="attention_tokens").value == "Mia gave Tom her ball"
    assert app.slider(key="attention_width").value == 4


def test_a_preset_that_no_width_can_hold_is_refused_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(t: int, e: int) -> None:
        raise LearnerError("Too many tokens.")

    monkeypatch.setattr(examples, "attend_itself", refuse)
    app = opened()
    app.button(key="attention_preset_itself").click().run()
    assert [warning.value for warning in app.warning] == ["Too many tokens."]
    assert app.button(key="attention_undo").disabled


def test_a_link_opens_the_matrices_it_was_made_from() -> None:
    code = encoded(with_tokens(initial_sheet("sentence"), ("x", "y")))
    assert code is not None
    app = opened(attention_matrices=code)
    assert app.text_input(key="attention_tokens").value == "x y"
    app = opened(attention_matrices="1nonsense")
    assert app.text_input(key="attention_tokens").value == "Mia gave Tom her ball"
    assert "attention_matrices" not in app.query_params
