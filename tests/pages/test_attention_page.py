"""The attention lesson without a browser: every stage, switch and example, bad cells, bad text."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from core.errors import LearnerError
from core.inspection.trace import attention_trace, causal_mask
from core.runs.questions import TraceHeadAnswer
from lessons.attention.examples import EXAMPLES
from lessons.exercises import load_exercises
from lessons.text import load_lesson
from pages.parts import trained_head
from pages.parts.matrices import read_grid, read_tokens
from pages.parts.stages import STAGES, _unbroken, attention_sentence, escaped, stage_values


def carried(app, name: str) -> str:
    """AppTest hands a parameter back as a list once the page has written it."""
    value = app.query_params[name]
    return value if isinstance(value, str) else value[0]


def texts(app) -> str:
    return "\n".join(element.value for element in app.markdown)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_opens(open_page, language: str) -> None:
    app = open_page("attention", language)
    assert not app.exception
    assert len(app.header) >= 6
    known = set(load_exercises("attention", language))
    assert known <= set(load_lesson("attention", language).slots)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_link_opens_example_stage_mask_and_cell(open_page, language: str) -> None:
    link = {
        "attention_example": "previous",
        "attention_stage": "softmax",
        "attention_mask": "none",
        "attention_row": "3",
        "attention_column": "2",
    }
    app = open_page("attention", language, **link)
    assert not app.exception
    assert "**a → saw**" in texts(app)
    assert {name: carried(app, name) for name in link} == link


def test_a_link_to_nothing_opens_the_beginning(open_page) -> None:
    app = open_page("attention", attention_stage="?", attention_row="99", attention_mask="🙂")
    assert not app.exception
    assert app.session_state["attention_stage"] == "scores"
    assert app.session_state["attention_row"] == 4
    assert "attention_stage" not in app.query_params


def test_every_stage_of_every_example(open_page) -> None:
    app = open_page("attention")
    for example in EXAMPLES:
        app.selectbox(key="attention_example").set_value(example.slug).run()
        for stage in STAGES:
            app.button_group(key="attention_stage").set_value(stage).run()
            assert not app.exception, (example.slug, stage)
            assert app.selectbox(key="attention_row").value in range(1, 1 + len(example.tokens))


def test_next_and_back_walk_the_stages(open_page) -> None:
    app = open_page("attention", attention_stage="scores")
    assert app.button(key="attention_stage_back").disabled
    for stage in STAGES[1:]:
        app.button(key="attention_stage_next").click().run()
        assert app.session_state["attention_stage"] == stage
    assert app.button(key="attention_stage_next").disabled


def test_an_example_that_needs_no_mask_begins_without_one(open_page) -> None:
    app = open_page("attention")
    app.selectbox(key="attention_example").set_value("two_tokens").run()
    assert app.session_state["attention_mask"] == "none"


def test_without_the_division_attention_is_sharper(open_page) -> None:
    app = open_page("attention", attention_stage="softmax")
    assert "**her** looks most at **Mia**: 0.90" in texts(app)
    app.toggle(key="attention_divide").set_value(False).run()
    assert not app.exception
    assert "**her** looks most at **Mia**: 0.99" in texts(app)


def test_other_tokens_and_widths(open_page) -> None:
    app = open_page("attention", attention_stage="output")
    app.text_input(key="attention_tokens_0").set_value("我 们 🙂 <b> $x$ `y`").run()
    assert not app.exception and not app.warning
    app.slider(key="attention_width_1").set_value(1).run()
    assert not app.exception
    app.button(key="attention_again").click().run()
    assert not app.exception
    assert app.text_input(key="attention_tokens_3").value == "Mia gave Tom her ball"


@pytest.mark.parametrize("typed", ["", "   ", "a b c d e f g", "x" * 200])
def test_bad_tokens_get_a_sentence(open_page, typed: str) -> None:
    app = open_page("attention")
    app.text_input(key="attention_tokens_0").set_value(typed).run()
    assert not app.exception
    assert len(app.warning) == 1


@pytest.mark.parametrize("typed", ["", "🙂", "没有这个词", "x" * 10_000])
def test_any_sentence_for_the_trained_head(open_page, typed: str) -> None:
    app = open_page("attention")
    app.text_input(key="attention_head_text").set_value(typed).run()
    assert not app.exception


def test_a_trained_head_is_shown_number_by_number(
    open_page, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stand-in answers, so that the test needs no trained run: the page must show its numbers."""
    rng = np.random.default_rng(5)
    tokens = ("Mia", "saw", "her", "…")
    q, k, v = rng.standard_normal((3, 4, 24))
    trace = attention_trace(q, k, v, causal_mask(4))
    monkeypatch.setattr(trained_head, "library", lambda: SimpleNamespace(find=lambda run: object()))
    monkeypatch.setattr(trained_head, "ask", lambda question: TraceHeadAnswer(tokens, trace, 0))
    app = open_page("attention")
    best = int(trace.weights[3].argmax())
    assert f"looks most at **{tokens[best]}**: {trace.weights[3, best]:.2f}" in texts(app)
    for stage in STAGES:
        app.button_group(key="attention_head_stage").set_value(stage).run()
        assert not app.exception, stage
    app.selectbox(key="attention_head_column").set_value(24).run()
    assert not app.exception
    app.button_group(key="attention_head_stage").set_value("softmax").run()
    assert not app.exception and app.selectbox(key="attention_head_column").value <= len(tokens)


def test_a_sentence_too_long_to_show_says_so(open_page, monkeypatch: pytest.MonkeyPatch) -> None:
    trace = attention_trace(np.zeros((21, 2)), np.zeros((21, 2)), np.zeros((21, 2)))
    answer = TraceHeadAnswer(("a",) * 21, trace, 9)
    monkeypatch.setattr(trained_head, "library", lambda: SimpleNamespace(find=lambda run: object()))
    monkeypatch.setattr(trained_head, "ask", lambda question: answer)
    app = open_page("attention")
    assert not app.exception
    assert any("These are 30 tokens" in warning.value for warning in app.warning)


def test_the_switches_of_the_smaller_pictures(open_page) -> None:
    app = open_page("attention")
    app.toggle(key="attention_scores").set_value(True).run()
    assert "**her** fits **Mia** best, with a score of 6.00" in texts(app)
    app.toggle(key="attention_widths_divide").set_value(False).run()
    assert "Not divided" in texts(app)
    for way in ("minus_infinity", "weight_zero"):
        app.button_group(key="attention_way").set_value(way).run()
        assert not app.exception
    assert "add up to only" in texts(app)
    for slug in ("four_scores", "two_heads"):
        app.button_group(key="attention_printed").set_value(slug).run()
        assert not app.exception
    assert "4 + 4 numbers are 8" in texts(app)


def test_the_bet_is_judged_by_the_matrices(open_page) -> None:
    app = open_page("attention")
    app.button_group(key="attention_her_looks_answer").set_value("Tom").run()
    app.button(key="attention_her_looks_check").click().run()
    assert "distance plays no part" in app.error[0].value
    app.button_group(key="attention_her_looks_answer").set_value("Mia").run()
    app.button(key="attention_her_looks_check").click().run()
    assert not app.exception and app.success


@pytest.mark.parametrize(
    ("cell", "expected"), [("1", 1.0), ("−2", -2.0), ("1/4", 0.25), (" 0,5 ", 0.5), ("50%", 0.5)]
)
def test_cells_as_people_type_them(cell: str, expected: float) -> None:
    assert read_grid("Q", ("a",), [[cell]])[0, 0] == expected


@pytest.mark.parametrize("cell", ["", None, float("nan"), "abc", "🙂", "1e9", "inf", "9" * 50])
def test_a_bad_cell_is_named(cell: object) -> None:
    with pytest.raises(LearnerError, match="In Q, row “b”, number 2"):
        read_grid("Q", ("a", "b"), [["1", "2"], ["3", cell]])


def test_tokens_may_repeat() -> None:
    assert read_tokens("  a a  b ") == ("a", "a", "b")


def test_the_sentence_says_what_the_weights_say() -> None:
    trace = attention_trace([[0.0], [1.0]], [[0.0], [2.0]], [[1.0], [0.0]], causal_mask(2))
    sentence = attention_sentence(("a", "b"), trace.weights, 1)
    assert "**b** looks most at **b**: 0.88" in sentence and "adds up to 1.00" in sentence
    assert "the 2 keys" in sentence


def test_the_output_has_its_own_shape() -> None:
    trace = attention_trace([[1.0, 0.0]], [[1.0, 0.0]], [[3.0, 4.0]])
    values, scale = stage_values(trace, "output")
    assert values.tolist() == [[3.0, 4.0]] and scale == "diverging"
    assert stage_values(trace, "softmax")[1] == "attention"


def test_a_line_never_breaks_within_a_product() -> None:
    assert (
        _unbroken(r"2 \cdot 3 + (-1) \cdot 0 \approx 6")
        == r"{2 \cdot 3} + {(-1) \cdot 0} \approx 6"
    )
    assert _unbroken(r"\frac{6}{\sqrt{4}} = 3") == r"{\frac{6}{\sqrt{4}}} = 3"


def test_markdown_in_a_token_is_taken_literally() -> None:
    assert escaped("$x$") == r"\$x\$" and escaped("<b>") == r"\<b\>"
