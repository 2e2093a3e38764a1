"""The positions lesson without a browser: bets, every control at its ends, bad input, links."""

from __future__ import annotations

import numpy as np
import pytest

from core.errors import LearnerError
from lessons.exercises import load_exercises
from lessons.text import load_lesson
from pages.positions.shuffle import new_order, truth_shuffle, words_of


def texts(app) -> str:
    return "\n".join(element.value for element in app.markdown)


def bet(app, name: str, option: str):
    app.button_group(key=f"positions_{name}_answer").set_value(option).run()
    return app.button(key=f"positions_{name}_check").click().run()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_opens(open_page, language: str) -> None:
    app = open_page("positions", language)
    assert not app.exception
    assert not app.warning
    assert len(app.header) >= 6
    assert set(load_exercises("positions", language)) <= set(
        load_lesson("positions", language).slots
    )


def test_the_shuffled_sentence_appears_after_the_bet(open_page) -> None:
    app = open_page("positions")
    assert "only the rows have moved" not in texts(app)
    bet(app, "bet_shuffle", "all")
    assert not app.exception
    assert truth_shuffle() == "same"
    assert "largest change of any number is **0.00**" in texts(app)
    app.toggle(key="positions_causal").set_value(True).run()
    assert "it was token 4 and is now token 0" in texts(app)
    app.button_group(key="positions_order").set_value("swap").run()
    assert "3 of 5 rows stayed the same" in texts(app)
    app.toggle(key="positions_added").set_value(True).run()
    assert "With positions the order counts" in texts(app)
    app.button_group(key="positions_order").set_value("shuffle").run()
    app.button(key="positions_again").click().run()
    assert not app.exception


def test_any_sentence_gets_a_picture_or_a_sentence(open_page) -> None:
    app = bet(open_page("positions"), "bet_shuffle", "same")
    for typed, sentences in (("one", 1), ("🙂 🙂", 0), ("$a_b$ `<b>` *c*", 0)):
        app.text_input(key="positions_text").set_value(typed).run()
        assert not app.exception, typed
        assert len(app.warning) == sentences, typed


def test_words_and_orders() -> None:
    assert words_of("狗咬人") == ("狗", "咬", "人")
    assert len(words_of("a " * 40)) == 10
    with pytest.raises(LearnerError):
        words_of("alone")
    for seed in range(20):
        assert new_order("shuffle", 2, seed) == (1, 0)
        assert sorted(new_order("shuffle", 5, seed)) == list(range(5))


def test_the_table_at_both_ends_and_its_misprints(open_page) -> None:
    app = open_page("positions")
    assert r"$\frac{2i}{d} = {\frac{2 \cdot 3}{32}} = 0.1875$" in texts(app)
    app.slider(key="positions_length").set_value(2).run()
    app.slider(key="positions_width").set_value(4).run()
    assert not app.exception
    assert app.number_input(key="positions_t").value == 1
    assert app.number_input(key="positions_column").value == 3
    for formula in ("head", "sine"):
        app.button_group(key="positions_formula").set_value(formula).run()
        assert not app.exception
    app.slider(key="positions_length").set_value(128).run()
    app.slider(key="positions_width").set_value(128).run()
    assert not app.exception
    assert "64 of 128 are copies" in texts(app)


def test_both_moved_together_keep_their_score(open_page) -> None:
    app = open_page("positions", positions_m="60", positions_n="57", positions_rotary_pair="0")

    def said() -> str:
        return next(line for line in texts(app).splitlines() if "Distance m − n" in line)

    before = said()
    assert "it varies by **0.00**" in before
    for _ in range(4):
        app.button(key="positions_both_on").click().run()
    assert app.slider(key="positions_m").value == 64
    assert app.button(key="positions_both_on").disabled
    assert said() == before
    app.slider(key="positions_n").set_value(0).run()
    assert said() != before
    app.slider(key="positions_m").set_value(0).run()
    assert app.button(key="positions_both_back").disabled
    assert not app.exception


def test_every_slider_of_the_distance_at_its_ends(open_page) -> None:
    app = open_page("positions")
    for key in ("start", "from", "by", "pair"):
        slider = app.slider(key=f"positions_{key}")
        for end in (slider.min, slider.max):
            app.slider(key=f"positions_{key}").set_value(end).run()
            assert not app.exception
    assert "differ by at most **0.00**" in texts(app)
    app.button_group(key="positions_table").set_value("sine").run()
    assert "the curve depends on where it starts" in texts(app)
    app.button_group(key="positions_vectors").set_value("given").run()
    assert "The highest is" in texts(app)


def test_heads_with_and_without_bias(open_page) -> None:
    app = open_page("positions", positions_heads="8", positions_head_number="7")
    assert "Head 7 of 8 has the slope 0.003906" in texts(app)
    app.button_group(key="positions_heads").set_value(1).run()
    assert "Head 0 of 1 has the slope 0.003906" in texts(app)
    for view in ("with", "without"):
        app.button_group(key="positions_alibi_view").set_value(view).run()
        assert not app.exception
    app.selectbox(key="positions_key").set_value(9).run()
    assert any("its score is −∞" in caption.value for caption in app.caption)
    app.slider(key="positions_alibi_length").set_value(2).run()
    assert not app.exception


def test_the_learned_table_appears_after_the_bet(open_page, monkeypatch) -> None:
    from pages.positions import learned as positions_learned

    table = np.random.default_rng(0).normal(size=(64, 80))
    monkeypatch.setattr(positions_learned, "ask", lambda question: table)
    app = open_page("positions")
    assert "Nobody told this model" not in texts(app)
    bet(app, "bet_learned", "opposite")
    assert not app.exception
    assert "Nobody told this model" in texts(app)
    app.button_group(key="positions_view").set_value("table").run()
    assert "No waves here" in texts(app)


def test_an_impossible_link_falls_back(open_page) -> None:
    app = open_page(
        "positions",
        positions_formula="?",
        positions_t="999",
        positions_column="-4",
        positions_length="9999",
        positions_query="77",
        positions_heads="3",
    )
    assert not app.exception
