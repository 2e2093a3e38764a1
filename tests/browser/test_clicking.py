"""Clicking into pictures: a cell gives its row and column, by mouse."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.driving import Server, open_lesson, opened_offline, settle

ADDRESS = "gpt?lang=en"


def test_a_click_on_a_count_shows_the_lines_it_was_counted_from(page: Page, server: Server) -> None:
    open_lesson(page, server, "ngram")
    picture = page.locator(".st-key-ngram_counts .js-plotly-plot")
    expect(picture).to_be_visible(timeout=30_000)
    column = page.locator(".stColumn", has=picture).last
    before = column.inner_text()
    cells = picture.locator(".nsewdrag").first
    box = cells.bounding_box()
    assert box is not None
    cells.click(position={"x": box["width"] * 0.04, "y": box["height"] * 0.96})
    settle(page)
    expect(column).not_to_have_text(before)


def test_a_picture_is_redrawn_in_place(lesson: Page) -> None:
    """The element stays the same one: no flash, no jump."""
    page = lesson
    grid = page.locator(".st-key-gpt_head_grid .js-plotly-plot")
    expect(grid).to_be_visible(timeout=30_000)
    grid.evaluate("node => { node.dataset.mark = 'same'; }")
    height = grid.bounding_box()
    page.locator(".st-key-gpt_step input[type=range]").focus()
    page.keyboard.press("Home")
    settle(page)
    assert grid.evaluate("node => node.dataset.mark") == "same"
    after = grid.bounding_box()
    assert height is not None and after is not None and after["height"] == height["height"]


def test_a_click_on_a_head_opens_it(lesson: Page) -> None:
    page = lesson
    grid = page.locator(".st-key-gpt_head_grid .js-plotly-plot .nsewdrag").first
    expect(grid).to_be_visible(timeout=30_000)
    box = grid.bounding_box()
    assert box is not None
    grid.click(position={"x": box["width"] * 0.9, "y": box["height"] * 0.2})
    settle(page)
    expect(page.get_by_text("Layer 0, head 3, at step")).to_be_visible(timeout=15_000)


def test_a_saved_picture_can_be_walked_without_a_network(lesson: Page, tmp_path: Path) -> None:
    page = lesson
    page.locator(".st-key-gpt_head_grid_table button").first.click()
    settle(page)
    button = page.locator(".st-key-gpt_head_grid_html button")
    expect(button).to_be_visible(timeout=15_000)
    with page.expect_download() as waiting:
        button.evaluate("node => node.click()")
    path = tmp_path / "picture.html"
    waiting.value.save_as(path)
    with opened_offline(page, path) as alone:
        picture = alone.locator(".clearhead-plot")
        expect(picture.locator(".nsewdrag").first).to_be_visible(timeout=30_000)
        picture.focus()
        alone.keyboard.press("ArrowDown")
        expect(alone.locator(".clearhead-plot-words")).not_to_be_empty()
