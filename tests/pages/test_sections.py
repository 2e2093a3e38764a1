"""A lesson opens with its first section and draws the others as they come near; none loses its words."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from lessons.catalogue import lessons
from lessons.explained import explained_lesson
from lessons.pace import section_minutes
from lessons.text import Prose, Section
from pages.parts.exercises.plain_text import spoken
from pages.parts.frame.state.fragment import read_elsewhere
from pages.parts.frame.state.session import Kept
from pages.parts.lesson.opened import link_to_whole
from tests.pages.components import told

SLUGS = [lesson.slug for lesson in lessons()]


def places(app: AppTest) -> dict[str, dict[str, Any]]:
    """What the browser is told of each section, by name."""
    found = {}

    def walk(node: Any) -> None:
        for child in getattr(node, "children", {}).values():
            walk(child)
        proto = getattr(node, "proto", None)
        if getattr(proto, "component_name", "") == "clearhead_section":
            data = told(proto)
            found[data["name"]] = data

    walk(app._tree)
    return found


def elements(app: AppTest) -> int:
    def count(node: Any) -> int:
        children = getattr(node, "children", {})
        return sum(map(count, children.values())) if children else 1

    return count(app._tree)


def markdown(app: AppTest) -> str:
    return "\n\n".join(element.value for element in app.markdown)


def sections_of(slug: str, language: str = "en") -> list[Section]:
    return [section for section in explained_lesson(slug, language).sections if section.name]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("slug", SLUGS)
def test_every_word_of_the_prose_is_there_before_anything_comes_near(
    open_page, slug: str, language: str
) -> None:
    app = open_page(slug, language, whole=False)
    assert not app.exception
    kept = places(app)
    folded = [place["fold"]["words"] for place in kept.values() if place["fold"]]
    headings = [f"## {header.value}" for header in app.header]
    shown = "\n\n".join([markdown(app), *folded, *headings])
    for section in sections_of(slug, language):
        assert f"## {section.heading}" in shown
        for block in section.blocks:
            if isinstance(block, Prose):
                assert (spoken(block.markdown) if section.deeper else block.markdown) in shown


@pytest.mark.parametrize("slug", SLUGS)
def test_a_lesson_opens_with_a_part_of_its_elements(open_page, slug: str) -> None:
    part, whole = open_page(slug, whole=False), open_page(slug)
    assert elements(part) < 0.7 * elements(whole)
    kept = places(part)
    first, *others = sections_of(slug)
    assert not kept[first.name]["room"]
    assert any(kept[section.name]["room"] for section in others)
    assert not any(
        place["room"] or (place["fold"] and not place["fold"]["opened"])
        for place in places(whole).values()
    )


@pytest.mark.parametrize("slug", SLUGS)
def test_sections_that_go_deeper_are_folded_and_say_how_long_they_take(
    open_page, slug: str
) -> None:
    kept = places(open_page(slug, whole=False))
    for section in sections_of(slug):
        fold = kept[section.name]["fold"]
        assert bool(fold) == section.deeper
        if section.deeper:
            assert not fold["opened"]
            assert f"about {section_minutes(slug, section)} min" in fold["said"]


def test_a_link_leads_to_a_section_and_draws_it(open_page) -> None:
    app = open_page("positions", whole=False, at="longer")
    kept = places(app)
    assert kept["longer"]["land"] and not kept["longer"]["room"]
    assert not kept["waves"]["land"] and kept["waves"]["room"]
    folded = open_page("positions", whole=False, at="distance")
    assert places(folded)["distance"]["fold"]["opened"]


def go_to(app: AppTest, slug: str, **link: str) -> dict[str, dict[str, Any]]:
    """Go on in the same session as a link does, and what the browser is told of each section then."""
    app._page_hash = calc_hash(slug)
    app.query_params.clear()
    for name, value in {"lang": "en", **link}.items():
        app.query_params[name] = value
    assert not app.run().exception
    return places(app)


def test_each_visit_begins_where_its_address_says(open_page) -> None:
    """Also that of the lesson that was open before the glossary: its cards link to sections."""
    app = open_page("positions", whole=False, at="longer")
    assert not places(app)["longer"]["room"]
    go_to(app, "glossary")
    again = go_to(app, "positions", at="learned")
    assert again["learned"]["land"] and not again["learned"]["room"]
    assert not again["longer"]["land"] and again["longer"]["room"]
    # What the address says within a visit is only where the reader is.
    later = go_to(app, "positions", at="waves")
    assert later["learned"]["land"] and not later["waves"]["land"]


def test_the_lesson_s_last_link_draws_all_of_it_while_it_is_open(open_page) -> None:
    app = open_page("positions", whole=False)
    assert places(app)["longer"]["room"]
    whole = go_to(app, "positions", **link_to_whole())
    assert not any(place["room"] for place in whole.values())
    assert whole["distance"]["fold"]["opened"]


def test_of_a_whole_lesson_one_section_is_folded_up_alone(open_page) -> None:
    app = open_page("positions")
    app.session_state["lesson_opened"].fold("distance")
    now = places(app.run())
    assert not now["distance"]["fold"]["opened"] and now["slopes"]["fold"]["opened"]
    assert not any(place["room"] for place in now.values())


def test_what_asks_nothing_is_done_once_it_is_read(open_page) -> None:
    app = open_page("positions", whole=False)
    assert places(app)["limits"]["watched"]
    assert not places(app)["bag"]["watched"]


def test_a_choice_that_another_section_reads_redraws_the_page() -> None:
    state = Kept()
    state.readers = {"gpt_step": {"training", "links"}, "gpt_unit": {"links"}}
    state.moved = {"gpt_unit"}
    assert not read_elsewhere(state, "links")
    state.moved = {"gpt_step"}
    assert read_elsewhere(state, "links")


@pytest.mark.parametrize("slug", SLUGS)
def test_a_search_in_what_is_folded_finds_no_addresses(open_page, slug: str) -> None:
    for place in places(open_page(slug, whole=False)).values():
        assert "](" not in (place["fold"] or {"words": ""})["words"]
