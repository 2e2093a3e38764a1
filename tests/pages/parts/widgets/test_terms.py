"""The cards of terms, and the picture of shapes: what they are given, on real pages."""

from __future__ import annotations

import re

import pytest

from lessons.catalogue import lessons
from lessons.explained import terms_explained
from pages.parts.widgets.shapes import score_picture
from tests.pages.components import told


def _cards(app) -> dict:
    found = [
        element
        for element in app.main
        if getattr(element.proto, "component_name", "").endswith("clearhead_terms")
    ]
    assert len(found) == 1, "one element a page listens for all terms"
    return told(found[0].proto)["terms"]


@pytest.mark.parametrize(("slug", "language"), [("home", "zh"), ("ngram", "en"), ("heads", "zh")])
def test_a_page_brings_the_cards_of_its_terms_and_of_no_others(
    open_page, slug: str, language: str
) -> None:
    cards = _cards(open_page(slug, language))
    assert set(cards) == {term.id for term in terms_explained(slug, language)}
    for card in cards.values():
        assert card["name"] and card["other"] and card["meaning"]
        assert card["href"].startswith("glossary?term=")
    assert all(
        card["taught"] is None or slug not in card["taught"]["href"] for card in cards.values()
    )


def test_the_prose_on_the_page_has_the_marks(open_page) -> None:
    said = "\n".join(part.value for part in open_page("ngram").markdown)
    for term in terms_explained("ngram", "en"):
        assert f"(glossary?term={term.id}&lang=en)" in said, term.id


def test_the_picture_of_shapes_says_each_letter_to_everybody() -> None:
    picture = score_picture()
    alternative = re.search(r'role="img" aria-label="([^"]+)"', picture)
    assert alternative is not None
    for letter in "qke":
        assert f"<dt>{letter}</dt>" in picture
        assert f"({letter})" in alternative[1]
    marked = re.findall(r'class="marked" style="background:([^"]+)"', picture)
    assert [marked.count(colour) for colour in dict.fromkeys(marked)] == [4, 4, 1]
    assert picture.count("<i") == 5 * 4 + 5 * 4 + 5 * 5


def test_every_lesson_explains_something() -> None:
    for lesson in lessons():
        assert len(terms_explained(lesson.slug, "en")) > 10
