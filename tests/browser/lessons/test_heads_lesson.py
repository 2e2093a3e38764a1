"""The heads lesson in a browser: a number is taken apart, and a head opened from the grid."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.driving import rerun

ADDRESS = "heads?lang=en&heads_step=output"


def test_typing_into_x_changes_the_output_and_a_click_takes_it_apart(
    lesson: Page,
) -> None:
    page = lesson
    box = page.locator(".st-key-heads_arithmetic")
    expect(box).to_contain_text("“Tom”")
    before = box.inner_text()
    cell = page.locator(".st-key-heads_x input").nth(8)
    cell.fill("2.5")
    with rerun(page):
        cell.press("Enter")
    expect(box).not_to_have_text(before)
    page.locator(".st-key-heads_output [tabindex='0']").first.focus()
    for key in ("ArrowUp", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    expect(box).to_contain_text("output of “gave”, number 2")


def test_a_head_of_the_grid_opens_and_stays_in_the_link(lesson: Page) -> None:
    page = lesson
    grid = page.locator(".st-key-heads_grid [tabindex='0']").first
    expect(grid).to_be_visible()
    grid.focus()
    for key in ("ArrowUp", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    expect(page.locator(".st-key-heads_lines_0_1")).to_be_visible()
    page.wait_for_url("**heads_head=0.1*")
