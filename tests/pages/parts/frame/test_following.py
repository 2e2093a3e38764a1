"""Links of the course are followed within the visit; what is none is not."""

from __future__ import annotations

import pytest

from pages.parts.frame import following


@pytest.fixture
def gone(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, str]]]:
    """Where the visit was led."""
    found: list[tuple[str, dict[str, str]]] = []
    monkeypatch.setattr(following, "course_page", lambda page: page.slug)
    monkeypatch.setattr(
        following.st, "switch_page", lambda page, query_params: found.append((page, query_params))
    )
    return found


def test_a_page_of_the_course_is_gone_to_with_what_its_address_says(gone) -> None:
    following.follow(following.section_address("ngram", "counts"))
    following.follow(following.address("glossary", term="dot-product"))
    assert gone == [
        ("ngram", {"at": "counts", "lang": "en"}),
        ("glossary", {"term": "dot-product", "lang": "en"}),
    ]


@pytest.mark.parametrize(
    "link",
    [
        None,
        3,
        "",
        "nowhere?term=a",
        "https://example.org/ngram",
        "//example.org/ngram",
        "javascript:alert(1)",
        "ngram/../x",
        "http://[",
        "ngram?" + "a" * 1000,
        "ngram?lang=\ud800",
    ],
)
def test_whatever_else_a_browser_says_is_not_followed(gone, link: object) -> None:
    following.follow(link)
    assert gone == []


def test_what_only_a_browser_may_tell_streamlit_is_left_out(gone) -> None:
    following.follow("ngram?embed=true&Embed_Options=x&lang=en")
    assert gone == [("ngram", {"lang": "en"})]


def test_addresses_are_relative() -> None:
    assert following.address("ngram") == "ngram?lang=en"
    assert following.section_address("ngram", "") == "ngram?lang=en"
