"""The sections in the list of the course: a link scrolls, the address says so, the one in sight is marked."""

from __future__ import annotations

from playwright.sync_api import Page, expect

PAGE = "course_list?some=thing"


def test_a_section_is_reached_without_a_new_page(widget: Page) -> None:
    page = widget
    links = page.locator(".clearhead-course a.section")
    expect(links).to_have_count(3)
    before = page.evaluate("history.length")
    page.evaluate("window.stayed = true")
    links.nth(1).focus()
    page.keyboard.press("Enter")
    section = page.locator("#section-second")
    expect(section).to_be_focused()
    expect(section).to_be_in_viewport()
    expect(page.locator("#section-first h2")).not_to_be_in_viewport()
    assert page.url.endswith("?some=thing&at=second")
    assert page.evaluate("window.stayed") and page.evaluate("history.length") == before


def test_the_section_in_sight_is_marked(widget: Page) -> None:
    page = widget
    marked = page.locator(".clearhead-course a[aria-current='location']")
    expect(marked).to_have_text("✓The first, done")
    page.locator("#section-third h2").evaluate("heading => heading.scrollIntoView()")
    expect(marked).to_have_count(1)
    expect(marked).to_contain_text("The third")
    page.locator("#section-first").evaluate("section => section.scrollIntoView()")
    expect(marked).to_contain_text("The first")
