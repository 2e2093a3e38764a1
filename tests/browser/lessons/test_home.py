"""Home in a browser: the way back lands at the map, and no line lies below a scroll."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.driving import Server, open_lesson, open_page

LONG = "Anna%20lost%20a%20hat%20in%20the%20park.%20" * 20 + "The%20cards%20close%20to%20the%20tree"


def test_the_way_back_from_a_lesson_lands_at_the_map(page: Page, server: Server) -> None:
    open_lesson(page, server, "ngram", whole=False)
    page.get_by_role("link", name="Back to the course map").click()
    heading = page.get_by_role("heading", name="The course")
    expect(heading).to_be_in_viewport()
    page.mouse.wheel(0, -20_000)
    expect(page.get_by_role("heading", name="Three machines")).to_be_in_viewport()
    page.get_by_label("The beginning of a story").fill("Mia")
    page.keyboard.press("Enter")
    expect(page.get_by_text("␣Mia").first).to_be_visible()
    expect(page.get_by_role("heading", name="Three machines")).to_be_in_viewport()


def test_home_itself_begins_at_its_top(page: Page, server: Server) -> None:
    open_page(page, server)
    expect(page.get_by_role("heading", name="Three machines")).to_be_in_viewport()


def test_no_line_of_a_long_prompt_lies_below_a_scroll(page: Page, server: Server) -> None:
    open_page(page, server, f"?home_prompt={LONG}")
    scroll = page.locator(".st-key-home_looked .scroll")
    expect(scroll.locator("svg.lines")).to_be_attached()
    assert scroll.evaluate("part => part.scrollHeight <= part.clientHeight + 1")
