"""Every kind of exercise, answered as a learner does, on the attention lesson."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from lessons.exercises import load_exercises
from tests.pages.conftest import OpenPage


def said(app: AppTest) -> list[str]:
    return [element.value for element in (*app.success, *app.error, *app.warning, *app.info)]


def question(app: AppTest, words: str) -> str:
    return next(element.value for element in app.markdown if words in element.value)


def test_drawn_numbers_are_judged_and_can_be_drawn_again(open_page: OpenPage) -> None:
    app = open_page("attention")
    asked = question(app, "A row's weights are")
    first, second, a, b = map(float, re.findall(r"\d+(?:\.\d+)?", asked))
    app.text_input("attention_one_output_answer").set_value(f"{(a + b) / 2}").run()
    app.button("attention_one_output_check").click().run()
    assert any("plain average" in sentence for sentence in said(app))
    app.text_input("attention_one_output_answer").set_value(f"{first * a + second * b}").run()
    app.button("attention_one_output_check").click().run()
    assert any("always lies between" in sentence for sentence in said(app))
    questions = {asked}
    for _ in range(6):
        app.button("attention_one_output_again").click().run()
        questions.add(question(app, "A row's weights are"))
    assert len(questions) > 1
    assert not any("always lies between" in sentence for sentence in said(app))


def test_steps_are_moved_until_they_are_right(open_page: OpenPage) -> None:
    app = open_page("attention")
    right = [item.id for item in load_exercises("attention", "en")["in_order"].items]
    for place, item in enumerate(right):
        order = app.session_state["attention_in_order_order"]
        for step in range(order.index(item), place, -1):
            app.button(f"attention_in_order_up_{step}").click().run()
    assert app.session_state["attention_in_order_order"] == right
    app.button("attention_in_order_check").click().run()
    assert any("Scores first" in sentence for sentence in said(app))


def test_a_matrix_with_blanks_left_gets_a_sentence_and_a_full_one_a_verdict(
    open_page: OpenPage,
) -> None:
    app = open_page("attention")
    app.button("attention_fill_weights_check").click().run()
    assert any("Fill in every blank" in sentence for sentence in said(app))
    asked = question(app, "the exponentials of three tokens")
    numbers = [float(n) for n in re.findall(r"\d+", asked.split("pmatrix}")[1])]
    rows = [numbers[start : start + 3] for start in (0, 3, 6)]
    cells = app.session_state["attention_fill_weights_cells"]
    for row, line in enumerate(rows):
        for column in range(row + 1):
            cells[row][column] = f"{line[column]:g}/{sum(line):g}"
    app.button("attention_fill_weights_check").click().run()
    assert any("sum of its own row" in sentence for sentence in said(app))


def test_the_wrong_line_is_found(open_page: OpenPage) -> None:
    app = open_page("attention")
    app.button("attention_find_mistake_check").click().run()
    assert any("Choose the line" in sentence for sentence in said(app))
    app.radio("attention_find_mistake_answer").set_value("output").run()
    app.button("attention_find_mistake_check").click().run()
    assert any("inherits a wrong number" in sentence for sentence in said(app))
    app.radio("attention_find_mistake_answer").set_value("weights").run()
    app.button("attention_find_mistake_check").click().run()
    assert any(sentence.startswith("Right.") for sentence in said(app))


@pytest.mark.parametrize("bet, right", [("one", True), ("even", False)])
def test_a_bet_is_placed_once_and_then_the_picture_answers(
    open_page: OpenPage, bet: str, right: bool
) -> None:
    app = open_page("attention")
    assert any("Place your bet" in sentence for sentence in said(app))
    app.button_group("attention_wider_answer").set_value(bet).run()
    app.button("attention_wider_check").click().run()
    assert app.button_group("attention_wider_answer").disabled
    (verdict,) = [element.value for element in (app.success if right else app.error)]
    if not right:
        assert "It came out otherwise: **it comes close to 1**." in verdict
        assert load_exercises("attention", "en")["wider"].explanation in verdict
    assert not any("Place your bet to see" in sentence for sentence in said(app))


def test_a_bet_on_an_experiment_waits_for_its_result(open_page: OpenPage) -> None:
    app = open_page("attention")
    app.button_group("attention_mask_bet_answer").set_value("cheats").run()
    app.button("attention_mask_bet_check").click().run()
    assert any("Your bet is noted" in sentence for sentence in said(app))


def test_a_button_of_a_bet_says_what_it_does_and_promises_nothing(open_page: OpenPage) -> None:
    app = open_page("attention")
    assert app.button("attention_mask_bet_check").label == "Place the bet"
    assert (
        app.button("attention_mask_bet_check").label
        != app.button("attention_one_output_check").label
    )


def test_a_wrong_answer_speaks_of_hints_only_while_there_are_some(open_page: OpenPage) -> None:
    """And never of a picture: many an exercise has none."""
    app = open_page("attention")
    app.text_input("attention_one_output_answer").set_value("12345").run()
    app.button("attention_one_output_check").click().run()
    (before,) = [sentence for sentence in said(app) if sentence.startswith("Not yet")]
    for _ in load_exercises("attention", "en")["one_output"].hints:
        app.button("attention_one_output_hint").click().run()
    (after,) = [sentence for sentence in said(app) if sentence.startswith("Not yet")]
    assert (before, after) == ("Not yet. Try again, or take a hint.", "Not yet. Try again.")


def test_an_empty_box_is_asked_for_a_number(open_page: OpenPage) -> None:
    app = open_page("attention")
    app.button("attention_one_output_check").click().run()
    assert any(sentence.startswith("Type a number first") for sentence in said(app))
