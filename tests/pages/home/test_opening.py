"""The first response says home's top as the page will show it, or says nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from core.figures.figure import Figure
from lessons.text import load_lesson
from pages.home import machines
from pages.home.opening import first_sight
from pages.parts.widgets.first_sight import THEMES, seen_first
from tests.pages.home.test_page import sent

OpenPage = Callable[..., AppTest]


def _said(query: str = "", path: str = "", language: str | None = "en") -> str:
    return first_sight(path, language, {"query_string": query.encode()})


def test_nothing_is_said_before_all_machines_have_answered(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machines, "_at_first", [])
    assert _said() == ""
    open_page("home", home_prompt="Anna lost a hat")
    assert _said() == ""
    open_page("home")
    assert len(machines.answers_at_first()) == 3 and _said() != ""


@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_says_what_the_page_says(open_page: OpenPage, language: str) -> None:
    app = open_page("home", lang=language)
    said = _said(f"lang={language}", language=language)
    title = load_lesson("home", language).title
    assert f"<h1>{title}</h1>" in said and app.title[0].value == title
    for words in (*(s.value for s in app.subheader[:3]), app.caption[0].value):
        assert words in said
    (drawn,) = re.findall(r'<script type="application/json">(.*)</script></template>', said)
    figures = json.loads(drawn)
    pictures = [
        json.loads(str(sent(app, f"home_bars_{starter.slug}")["figure"]))
        for starter, _following in machines.answers_at_first()
    ]
    assert [json.loads(figure) for figure in figures["light"]] == pictures
    assert figures["dark"] != figures["light"]


def test_an_address_that_says_more_gets_the_page_alone(open_page: OpenPage) -> None:
    open_page("home")
    assert _said("lang=zh") and _said()
    assert _said("home_prompt=Anna") == _said("lang=en&at=map") == _said("embed=true") == ""
    assert _said(path="attention") == ""


def test_who_named_no_language_is_asked_for_the_browsers(open_page: OpenPage) -> None:
    open_page("home")
    assert 'id="first_sight" data-language="zh"' in _said(language="zh")
    assert 'id="first_sight">' in _said("lang=zh", language="zh")
    assert 'data-language="en"' in _said(language=None)


def test_no_answer_ends_the_figures_early() -> None:
    sly = Figure([{"name": "</script>"}])
    said = seen_first("", {theme: [sly] for theme in THEMES}, "en", asked=True)
    assert said.count("</script>") == 2 and "\\u003c/script>" in said
