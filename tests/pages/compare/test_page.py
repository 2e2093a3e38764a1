"""The lesson "Compare" without a browser: it opens, its picture answers, its exercises can be solved."""

from __future__ import annotations

import pytest

from core.errors import LearnerError
from pages.compare.shares import shares


@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_opens(open_page, language: str) -> None:
    app = open_page("compare", language)
    assert not app.exception
    assert not app.warning
    assert len(app.header) == 6


@pytest.mark.parametrize(("typed", "warnings"), [("a a b", 0), ("🙂 <b> $x$", 0), ("  ", 1)])
def test_any_sentence_gets_a_picture_or_a_sentence(open_page, typed: str, warnings: int) -> None:
    app = open_page("compare", compare_sentence=typed)
    assert not app.exception
    assert len(app.warning) == warnings


def test_shares_add_up_and_the_commonest_is_first() -> None:
    assert shares("a b a c") == [("a", 0.5), ("b", 0.25), ("c", 0.25)]
    with pytest.raises(LearnerError):
        shares(" ")


def test_the_exercises_tell_right_from_wrong(open_page) -> None:
    app = open_page("compare")
    app.button_group(key="compare_which_most_answer").set_value("the").run()
    app.button(key="compare_which_most_check").click().run()
    assert app.success
    app.text_input(key="compare_share_of_the_answer").set_value("1/2").run()
    app.button(key="compare_share_of_the_check").click().run()
    assert "different" in app.error[0].value
