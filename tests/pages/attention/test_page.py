"""The attention lesson without a browser: every stage, switch and example, bad cells, bad text."""

from __future__ import annotations

import re
from types import SimpleNamespace

import numpy as np
import pytest

from core.questions import TraceHeadAnswer
from core.worked.trace import attention_trace, causal_mask
from lessons.attention.examples import EXAMPLES
from lessons.exercises import load_exercises
from lessons.text import load_lesson
from pages.attention import trained_head
from pages.attention.attending import Switches, trace_of
from pages.attention.sheet.numbers import Matrices, numbers_of
from pages.attention.sheet.sheet import initial_sheet, with_tokens
from pages.attention.state import CHAIN, HEAD_CHAIN
from pages.parts.frame.escaped import escaped
from pages.parts.widgets.arithmetic import unbroken
from pages.parts.widgets.chain.sentences import attention_sentence
from tests.pages.choosing import choose, chosen

FROM_SCORES = ("scores", "scaled", "mask", "exp", "softmax", "output")
LIBRARY = SimpleNamespace(has=lambda run: True, look=lambda run: None, finished=lambda: ())


def carried(app, name: str) -> str:
    """AppTest hands a parameter back as a list once the page has written it."""
    value = app.query_params[name]
    return value if isinstance(value, str) else value[0]


def matrices_of(slug: str, tokens: tuple[str, ...]) -> Matrices:
    """An example with other tokens."""
    return numbers_of(with_tokens(initial_sheet(slug), tokens))


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
    assert chosen(app, CHAIN.stage) is None
    assert chosen(app, CHAIN.row) == 5
    assert "attention_stage" not in app.query_params


def test_every_stage_of_every_example(open_page) -> None:
    """On the bench alone, which draws the same without the rest of the lesson."""
    app = open_page("attention", attention_alone="bench")
    for example in EXAMPLES:
        app.selectbox(key="attention_example").set_value(example.slug).run()
        for stage in FROM_SCORES:
            choose(app, CHAIN.stage, stage)
            assert not app.exception, (example.slug, stage)
            assert chosen(app, CHAIN.stage) == (None if stage == "scores" else stage)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_exact_values_are_a_switch_of_the_link(open_page, language: str) -> None:
    link = {"attention_stage": "softmax", "attention_exact": "true"}
    app = open_page("attention", language, **link)
    assert not app.exception and app.toggle(key="attention_exact").value
    assert re.search(r"frac\{20\.\d{10,}\}", texts(app))


def test_a_cell_is_chosen_while_the_link_holds_switches(open_page) -> None:
    """Widgets own their names in the link; choosing a cell writes only its own."""
    link = {"attention_exact": "true", "attention_divide": "false", "attention_scores": "true"}
    app = open_page("attention", attention_row="3", **link)
    choose(app, CHAIN.stage, "softmax")
    choose(app, CHAIN.row, 2)
    choose(app, CHAIN.row, 4)
    assert not app.exception
    assert carried(app, "attention_stage") == "softmax" and "attention_row" not in app.query_params


def test_values_are_rounded_unless_asked_for(open_page) -> None:
    app = open_page("attention", attention_stage="softmax")
    assert "rounded" in texts(app)
    assert not re.search(r"\d\.\d{10,}", texts(app))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_padding_may_leave_a_query_nothing_to_see(open_page, language: str) -> None:
    link = {"attention_mask": "padding", "attention_stage": "softmax", "attention_row": "1"}
    app = open_page("attention", language, **link, attention_in_front="true")
    assert not app.exception
    assert any("**Mia**" in info.value for info in app.info)
    assert ("may look at nothing" if language == "en" else "什么也看不到") in texts(app)


def test_cross_attention_asks_the_chosen_tokens(open_page) -> None:
    app = open_page(
        "attention", attention_mask="cross", attention_askers="0.3", attention_stage="softmax"
    )
    assert not app.exception
    assert chosen(app, CHAIN.row) is None
    assert "**her** looks most at" in texts(app) and "for the 3 keys it can see" in texts(app)
    for asking, said in (([], "**Mia** does"), ([0, 1, 2, 3, 4], "**ball** does")):
        app.button_group(key="attention_askers").set_value(asking).run()
        assert not app.exception
        assert any(said in warning.value for warning in app.warning)


def test_cross_attention_of_a_single_token_asks_itself() -> None:
    state = matrices_of("sentence", ("her",))
    trace = trace_of(state, Switches("cross"))
    assert trace.weights.tolist() == [[1.0]]


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


def test_any_sentence_for_the_trained_head(open_page) -> None:
    app = open_page("attention")
    for typed in ("🙂", "", "没有这个词", "x" * 10_000):
        app.text_input(key="attention_head_text").set_value(typed).run()
        assert not app.exception, typed


def test_a_trained_head_is_shown_number_by_number(
    open_page, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stand-in answers, so that the test needs no trained run: the page must show its numbers."""
    rng = np.random.default_rng(5)
    tokens = ("Mia", "saw", "her", "…")
    q, k, v = rng.standard_normal((3, 4, 24))
    trace = attention_trace(q, k, v, causal_mask(4))
    monkeypatch.setattr(trained_head, "library", lambda: LIBRARY)
    monkeypatch.setattr(trained_head, "ask", lambda question: TraceHeadAnswer(tokens, trace, 0))
    app = open_page("attention")
    best = int(trace.weights[3].argmax())
    assert f"looks most at **{tokens[best]}**: {trace.weights[3, best]:.2f}" in texts(app)
    for stage in FROM_SCORES:
        choose(app, HEAD_CHAIN.stage, stage)
        assert not app.exception, stage
    choose(app, HEAD_CHAIN.column, 24)
    assert not app.exception and chosen(app, HEAD_CHAIN.column) == 24
    choose(app, HEAD_CHAIN.stage, "softmax")
    assert not app.exception and chosen(app, HEAD_CHAIN.column) in (None, len(tokens))


def test_a_sentence_longer_than_the_context_says_so(
    open_page, monkeypatch: pytest.MonkeyPatch
) -> None:
    trace = attention_trace(np.zeros((40, 2)), np.zeros((40, 2)), np.zeros((40, 2)))
    answer = TraceHeadAnswer(("a",) * 40, trace, 9)
    monkeypatch.setattr(trained_head, "library", lambda: LIBRARY)
    monkeypatch.setattr(trained_head, "ask", lambda question: answer)
    app = open_page("attention")
    assert not app.exception
    assert any("40 tokens at most: the last 9" in caption.value for caption in app.caption)


def test_the_switches_of_the_smaller_pictures(open_page) -> None:
    app = open_page("attention")
    app.toggle(key="attention_scores").set_value(True).run()
    assert "**her** fits **Mia** best, with a score of 6.00" in texts(app)
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


def test_the_sentence_says_what_the_weights_say() -> None:
    trace = attention_trace([[0.0], [1.0]], [[0.0], [2.0]], [[1.0], [0.0]], causal_mask(2))
    sentence = attention_sentence(("a", "b"), trace.weights, 1)
    assert "**b** looks most at **b**: 0.88" in sentence and "adds up to 1.00" in sentence
    assert "the 2 keys" in sentence


def test_a_line_never_breaks_within_a_product() -> None:
    assert (
        unbroken(r"2 \cdot 3 + (-1) \cdot 0 \approx 6") == r"{2 \cdot 3} + {(-1) \cdot 0} \approx 6"
    )
    assert unbroken(r"\frac{6}{\sqrt{4}} = 3") == r"{\frac{6}{\sqrt{4}}} = 3"


def test_markdown_in_a_token_is_taken_literally() -> None:
    assert escaped("$x$") == r"\$x\$" and escaped("<b>") == r"\<b\>"


def test_a_long_sum_shows_its_largest_terms_until_all_are_asked_for(open_page) -> None:  # type: ignore[no-untyped-def]
    app = open_page("attention", attention_head_stage="softmax")

    def row_sum() -> str:
        lines = "\n".join(element.value for element in app.markdown).splitlines()
        return next(line for line in lines if line.count("e^") == 0 and line.count(" + ") > 3)

    assert "smaller terms" in row_sum() and row_sum().count(" + ") == 4
    app.toggle(key="attention_head_terms").set_value(True).run()
    assert not app.exception
    assert "smaller terms" not in row_sum() and row_sum().count(" + ") > 10
    assert not [toggle for toggle in app.toggle if toggle.key == "attention_terms"], "a short one"
