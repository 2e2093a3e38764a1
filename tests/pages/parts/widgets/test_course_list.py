"""The list of the course: what stands in it, how far the learner is, and where its links lead."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from lessons.catalogue import lessons, parts
from lessons.exercises import load_exercises
from pages.parts.frame.learner import Progress
from pages.parts.widgets.course_list import SectionLink, entries, listed
from tests.pages.components import told

SLUGS = [lesson.slug for lesson in lessons()]


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> Progress:
    """What the learner has done: a test may write into it."""
    found = Progress()
    monkeypatch.setattr(entries, "progress", lambda: found)
    return found


def test_home_comes_first_then_every_part_with_its_lessons(done: Progress) -> None:
    first, *taught, reference = listed("heads")["groups"]
    assert [entry["slug"] for entry in first["entries"]] == [""]
    assert [group["heading"][:1] for group in taught] == [str(part.number) for part, _ in parts()]
    assert [entry["slug"] for group in taught for entry in group["entries"]] == SLUGS
    assert [entry["slug"] for entry in reference["entries"]] == ["glossary"]


@pytest.mark.parametrize("here", ["home", *SLUGS])
def test_one_page_is_the_one_that_is_open(done: Progress, here: str) -> None:
    current = [e for group in listed(here)["groups"] for e in group["entries"] if e["current"]]
    assert [entry["slug"] or "home" for entry in current] == [here]


def test_rings_and_the_line_of_the_course_say_what_was_answered(done: Progress) -> None:
    of_ngram = list(load_exercises("ngram", "en"))
    done.answered = {"ngram": [*of_ngram[:2], "gone"], "heads": list(load_exercises("heads", "en"))}
    found = listed("home")
    shares = {e["slug"]: e["share"] for group in found["groups"][1:-1] for e in group["entries"]}
    assert shares["ngram"] == 2 / len(of_ngram)
    assert shares["heads"] == 1.0 and shares["gpt"] == 0.0
    total = sum(len(load_exercises(slug, "en")) for slug in SLUGS)
    answered = 2 + len(load_exercises("heads", "en"))
    assert found["progress"]["share"] == answered / total
    assert str(answered) in found["progress"]["said"] and str(total) in found["progress"]["said"]


def test_who_is_in_no_lesson_is_shown_where_to_go_on(done: Progress) -> None:
    assert listed("home")["onward"] is None
    done.last = "heads"
    onward = listed("home")["onward"]
    assert onward["slug"] == "heads" and "Many heads" in onward["title"]
    assert listed("glossary")["onward"] == onward
    assert listed("heads")["onward"] is None
    assert listed("ngram")["onward"] is None  # in its next run it is the last one itself
    done.last = "a lesson that was taken away"
    assert listed("home")["onward"] is None


def test_links_say_language_and_section_and_hold_below_a_prefix(done: Progress) -> None:
    found = listed(
        "heads", (SectionLink("mean", "A mean"), SectionLink("deep", "B", True, True, 4))
    )
    [first, second] = found["sections"]
    parsed = urlsplit(first["address"])
    assert parsed.path == "./heads" and parse_qs(parsed.query) == {"lang": ["en"], "at": ["mean"]}
    assert (first["done"], first["deeper"], first["minutes"]) == (False, False, "")
    assert (second["done"], second["deeper"]) == (True, True) and "4" in second["minutes"]
    assert found["groups"][0]["entries"][0]["address"] == "./?lang=en"


def test_a_page_of_the_course_brings_its_list(open_page) -> None:
    """One element, in the learner's language, beside the switch of the language."""
    app = open_page("heads", "zh")
    assert not app.exception
    [drawn] = [one for one in app.sidebar if one.type == "bidi_component"]
    assert told(drawn.proto)["line"] == "看得见内部的语言模型"
    assert len(app.sidebar.children) == 2
