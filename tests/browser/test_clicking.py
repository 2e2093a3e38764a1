"""Clicking into pictures of lessons: what was counted there, the head that stands there."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.driving import Server, open_lesson

ADDRESS = "gpt?lang=en&gpt_step=276"


def test_a_click_on_a_count_shows_the_lines_it_was_counted_from(page: Page, server: Server) -> None:
    open_lesson(page, server, "ngram", whole=False)
    picture = page.locator(".st-key-ngram_counts .clearhead-plot")
    expect(picture).to_be_visible()
    column = page.locator(".stColumn", has=picture).last
    before = column.inner_text()
    cells = picture.locator(".area")
    box = cells.bounding_box()
    assert box is not None
    cells.click(position={"x": box["width"] * 0.04, "y": box["height"] * 0.96})
    expect(column).not_to_have_text(before)


def test_a_click_on_a_head_opens_it(lesson: Page) -> None:
    page = lesson
    page.locator(".st-key-gpt_head_grid").first.scroll_into_view_if_needed()
    grid = page.locator(".st-key-gpt_head_grid .js-plotly-plot .nsewdrag").first
    expect(grid).to_be_visible()
    box = grid.bounding_box()
    assert box is not None
    grid.click(position={"x": box["width"] * 0.9, "y": box["height"] * 0.2})
    expect(page.get_by_text("Layer 0, head 3, at step")).to_be_visible()
