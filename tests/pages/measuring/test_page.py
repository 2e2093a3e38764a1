"""The lesson on measuring without a browser: it opens, what is typed is answered, bets hold their answers."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from pages.measuring.sentence import truth_dear
from pages.measuring.state import TOKEN
from tests.pages.choosing import choose
from tests.pages.components import sent
from tests.pages.conftest import OpenPage


def texts(app: AppTest) -> str:
    return "\n".join(element.value for element in app.markdown)


def bet(app: AppTest, name: str, option: str) -> AppTest:
    app.button_group(f"measuring_{name}_answer").set_value(option).run()
    return app.button(f"measuring_{name}_check").click().run()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_opens(open_page: OpenPage, language: str) -> None:
    app = open_page("measuring", language)
    assert not app.exception
    assert not app.warning
    assert sent(app, "measuring_curve") is not None


@pytest.mark.parametrize(
    ("chance", "said"),
    [("0.25", "**1.39** nats, or **2.00** bits"), ("1.0", "**0.00** nats"), ("0.0", "infinitely")],
)
def test_the_price_of_a_token(open_page: OpenPage, chance: str, said: str) -> None:
    app = open_page("measuring", measuring_chance=chance)
    assert not app.exception
    assert said in texts(app)


@pytest.mark.parametrize(
    ("typed", "said", "warned"),
    [
        ("1/2, 1/4, 1/2, 1/8", "1.213", ""),
        ("50%；25%", "1.04", ""),
        ("0.5 0", r"\infty", ""),
        ("2, 0.5", "", "2 is no probability"),
        ("🙂", "", "is not a number"),
        ("", "", "Type the probability"),
        ("0.5 " * 40, "", "At most 12"),
    ],
)
def test_any_four_numbers_get_arithmetic_or_a_sentence(
    open_page: OpenPage, typed: str, said: str, warned: str
) -> None:
    app = open_page("measuring")
    app.text_input(key="measuring_four").set_value(typed).run()
    assert not app.exception
    assert said in texts(app)
    assert bool(app.warning) == bool(warned)
    assert not warned or warned in app.warning[0].value


def test_a_sentence_is_coloured_after_the_bet_and_a_token_taken_apart(open_page: OpenPage) -> None:
    app = open_page("measuring")
    assert sent(app, "measuring_shaded") is None
    bet(app, "bet_dear", truth_dear() or "")
    assert not app.exception
    assert app.success
    drawn = sent(app, "measuring_shaded")
    assert drawn is not None
    numbers = [
        float(number) for _shown, share, number, *_more in drawn["tokens"] if share is not None
    ]
    assert drawn["tokens"][0][1] is None, "the first token is given"
    assert numbers[drawn["chosen"] - 1] == max(numbers), "at first the dearest one is taken apart"
    choose(app, TOKEN, 3)
    assert f"`{drawn['tokens'][3][0]}`" in texts(app)
    app.text_input(key="measuring_text").set_value("🙂").run()
    assert not app.exception
    assert app.warning


@pytest.mark.parametrize("family", ["ngram", "recurrent", "gpt"])
def test_each_model_reads_it(open_page: OpenPage, family: str) -> None:
    app = bet(open_page("measuring", measuring_model=family), "bet_dear", "ball")
    assert not app.exception
    assert "The mean of these" in texts(app)


def test_what_is_counted_is_shown_after_each_bet(open_page: OpenPage) -> None:
    app = open_page("measuring")
    for name, option, key in (
        ("bet_random", "always", "measuring_random"),
        ("bet_leak", "one", "measuring_leak"),
        ("bet_calibration", "most", "measuring_calibration"),
        ("bet_doubt", "undecided", "measuring_doubt"),
    ):
        assert sent(app, key) is None
        bet(app, name, option)
        assert not app.exception
        assert sent(app, key) is not None, name
    assert len(app.success) == 4
    bet(app, "bet_vocabulary", "falls")
    app.button(key="measuring_count_cuts").click().run()
    assert not app.exception
    assert sent(app, "measuring_units") is not None
