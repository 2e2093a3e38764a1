"""The block lesson without a browser: both languages, every control at its ends, bad input, bets."""

from __future__ import annotations

import numpy as np
import pytest

from core.errors import LearnerError
from lessons.exercises import load_exercises
from lessons.text import load_lesson
from pages.block.layernorm import invariance_truth, read_vector
from pages.block.state import TEXT
from pages.block.stream import followed


def texts(app) -> str:
    return "\n".join(element.value for element in app.markdown)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_opens(open_page, language: str) -> None:
    app = open_page("block", language)
    assert not app.exception
    assert not app.warning
    assert len(app.header) >= 6
    assert set(load_exercises("block", language)) <= set(load_lesson("block", language).slots)


def test_there_are_enough_exercises_of_enough_kinds() -> None:
    exercises = load_exercises("block", "en").values()
    assert len(exercises) >= 6
    assert len({exercise.kind for exercise in exercises}) >= 4
    assert sum(exercise.drawn for exercise in exercises) >= 2
    for language in ("en", "zh"):
        for exercise in load_exercises("block", language).values():
            assert len(exercise.hints) == 2, exercise.id


def test_gpt2_small_has_124_million(open_page) -> None:
    app = open_page("block")
    assert "**220,000**" in texts(app)
    app.button(key="block_preset_gpt2").click().run()
    assert not app.exception
    assert "**124,439,808**" in texts(app)
    assert r"$L \cdot 3d \cdot d = 12 \cdot 2304 \cdot 768$" in texts(app)
    assert "from t = 4·d = **3,072** tokens on" in texts(app)
    app.toggle(key="block_tied").set_value(False).run()
    assert "**163,037,184**" in texts(app)
    app.button(key="block_preset_shipped").click().run()
    assert "**220,000**" in texts(app)


def test_heads_that_do_not_share_the_width_are_said(open_page) -> None:
    app = open_page("block", block_heads="12")
    assert not app.exception
    assert "cannot be shared by 12 heads" in app.warning[0].value
    assert "**220,000**" in texts(app)


def test_a_link_with_impossible_sizes(open_page) -> None:
    link = {"width": "7", "heads": "3", "layers": "999", "vocabulary": "-4", "context": "x"}
    app = open_page("block", **{f"block_{name}": value for name, value in link.items()})
    assert not app.exception


def test_layer_norm_forgets_tens_and_threes(open_page) -> None:
    app = open_page("block")
    assert "Before: mean **2.00**, deviation **1.87**. After: mean **0.00**" in texts(app)
    assert "the result would differ" not in texts(app)  # that is what the bet is about
    app.button_group(key="block_bet_invariant_answer").set_value("same").run()
    app.button(key="block_bet_invariant_check").click().run()
    assert "With 10 added to each number the result would change by 0, " in texts(app)
    app.button(key="block_times").click().run()
    app.button(key="block_plus").click().run()
    assert app.text_input(key="block_vector").value == "22, 7, 16, 19"
    assert "Before: mean **16.00**" in texts(app)
    assert "After: mean **0.00**, deviation **1.00**" in texts(app)
    assert invariance_truth() == "same"


def test_a_vector_that_is_none_gets_a_sentence(open_page) -> None:
    app = open_page("block")
    for typed in ("", "1", "a, b", "1 2 3 4 5 6 7", "1e9, 2", "🙂"):
        app.text_input(key="block_vector").set_value(typed).run()
        assert not app.exception, typed
        assert len(app.warning) == 1, typed
        app.button(key="block_plus").click().run()
        assert not app.exception, typed


def test_equal_numbers_and_chinese_commas(open_page) -> None:
    assert read_vector("1，2、1/2 √4").tolist() == [1, 2, 0.5, 2]
    with pytest.raises(LearnerError):
        read_vector("1, 2000")
    app = open_page("block")
    app.text_input(key="block_vector").set_value("3 3 3").run()
    assert "Only ε keeps the division possible" in texts(app)
    app.text_input(key="block_gamma").set_value("1 2").run()
    assert "as many as the vector has: 3" in app.warning[0].value


def test_the_bet_on_a_neuron_holds_its_answer_back(open_page) -> None:
    app = open_page("block")
    assert "Place your bet above first" in "\n".join(e.value for e in app.info)
    assert "Its value raises" not in texts(app)
    app.button_group(key="block_bet_neuron_answer").set_value("verbs").run()
    app.button(key="block_bet_neuron_check").click().run()
    assert not app.exception
    assert len(app.success) == 1
    assert "Neuron 71 of layer 1 is above 0 at" in texts(app)
    app.button(key="block_most_excited").click().run()
    assert not app.exception
    assert "Neuron 71 of layer 1 is above 0 at" not in texts(app)


def test_the_bet_on_the_stream_is_judged_by_the_shipped_model(open_page) -> None:
    """The bet names the sentence that it is about, and the picture that answers it waits."""
    app = open_page("block")
    for language in ("en", "zh"):
        assert TEXT.first in load_exercises("block", language)["bet_cosine"].question
    assert "The cosine of the last vector with the first" not in texts(app)
    app.button_group(key="block_bet_cosine_answer").set_value("low").run()
    app.button(key="block_bet_cosine_check").click().run()
    assert not app.exception
    assert len(app.success) == 1
    assert "The cosine of the last vector with the first" in texts(app)
    hint = load_exercises("block", "en")["bet_cosine"].hints[1]
    assert "more than twice as long as the vector that came in" in hint
    lengths = []
    for place in range(len(followed(0).tokens)):
        seen = followed(place)
        attention, mlp = (np.linalg.norm(one) for one in seen.added[0])
        assert mlp > 2 * np.linalg.norm(seen.embedded)
        assert attention > np.linalg.norm(seen.embedded)
        lengths.append((attention, mlp))
    assert np.mean(lengths, axis=0)[0] < np.mean(lengths, axis=0)[1]


def test_any_text_gets_a_picture_or_a_sentence(open_page) -> None:
    app = open_page("block")
    for typed, sentences in (("", 1), ("🙂", 0), ("没有这个词", 0), ("x" * 400, 0), ("$a_b$", 0)):
        app.text_input(key="block_text").set_value(typed).run()
        assert not app.exception, typed
        assert len(app.warning) == sentences, typed


def test_a_link_to_a_token_and_a_neuron_that_are_not_there(open_page) -> None:
    app = open_page("block", block_token="99", block_neuron="5000", block_neuron_layer="7")
    assert not app.exception
    assert app.selectbox(key="block_token").value == 6
