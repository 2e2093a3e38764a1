"""Sampling without a browser: one draw, greedy against drawn, stops, purposes, the article's model."""

from __future__ import annotations

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from core.models.decoding import Sampling
from core.questions import SamplingStages, Write
from lessons.exercises import load_exercises
from pages.gpt.drawing.draw import NUMBERS
from pages.gpt.drawing.repairs import LINES
from pages.gpt.state import LOOKED, PURPOSE_TRIED, REPAIR_NAMES, REPAIRS_CHECKED
from pages.parts.frame.ask import ask
from pages.parts.frame.services import shipped
from pages.parts.widgets.sampling_stages import Drawing, LookedAt, looked_at
from tests.pages.choosing import choose
from tests.pages.components import sent
from tests.pages.conftest import OpenPage


def texts(app: AppTest) -> str:
    kinds = (*app.markdown, *app.caption, *app.info, *app.success, *app.warning)
    return "\n".join(element.value for element in kinds)


def bet(app: AppTest, name: str, option: str) -> None:
    app.button_group(f"gpt_{name}_answer").set_value(option).run()
    app.button(f"gpt_{name}_check").click().run()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_opens_with_all_bets_placed(open_page: OpenPage, language: str) -> None:
    app = open_page("gpt", language)
    for name in ("bet_greedy", "bet_settings", "bet_both"):
        bet(app, name, load_exercises("gpt", language)[name].options[0].id)
    assert not app.exception and not app.warning
    for key in ("stages", "circles"):
        assert sent(app, f"gpt_{key}") is not None, key
    assert app.button("gpt_try_purposes") and app.button("gpt_check_repairs")


def test_the_stages_are_those_of_the_sliders(open_page: OpenPage) -> None:
    app = open_page("gpt", gpt_top_k="1", gpt_min_p="0.1", gpt_penalty="2")
    told = sent(app, "gpt_stages")
    assert told is not None
    assert told["sampling"] == {
        "temperature": 1.0,
        "topK": 1,
        "topP": 1.0,
        "minP": 0.1,
        "penalty": 2.0,
    }
    assert told["written"].count(True) == 1, "the prompt is one token"
    assert "**1** of 738 tokens can still be drawn." in texts(app)
    app = open_page("gpt", gpt_prompt="")
    assert not app.exception
    app = open_page("gpt", gpt_prompt="$x_1$ <b>🙂")
    assert not app.exception


def test_other_random_numbers_begin_from_the_first(open_page: OpenPage) -> None:
    app = open_page("gpt")
    choose(app, LOOKED, LookedAt("draw", 3, 100))
    before = sent(app, "gpt_stages")
    assert before is not None and before["at"] == {"stage": "draw", "token": 3, "drawn": 100}
    app.button("gpt_draw_again").click().run()
    after = sent(app, "gpt_stages")
    assert after is not None and after["at"]["drawn"] == 0
    assert after["arrays"]["numbers"] != before["arrays"]["numbers"]


def test_the_first_number_draws_the_first_token_of_the_text_with_its_seed(
    open_page: OpenPage,
) -> None:
    open_page("gpt")
    run, sampling = shipped("gpt").id, Sampling(1.5, top_p=0.9, penalty=1.0)
    asked = ask(SamplingStages(run, "Mia"))
    for seed in (1, 2, 3):
        numbers = np.random.default_rng(seed).random(NUMBERS)
        drawing = Drawing(asked.vocabulary, asked.logits, asked.prompt, sampling, numbers)
        first = ask(Write(run, "Mia", 1, sampling, seed)).tokens[0]
        assert drawing.fallen[0] == first.id
        assert drawing.order[0] == int(np.argmax(drawing.stages.penalised))


@pytest.mark.parametrize(
    "told", [None, {}, {"stage": "draw"}, {"stage": "x", "token": 1, "drawn": 0}]
)
def test_what_cannot_be_looked_at_is_not_heard(told: object) -> None:
    drawing = Drawing(("a", "b"), np.zeros(2), (), Sampling(), np.zeros(3))
    assert looked_at(told, drawing) is None
    for one in ({"token": 2}, {"drawn": 4}, {"token": True}):
        assert looked_at({"stage": "draw", "token": 1, "drawn": 3, **one}, drawing) is None
    assert looked_at({"stage": "draw", "token": 1, "drawn": 3}, drawing) == LookedAt("draw", 1, 3)


def test_each_text_says_what_stopped_it(open_page: OpenPage) -> None:
    app = open_page("gpt", gpt_stop_at="sentence")
    assert texts(app).count("stopped by a full stop") == 3
    app.selectbox("gpt_stop_at").set_value("text").run()
    app.text_input("gpt_stop_text").set_value(" and").run()
    assert "stopped by ` and`" in texts(app).replace("`  and ", "` and")
    app.text_input("gpt_stop_text").set_value("").run()
    assert "Type the text at which the writing is to stop." in texts(app)
    assert not app.exception
    app = open_page("gpt", gpt_stop_at="count", gpt_stop_most="10", gpt_temperature="0")
    assert "10 tokens, cut off" in texts(app)
    assert "every seed writes this" in texts(app)


def test_settings_are_judged_by_what_the_model_does(open_page: OpenPage) -> None:
    app = open_page("gpt", gpt_purpose_temperature="0")
    for name in ("bet_settings", "bet_both"):
        bet(app, name, load_exercises("gpt", "en")[name].options[0].id)
    app.button("gpt_try_purposes").click().run()
    assert "**1** of 10 stories are different" in texts(app)
    assert "leave more to chance" in texts(app)
    choose(app, PURPOSE_TRIED, (shipped("gpt").id, 0.0, 3, 1.0))
    assert "leave more to chance" not in texts(app), "other settings than those that are set now"


def test_every_line_of_the_article_has_its_verdict(open_page: OpenPage) -> None:
    assert tuple(LINES) == REPAIR_NAMES
    app = open_page("gpt", gpt_repairs="mask")
    app.button("gpt_check_repairs").click().run()
    assert "Not these:" in texts(app)
    assert "Each place sees the token" not in texts(app), "what is judged rightly is not told"
    must = tuple(name for name, line in LINES.items() if line.must)
    app = open_page("gpt", gpt_repairs=".".join(must))
    choose(app, REPAIRS_CHECKED, must)
    assert f"these {len(must)} must change" in texts(app)
    assert texts(app).count("**It may stay.**") == len(LINES) - len(must)
