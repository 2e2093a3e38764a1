"""A lesson opens with its first section and draws the others as they come near; none loses its words."""

from __future__ import annotations

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from lessons.catalogue import lessons
from lessons.explained import explained_lesson
from lessons.text import Section
from pages.parts.frame.state.fragment import read_elsewhere
from pages.parts.frame.state.session import Kept

SLUGS = [lesson.slug for lesson in lessons()]


def places(app: AppTest) -> dict[str, dict[str, Any]]:
    """What the browser is told of each section, by name."""
    found = {}

    def walk(node: Any) -> None:
        for child in getattr(node, "children", {}).values():
            walk(child)
        proto = getattr(node, "proto", None)
        if getattr(proto, "component_name", "") == "clearhead_section":
            told = json.loads(proto.json)
            found[told["name"]] = told

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
    shown = markdown(app)
    headings = [header.value for header in app.header]
    for section in sections_of(slug, language):
        assert section.heading in headings
        for block in section.blocks:
            if hasattr(block, "markdown"):
                assert block.markdown in shown


@pytest.mark.parametrize("slug", SLUGS)
def test_a_lesson_opens_with_a_part_of_its_elements(open_page, slug: str) -> None:
    part, whole = open_page(slug, whole=False), open_page(slug)
    assert elements(part) < 0.7 * elements(whole)
    kept = places(part)
    first, *others = sections_of(slug)
    assert not kept[first.name]["room"]
    assert any(kept[section.name]["room"] for section in others)
    assert not any(place["room"] or place["folded"] for place in places(whole).values())


@pytest.mark.parametrize("slug", SLUGS)
def test_sections_that_go_deeper_are_folded_and_open_by_a_button(open_page, slug: str) -> None:
    app = open_page(slug, whole=False)
    for section in sections_of(slug):
        assert places(app)[section.name]["folded"] == section.deeper
        if section.deeper:
            app.button(f"fold_{slug}_{section.name}").click().run()
            assert not app.exception
            assert not places(app)[section.name]["folded"]
            app.button(f"fold_{slug}_{section.name}").click().run()
            assert places(app)[section.name]["folded"]


def test_a_link_leads_to_a_section_and_draws_it(open_page) -> None:
    app = open_page("positions", whole=False, at="longer")
    kept = places(app)
    assert kept["longer"]["land"] and not kept["longer"]["room"]
    assert not kept["waves"]["land"] and kept["waves"]["room"]
    folded = open_page("positions", whole=False, at="distance")
    assert not places(folded)["distance"]["folded"]


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
