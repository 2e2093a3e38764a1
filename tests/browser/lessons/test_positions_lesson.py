"""The positions lesson in a browser: a clicked cell is taken apart, and the same by keyboard."""

from __future__ import annotations

from playwright.sync_api import Page, expect

ADDRESS = "positions?lang=en&positions_length=10&positions_width=4"


def test_a_clicked_cell_of_the_waves_is_computed(lesson: Page) -> None:
    page = lesson
    picture = page.locator(".st-key-positions_waves .clearhead-plot")
    expect(picture).to_be_visible()
    cells = picture.locator(".area")
    cells.scroll_into_view_if_needed()
    box = cells.bounding_box()
    assert box is not None
    cells.click(position={"x": box["width"] * 0.4, "y": box["height"] * 0.25})  # column 1, row 2
    lines = page.locator(".st-key-positions_wave_lines")
    expect(lines).to_contain_text("position 2, dimension 1")
    expect(lines).to_contain_text("cos(2)")


def test_a_bias_is_reached_with_the_keyboard_alone(lesson: Page) -> None:
    page = lesson
    picture = page.locator(".st-key-positions_alibi [tabindex='0']").first
    expect(picture).to_be_visible()
    lines = page.locator(".st-key-positions_alibi_lines")
    expect(lines).to_contain_text("query 5 → key 2")
    picture.focus()
    for key in ("ArrowDown", "ArrowLeft", "Enter"):
        page.keyboard.press(key)
    expect(lines).to_contain_text("query 6 → key 1")
