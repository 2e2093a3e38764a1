from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts.frame.unknown import unknown_explained

OpenPage = Callable[..., AppTest]

BOXES = [
    ("home", "home_prompt"),
    ("ngram", "ngram_context"),
    ("gpt", "gpt_prompt"),
    ("lstm", "lstm_text"),
    ("lstm", "lstm_reach_text"),
    ("attention", "attention_head_text"),
    ("heads", "heads_text"),
    ("heads", "heads_off_text"),
    ("block", "block_text"),
]
"""Every box where text is typed for a trained model."""


@pytest.fixture(autouse=True)
def _bets_are_placed(monkeypatch: pytest.MonkeyPatch) -> None:
    """One of the boxes stands behind a bet."""
    monkeypatch.setattr("pages.heads.off.bet_placed", lambda slug, exercise: True)


NAMED = "Not in the vocabulary, so counted as unknown: "


def named(app: AppTest) -> list[str]:
    return [c.value.removeprefix(NAMED) for c in app.caption if c.value.startswith(NAMED)]


@pytest.mark.parametrize(("slug", "box"), BOXES)
def test_words_that_a_model_does_not_know_are_named_under_the_box(
    open_page: OpenPage, slug: str, box: str
) -> None:
    app = open_page(slug, **{box: "Mia saw a zebra, a house and 房子 🙂 👨‍👩‍👧 x*y"})
    assert not app.exception
    (words,) = named(app)
    assert words == "zebra, house, 房子, 🙂, 👨‍👩‍👧 and 1 more"


@pytest.mark.parametrize(("slug", "box"), BOXES)
def test_nothing_is_named_where_all_is_known(open_page: OpenPage, slug: str, box: str) -> None:
    app = open_page(slug, **{box: "cat sat "})
    assert not app.exception
    assert named(app) == []
    assert "�" not in " ".join(str(part.value) for part in [*app.markdown, *app.caption])


def test_the_sign_is_explained_where_it_is_shown() -> None:
    assert unknown_explained("Bars.", ["a", "b"]) == "Bars."
    for shown in ("�", "a � b", '["\\ufffd"]'):
        assert unknown_explained("Bars.", [shown]).startswith("Bars. “�” is a word or sign")
