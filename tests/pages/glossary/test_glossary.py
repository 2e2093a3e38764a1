"""The glossary: all words in both languages, found from the address, drawn with few elements."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from lessons.catalogue import pages
from lessons.terms import explained_terms
from lessons.text import load_lesson
from tests.pages.components import told


def _list(app: AppTest) -> dict:
    """What the list is given."""
    found = [
        element
        for element in app.main
        if "clearhead_words" in str(getattr(element.proto, "component_name", ""))
    ]
    assert len(found) == 1
    return told(found[0].proto)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_word_is_listed_once_with_both_names(open_page, language: str) -> None:
    app = open_page("glossary", language)
    assert not app.exception
    given = _list(app)
    entries = [entry for group in given["groups"] for entry in group["entries"]]
    assert sorted(entry["id"] for entry in entries) == sorted(t.id for t in explained_terms())
    names = {"en": ("softmax", "dot product"), "zh": ("softmax", "点积")}[language]
    assert set(names) <= {entry["name"] for entry in entries}
    other = next(entry["other"] for entry in entries if entry["id"] == "dot-product")
    assert other == {"en": "点积", "zh": "dot product"}[language]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_links_lead_to_lessons_and_their_sections(open_page, language: str) -> None:
    slugs = {page.slug for page in pages()}
    for group in _list(open_page("glossary", language))["groups"]:
        for entry in group["entries"]:
            assert all(other["href"].startswith("glossary?term=") for other in entry["see"])
            if entry["taught"]:
                slug, _mark, query = entry["taught"]["href"].partition("?")
                assert slug in slugs
                assert f"lang={language}" in query
                if "at=" in query:
                    at = query.split("at=")[1].split("&")[0]
                    assert at in {section.name for section in load_lesson(slug, "en").sections}


def test_the_address_says_what_is_searched_and_which_word_is_asked_for(open_page) -> None:
    app = open_page("glossary", term="token", glossary_search="loss")
    assert (_list(app)["term"], _list(app)["search"]) == ("token", "loss")
    assert "token" in app.query_params["term"]
    assert "loss" in app.query_params["glossary_search"]


@pytest.mark.parametrize("junk", ["", "nothing", "<b>", "🙂", "x" * 10_000, "../ngram"])
def test_an_address_that_asks_for_junk_shows_the_list(open_page, junk: str) -> None:
    app = open_page("glossary", term=junk, glossary_search=junk)
    assert not app.exception
    assert len(_list(app)["groups"]) == 5


def test_it_takes_few_elements(open_page) -> None:
    """Thirty learners open it at once: the list is one element, however many words there are."""
    app = open_page("glossary")
    assert len(list(app.main)) <= 10  # the page itself among them
