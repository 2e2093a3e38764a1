"""The lesson on learning without a browser: it opens, its pictures move, and what is typed is answered."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from lessons.exercises import load_exercises, posed
from lessons.judging import judge
from pages.learning import careful
from pages.learning.careful import truth_warm
from pages.learning.curves import truth_depth
from pages.learning.landscape import truth_rate
from pages.learning.state import GRAPH_STEP, NUDGED, TABLE_STEP, TOKEN
from tests.pages.choosing import choose
from tests.pages.components import sent
from tests.pages.conftest import OpenPage


def texts(app: AppTest) -> str:
    return "\n".join(element.value for element in app.markdown)


def figure(app: AppTest, key: str) -> Any:
    drawn = sent(app, key)
    assert drawn is not None
    return json.loads(drawn["figure"])


def bet(app: AppTest, name: str, option: str) -> AppTest:
    app.button_group(f"learning_{name}_answer").set_value(option).run()
    return app.button(f"learning_{name}_check").click().run()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_opens(open_page: OpenPage, language: str) -> None:
    app = open_page("learning", language)
    assert not app.exception
    assert not app.warning
    assert sent(app, "learning_softmax") is not None
    assert sent(app, "learning_graph") is not None


@pytest.mark.parametrize(
    ("typed", "warned"),
    [
        ("1, 1", ""),
        ("ln 2", "is not a number"),
        ("1/2；−0.5，3", ""),
        ("7", "at least two"),
        ("", "at least two"),
        ("🙂", "is not a number"),
        ("小明", "is not a number"),
        ("1 " * 9, "At most 8"),
        ("50, 1", "too far from 0"),
        ("1, " * 5000, "At most 8"),
    ],
)
def test_any_logits_get_probabilities_or_a_sentence(
    open_page: OpenPage, typed: str, warned: str
) -> None:
    app = open_page("learning")
    app.text_input(key="learning_logits").set_value(typed).run()
    assert not app.exception
    assert bool(app.warning) == bool(warned)
    assert not warned or warned in app.warning[0].value


def test_a_picked_token_is_written_out_and_forgotten_tokens_are_not_asked_for(
    open_page: OpenPage,
) -> None:
    app = open_page("learning")
    choose(app, TOKEN, 3)
    assert "The probability of fish" in texts(app)
    app.text_input(key="learning_logits").set_value("0, 0").run()
    assert not app.exception
    assert "The probability of dog" in texts(app)


def test_slopes_wait_for_the_bet_and_a_step_lowers_the_loss(open_page: OpenPage) -> None:
    app = open_page("learning")
    assert sent(app, "learning_slope") is None
    bet(app, "bet_raise", "second")
    assert app.success
    choose(app, NUDGED, 0)
    assert "The logit of cat, 2.00" in texts(app)
    assert "The loss is **1.440**" in texts(app)
    app.button(key="learning_take").click().run()
    assert "The loss is **0.633**" in texts(app)
    assert app.text_input(key="learning_slope_logits").value.startswith("1.356")
    app.button(key="learning_again").click().run()
    assert "The loss is **1.440**" in texts(app)


def test_the_table_falls_onto_counting(open_page: OpenPage) -> None:
    app = open_page("learning", learning_table_rate="50")
    bet(app, "bet_where", "just_above")
    assert "After step **0**" in texts(app)
    choose(app, TABLE_STEP, 1000)
    assert not app.exception
    said = texts(app).split("which is **")[1]
    assert 0 < float(said.split("**")[0]) < 0.01


def test_too_large_steps_are_said(open_page: OpenPage) -> None:
    app = open_page("learning", learning_table_rate="200", learning_table_step="1000")
    bet(app, "bet_where", "below")
    assert "jump past their goal" in texts(app)


@pytest.mark.parametrize(
    ("typed", "warned"),
    [
        ("short", "at least 21 characters"),
        ("a" * 100, "repeats one character"),
        ("我喜欢小猫，小猫喜欢鱼，鱼喜欢水。" * 3, ""),
        ("👨‍👩‍👧 family 👨‍👩‍👧 family 👨‍👩‍👧", ""),
        ("abc" * 4000, ""),
    ],
)
def test_a_text_of_ones_own_is_learned_or_a_sentence_says_why_not(
    open_page: OpenPage, typed: str, warned: str
) -> None:
    app = open_page("learning", learning_text="own")
    bet(app, "bet_where", "below")
    app.text_area(key="learning_own").set_value(typed).run()
    assert not app.exception
    assert bool(app.warning) == bool(warned)
    assert not warned or warned in app.warning[0].value


def test_only_characters_that_something_follows_are_offered_and_all_can_be_seen(
    open_page: OpenPage,
) -> None:
    app = open_page("learning", learning_text="own")
    bet(app, "bet_where", "below")
    app.text_area(key="learning_own").set_value("ab\u00a0ab\u00a0ab ab ab ab ab ab z").run()
    offered = app.selectbox(key="learning_row").options
    assert "z" not in offered
    assert "<U+00A0>" in offered
    for one in offered:
        app.selectbox(key="learning_row").select(one).run()
        assert not app.exception


def test_the_graph_has_every_number_and_a_step_can_be_taken(open_page: OpenPage) -> None:
    app = open_page("learning", learning_graph_step="9")
    drawn = sent(app, "learning_graph")
    assert drawn is not None
    assert drawn["step"] == 9
    names = {spot["name"] for spot in drawn["spots"]}
    assert {one["node"] for one in drawn["steps"] if one["way"] == "back"} == names
    joined = next(one for one in drawn["steps"] if one["node"] == "h₁" and one["way"] == "back")
    assert "two products are added" in joined["said"]
    before = texts(app).split("The loss is **")[-1].split("**")[0]
    app.button(key="learning_graph_take").click().run()
    after = texts(app).split("The loss is **")[-1].split("**")[0]
    assert float(after) < float(before)
    app.button(key="learning_graph_again").click().run()
    assert texts(app).split("The loss is **")[-1].startswith(before)
    choose(app, GRAPH_STEP, 24)
    assert not app.exception


@pytest.mark.parametrize(
    ("box", "typed", "warned"),
    [
        ("inputs", "1", "wants 2 numbers, and has 1"),
        ("inputs", "", "wants 2 numbers, and has 0"),
        ("weights", "1 2 3", "wants 8 numbers, and has 3"),
        ("weights", "1 2 3 4 5 6 7 x", "is not a number"),
        ("weights", "1 2 3 4 5 6 7 1000", "too large for this picture"),
        ("weights", "0 0 0 0 0 0 0 0", ""),
    ],
)
def test_other_numbers_for_the_graph(
    open_page: OpenPage, box: str, typed: str, warned: str
) -> None:
    app = open_page("learning")
    app.text_input(key=f"learning_{box}").set_value(typed).run()
    assert not app.exception
    assert bool(app.warning) == bool(warned)
    assert not warned or warned in app.warning[0].value


def test_the_walk_arrives_jumps_and_flies_away(open_page: OpenPage) -> None:
    app = open_page("learning")
    bet(app, "bet_rate", truth_rate())
    assert app.success
    assert "**gradient descent, η = 4**: the weights fly away" in texts(app)
    app.select_slider(key="learning_rate_layers_sgd").set_value(0.5).run()
    assert "**gradient descent, η = 0.5**: from step 7 on" in texts(app)
    app.select_slider(key="learning_rate_layers_sgd").set_value(0.02).run()
    assert "**gradient descent, η = 0.02**: after 60 steps" in texts(app)
    app.toggle(key="learning_solid").set_value(True).run()
    assert not app.exception
    assert figure(app, "learning_hills")["data"][0]["type"] == "surface"


@pytest.mark.parametrize("land", ["layers", "table"])
def test_all_three_walk_and_nobody_may_too(open_page: OpenPage, land: str) -> None:
    app = open_page("learning", learning_landscape=land, learning_walkers="sgd.momentum.adam")
    assert not app.exception
    names = [trace["name"] for trace in figure(app, "learning_walks")["data"][1:4]]
    assert [name.split(",")[0] for name in names] == ["gradient descent", "momentum", "Adam"]
    app.button_group(key="learning_walkers").set_value([]).run()
    assert not app.exception
    assert "Nobody walks" in "".join(caption.value for caption in app.caption)


def test_what_the_deeper_sections_show_after_their_bets(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(careful, "_known", {})
    app = open_page("learning")
    bet(app, "bet_warm", truth_warm())
    bet(app, "bet_depth", truth_depth())
    bet(app, "bet_batch", "half")
    assert len(app.success) == 3
    assert "**no remedy**: the first step is **12.94** long, and then it flies away" in texts(app)
    assert "**warm-up**: the first step is" in texts(app)
    assert "nats above the lowest loss" in texts(app)
    app.toggle(key="learning_warm").set_value(False).run()
    assert "nats above the lowest loss" not in texts(app)
    bet(app, "bet_decay", "falling")
    app.button(key="learning_count_decay").click().run()
    assert not app.exception
    constant, falling = _two(texts(app))
    assert falling < constant / 2
    assert len(app.success) == 4, "the bet is decided as soon as the tables are trained"


def _two(said: str) -> tuple[float, float]:
    tail = said.split("With a constant rate the table ends **")[1]
    return float(tail.split("**")[0]), float(tail.split("falling one **")[1].split("**")[0])


def _typed(rows: Any) -> Any:
    return tuple(tuple(f"{value:g}" for value in row) for row in rows)


def test_the_drawn_slopes_are_probability_minus_truth() -> None:
    for language in ("en", "zh"):
        exercise = load_exercises("learning", language)["slopes"]
        for seed in range(40):
            asked = posed("learning", exercise, seed)
            assert np.sum(asked.answer) == pytest.approx(0, abs=1e-9)
            assert judge(asked, _typed(asked.answer)).correct
            for slip in asked.slips:
                verdict = judge(asked, _typed(slip.numbers))
                assert not verdict.correct
                assert verdict.feedback == slip.feedback


def test_each_language_polls_its_own_stories(open_page: OpenPage) -> None:
    """Whoever asks first does not decide for the other language."""
    drawn = [
        figure(bet(open_page("learning", language), "bet_batch", "half"), "learning_polls")["data"][
            0
        ]
        for language in ("en", "zh")
    ]
    assert drawn[0]["y"] != drawn[1]["y"]


def test_small_steps_are_not_called_too_large(open_page: OpenPage) -> None:
    app = open_page("learning", "zh", learning_table_rate="5", learning_table_step="1000")
    bet(app, "bet_where", "below")
    assert "步子太大" not in texts(app) and "步子很小" in texts(app)


@pytest.mark.parametrize(
    ("method", "rate", "said"),
    [
        ("momentum", 0.2, "not settled yet"),
        ("momentum", 1.0, "it diverges"),
        ("adam", 5.0, "not settled yet"),
    ],
)
def test_a_chance_landing_is_no_arrival(
    open_page: OpenPage, method: str, rate: float, said: str
) -> None:
    link = {f"learning_rate_layers_walkers_{method}": str(rate)}
    app = open_page("learning", learning_landscape="layers", learning_walkers=method, **link)
    line = next(one.value for one in app.markdown if f"η = {rate:g}**" in one.value)
    assert said in line


def test_a_step_that_leads_off_the_paper_is_not_offered(open_page: OpenPage) -> None:
    app = open_page("learning", learning_slope_logits="9.5, 10, 0", learning_came="1")
    bet(app, "bet_raise", "second")
    assert app.button(key="learning_take").disabled
    assert not app.button(key="learning_again").disabled
    app = open_page(
        "learning",
        learning_inputs="10, -10",
        learning_weights=", ".join(["9.9"] * 8),
        learning_activation="none",
        learning_graph_rate="4",
    )
    assert not app.exception
    assert not app.button(key="learning_graph_again").disabled


def test_numbers_as_at_first_are_all_of_them(open_page: OpenPage) -> None:
    app = open_page("learning", learning_activation="relu")
    app.button(key="learning_graph_again").click().run()
    assert not app.exception
    assert "learning_activation" not in app.query_params
