"""The head view: a query is seen alone under the pointer, kept by a click, and let go by another."""

from __future__ import annotations

from playwright.sync_api import Page, expect

PAGE = "head_view"


def test_a_tokens_lines_are_seen_alone_and_kept(widget: Page) -> None:
    page = widget
    lines = page.locator(".st-key-heads").first
    token = lines.locator("g.token.query").nth(2)
    said = lines.locator(".said")
    expect(token).to_be_visible()
    idle = said.inner_text()
    token.hover()
    expect(said).not_to_have_text(idle)
    isolated = said.inner_text()
    token.click()
    expect(token).to_have_attribute("aria-pressed", "true")
    said.hover()
    expect(page.get_by_text("Kept: her")).to_be_visible()
    expect(said).to_have_text(isolated)  # it stays when the pointer leaves
    token.click()
    expect(token).to_have_attribute("aria-pressed", "false")
    expect(page.get_by_text("Kept: nothing")).to_be_visible()


def test_a_query_is_kept_with_the_keyboard_alone(widget: Page) -> None:
    page = widget
    page.locator(".st-key-heads g.token[tabindex='0']").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Kept: lost")).to_be_visible()
