"""What was typed and chosen comes back: after a reload, and after another lesson."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from lessons.catalogue import lessons
from lessons.exercises import load_exercises
from pages.parts.exercises.kept import fits
from pages.parts.frame import learner, services
from pages.parts.lesson.opened import WHOLE_SESSION
from tests.pages.conftest import ROOT
from tests.patience import PATIENCE

Open = Callable[[str], AppTest]


@pytest.fixture
def name() -> str:
    return secrets.token_hex(16)


@pytest.fixture
def tab(name: str) -> Open:
    """A new tab of one and the same browser on a lesson; a reload is one too."""

    def open_(slug: str) -> AppTest:
        app = AppTest.from_file(str(ROOT / "pages" / "shell.py"), default_timeout=PATIENCE)
        app._page_hash = calc_hash(slug)
        app.session_state[WHOLE_SESSION] = True
        app.session_state["learner"] = name
        return app.run()

    return open_


def said(app: AppTest) -> list[str]:
    return [element.value for element in (*app.success, *app.error, *app.warning, *app.info)]


def test_answers_bets_and_half_filled_inputs_come_back(tab: Open) -> None:
    app = tab("attention")
    app.button("attention_one_output_again").click().run()
    asked = [m.value for m in app.markdown if "A row's weights are" in m.value]
    app.text_input("attention_one_output_1_answer").set_value("9").run()
    app.button("attention_one_output_check").click().run()
    judged = [sentence for sentence in said(app) if sentence.startswith("Not yet")]
    app.text_input("attention_one_weight_answer").set_value("1/3").run()
    app.button_group("attention_wider_answer").set_value("even").run()
    app.button("attention_wider_check").click().run()
    app.button_group("attention_mask_bet_answer").set_value("same").run()
    app.radio("attention_find_mistake_answer").set_value("output").run()
    app.button("attention_in_order_down_0").click().run()
    order = list(app.session_state["attention_in_order_order"])
    cells = app.session_state["attention_fill_weights_cells"]
    cells[0][0] = "1/2"
    app.button("attention_fill_weights_hint").click().run()
    hints = len([info for info in app.info if info.icon == "💡"])

    again = tab("attention")
    assert [m.value for m in again.markdown if "A row's weights are" in m.value] == asked
    assert again.text_input("attention_one_output_1_answer").value == "9"
    assert [sentence for sentence in said(again) if sentence.startswith("Not yet")] == judged
    assert again.text_input("attention_one_weight_answer").value == "1/3"
    assert again.button_group("attention_wider_answer").value == "even"
    assert again.button_group("attention_wider_answer").disabled
    assert any(sentence.startswith("It came out otherwise") for sentence in said(again))
    assert again.button_group("attention_mask_bet_answer").value == "same"
    assert not again.button_group("attention_mask_bet_answer").disabled
    assert again.radio("attention_find_mistake_answer").value == "output"
    assert again.session_state["attention_in_order_order"] == order
    assert again.session_state["attention_fill_weights_cells"][0][0] == "1/2"
    assert len([info for info in again.info if info.icon == "💡"]) == hints == 1


def test_they_are_still_there_after_another_lesson(tab: Open) -> None:
    app = tab("attention")
    app.text_input("attention_one_weight_answer").set_value("1/3").run()
    app.button_group("attention_wider_answer").set_value("one").run()
    app.button("attention_wider_check").click().run()
    app._page_hash = calc_hash("ngram")
    app.run()
    assert app.title[0].value == "Counting: N-grams"
    app._page_hash = calc_hash("attention")
    app.run()
    assert app.text_input("attention_one_weight_answer").value == "1/3"
    assert app.button_group("attention_wider_answer").value == "one"
    assert app.button_group("attention_wider_answer").disabled


def test_what_two_tabs_answer_is_kept_of_both(tab: Open) -> None:
    one, two = tab("attention"), tab("attention")
    one.text_input("attention_one_weight_answer").set_value("1/3").run()
    two.text_input("attention_one_output_answer").set_value("2").run()
    one.text_input("attention_single_score_answer").set_value("1").run()
    again = tab("attention")
    assert again.text_input("attention_one_weight_answer").value == "1/3"
    assert again.text_input("attention_one_output_answer").value == "2"
    assert again.text_input("attention_single_score_answer").value == "1"


def test_a_tab_opened_before_takes_no_bet_and_no_answer_back(tab: Open) -> None:
    old, new = tab("ngram"), tab("ngram")
    for name, option in (("bet_order", "levels"), ("bet_far", "six")):
        new.button_group(f"ngram_{name}_answer").set_value(option).run()
        new.button(f"ngram_{name}_check").click().run()
        old.button(f"ngram_{name}_hint").click().run()
    again = tab("ngram")
    assert again.button_group("ngram_bet_order_answer").value == "levels"
    assert again.button_group("ngram_bet_order_answer").disabled
    assert any("it falls back" in markdown.value for markdown in again.markdown)


@pytest.mark.parametrize(
    "junk",
    [
        None,
        7,
        [["a"]],
        {"attempt": "x", "hints": -1, "answer": {"a": 1}, "checked": [[1]], "bet": "nobody"},
        {"attempt": True, "hints": 10**9, "answer": [None], "checked": 5, "bet": ["one"]},
    ],
)
def test_what_is_damaged_in_the_file_is_not_there(tab: Open, name: str, junk: Any) -> None:
    path = services.RUNS_FOLDER / "learners" / f"{_stem(name)}.json"
    path.parent.mkdir(exist_ok=True)
    work = {exercise: junk for exercise in load_exercises("attention", "en")}
    path.write_text(json.dumps({"work": {"attention": work}}), encoding="utf-8")
    app = tab("attention")
    assert not app.exception
    assert json.loads(path.read_text(encoding="utf-8"))["last"] == "attention", "that is the file"
    assert not app.button_group("attention_wider_answer").disabled
    assert app.text_input("attention_one_weight_answer").value in (None, "")


def test_what_cannot_be_an_answer_to_any_exercise_is_none() -> None:
    for lesson in lessons():
        for exercise in load_exercises(lesson.slug, "en").values():
            for junk in (None, 7, {}, [1], ["a", 2], [["a"], 3], "x" * 99, [["a"] * 50] * 50):
                assert not fits(exercise, junk), (lesson.slug, exercise.id, junk)


def _stem(name: str) -> str:
    return learner.hashlib.sha256(name.encode()).hexdigest()[:32]
