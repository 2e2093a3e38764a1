"""Sampling in a browser: a stage and a token taken apart, one draw, a hundred draws; the page hears of it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

ADDRESS = "gpt?lang=en&at=sampling&gpt_top_p=0.8"


@pytest.fixture
def widget(lesson: Page):  # type: ignore[no-untyped-def]
    found = lesson.locator(".st-key-gpt_stages .clearhead-sampling")
    found.scroll_into_view_if_needed()
    return found


def test_a_number_is_taken_apart_by_click_and_by_key(widget) -> None:  # type: ignore[no-untyped-def]
    widget.get_by_role("button", name="÷ T, softmax").click()
    widget.locator('[data-place="token-2"]').click()
    expect(widget.locator(".sum span")).to_have_count(3)
    expect(widget.locator(".sum")).to_contain_text("Over the sum of all 738 such powers")
    widget.locator('[data-place="token-2"]').press("ArrowDown")
    expect(widget.locator('[data-place="token-3"]')).to_be_focused()
    expect(widget.locator('[data-place="token-3"]')).to_have_attribute("aria-pressed", "true")
    widget.locator('[data-place="stage-temperature"]').press("ArrowRight")
    expect(widget.locator('[data-place="stage-topP"]')).to_have_attribute("aria-pressed", "true")
    expect(widget.locator(".sum")).to_contain_text("Running sum")


def test_numbers_fall_on_the_line_and_are_counted(widget, lesson: Page) -> None:  # type: ignore[no-untyped-def]
    widget.get_by_role("button", name="Start again").is_enabled()
    widget.get_by_role("button", name="Draw", exact=True).click()
    expect(widget.locator(".said")).to_contain_text(re.compile(r"u = 0\.\d{4} falls between"))
    expect(widget.locator(".mark.halo")).to_have_count(1)
    widget.get_by_role("button", name="Draw 100 times").click()
    expect(widget.locator(".dot")).to_have_count(100)
    expect(widget.locator(".tally caption")).to_contain_text("Drawn 101 times")
    counts = [int(text) for text in widget.locator(".tally .times").all_inner_texts()]
    assert sum(counts) == 101
    lesson.get_by_text("More", exact=True).locator("visible=true").first.click()
    lesson.get_by_role("button", name="Other random numbers").click()
    expect(widget.locator(".dot")).to_have_count(0)
    expect(widget.locator(".tally")).to_be_hidden()
