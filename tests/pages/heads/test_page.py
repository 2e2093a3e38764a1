"""The heads lesson without a browser: both languages, every step and cut, links, bad input, the bet."""

from __future__ import annotations

import pytest
import streamlit as st

from lessons.exercises import load_exercises
from lessons.heads.adding import PROJECTIONS
from lessons.heads.small import HEADS, WIDTH
from lessons.text import load_lesson
from pages.heads import inputs as heads_inputs
from pages.heads.state import TYPED
from pages.parts.widgets.grid.cells import Edit

STEPS = ("project", "split", "attend", "concatenate", "output")


def texts(app) -> str:  # type: ignore[no-untyped-def]
    return "\n".join(element.value for element in app.markdown)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_opens(open_page, language: str) -> None:  # type: ignore[no-untyped-def]
    app = open_page("heads", language)
    assert not app.exception
    assert len(app.header) >= 6
    assert set(load_exercises("heads", language)) <= set(load_lesson("heads", language).slots)


def test_every_step_of_every_cut(open_page) -> None:  # type: ignore[no-untyped-def]
    app = open_page("heads")
    for heads in HEADS:
        app.button_group(key="heads_h").set_value(heads).run()
        for step in STEPS:
            app.button_group(key="heads_step").set_value(step).run()
            assert not app.exception, (heads, step)
        assert f"**h = {heads}** heads of width **e = {WIDTH // heads}**" in texts(app)
        for head in range(heads):
            assert f"head {head}: its numbers times its rows of W_O" in texts(app)


def test_next_and_back_walk_the_steps(open_page) -> None:  # type: ignore[no-untyped-def]
    app = open_page("heads", heads_step="project")
    assert app.button(key="heads_step_back").disabled
    for step in STEPS[1:]:
        app.button(key="heads_step_next").click().run()
        assert app.session_state["heads_step"] == step
    assert app.button(key="heads_step_next").disabled


def test_a_link_opens_what_the_sender_saw(open_page) -> None:  # type: ignore[no-untyped-def]
    link = {
        "heads_step": "output",
        "heads_h": "4",
        "heads_t": "5",
        "heads_projection": "difference",
    }
    app = open_page("heads", heads_share="0.75", **link)
    assert not app.exception
    assert "**h = 4** heads" in texts(app)
    assert "nearest two are only **0.71** apart" in texts(app)


def test_a_link_to_nothing_opens_the_beginning(open_page) -> None:  # type: ignore[no-untyped-def]
    app = open_page("heads", heads_step="?", heads_h="3", heads_t="🙂", heads_off="L9·H9,<b>")
    assert not app.exception
    assert app.session_state["heads_step"] == "split" and app.session_state["heads_h"] == 2


def test_half_and_half_is_said_to_be_blurred(open_page) -> None:  # type: ignore[no-untyped-def]
    app = open_page("heads")
    assert "**5 different**" not in texts(app) and "$ + ${" not in texts(app)
    assert any("Place your bet" in element.value for element in app.info)
    app.button_group(key="heads_blur_answer").set_value("yes").run()
    app.button(key="heads_blur_check").click().run()
    assert not app.exception
    assert "only **5 different** outputs" in texts(app)
    app.slider(key="heads_share").set_value(0.75).run()
    assert "nearest two are only **0.71** apart" in texts(app)
    assert "at least **2.00** apart" in texts(app)


def test_moving_numbers_between_the_heads_leaves_the_sum(open_page) -> None:  # type: ignore[no-untyped-def]
    app = open_page("heads")
    app.slider(key="heads_moved").set_value(0.1).run()
    for projection in PROJECTIONS:
        app.button_group(key="heads_projection").set_value(projection).run()
        assert not app.exception
        assert "**8 of 8** numbers side by side have changed, **0 of 4** of the sum" in texts(app)
        assert f"and {0 if projection == 'adds' else 4} of 4 after this W_O" in texts(app)


def test_long_sums_are_short_until_all_terms_are_asked_for(open_page) -> None:  # type: ignore[no-untyped-def]
    app = open_page("heads")

    def heads() -> list[str]:
        box = next(e.value for e in app.markdown if e.value.startswith("**output of “␣tents"))
        return [line for line in box.splitlines() if line.startswith(r"$\displaystyle")][:4]

    assert all("smaller terms" in line and line.count(" + ") == 3 for line in heads())
    app.toggle(key="heads_written_terms").set_value(True).run()
    assert not app.exception
    assert all("smaller terms" not in line and line.count(" + ") == 19 for line in heads())


def test_typed_inputs_change_the_numbers_and_bad_cells_do_not(
    open_page, monkeypatch: pytest.MonkeyPatch
) -> None:  # type: ignore[no-untyped-def]
    state = ("7 3", [["1"] * 4, ["0"] * 4, ["0"] * 4], heads_inputs.inputs(7, 3))
    monkeypatch.setattr(st, "session_state", {})
    TYPED.set(state)
    heads_inputs._edit("7 3", [Edit(1, 2, "½"), Edit(0, 0, "x")])
    assert state[1][1][2] == "½" and state[1][0][0] == "x"
    heads_inputs._edit("8 3", [Edit(0, 0, "5")])
    assert state[1][0][0] == "x"
    assert heads_inputs.checked("1/2", heads_inputs.LARGEST) == 0.5
    for bad in ("", "x", "11", "1e400"):
        with pytest.raises(heads_inputs.LearnerError):
            heads_inputs.checked(bad, heads_inputs.LARGEST)


@pytest.mark.parametrize("typed", ["", "🙂", "没有这个词", "<b>$x$", "Mia " * 70])
def test_any_sentence_for_the_trained_heads(open_page, typed: str) -> None:  # type: ignore[no-untyped-def]
    app = open_page("heads")
    app.text_input(key="heads_text").set_value(typed).run()
    assert not app.exception
    assert bool(app.warning) == (not typed)
    app.button_group(key="heads_measured").set_value("own").run()
    assert not app.exception


def test_heads_are_measured_on_stories_and_on_the_learners_sentence(open_page) -> None:  # type: ignore[no-untyped-def]
    app = open_page("heads", heads_story="5")
    assert "the known link goes back to" in texts(app)
    app.button_group(key="heads_measured").set_value("own").run()
    assert not app.exception
    assert "the known link goes back to" not in texts(app)


def test_what_is_lost_appears_after_the_bet(open_page) -> None:  # type: ignore[no-untyped-def]
    app = open_page("heads")
    assert "agreeing verbs are still right" not in texts(app)
    app.session_state["heads_silenced_bet"] = "most"
    app.run()
    assert not app.exception
    assert "Without L1·H1, **72 of 76** agreeing verbs are still right" in texts(app)
    assert any("Right." in element.value for element in app.success)
    app.button_group(key="heads_off").set_value(["L1·H0", "L1·H1"]).run()
    assert "Without L1·H0, L1·H1, **51 of 76**" in texts(app)
    app.button_group(key="heads_off").set_value([]).run()
    assert not app.exception
    assert "With all heads on, **76 of 76**" in texts(app)
    app.text_input(key="heads_off_text").set_value("x").run()
    assert not app.exception and app.warning
