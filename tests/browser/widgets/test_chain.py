"""The chain with keys alone, and with a click."""

from __future__ import annotations

from playwright.sync_api import Page, expect

PAGE = "chain"


def test_the_stages_are_walked_with_keys_alone(widget: Page) -> None:
    page = widget
    current = page.locator(".st-key-chain .card.current").first
    expect(current).to_have_attribute("data-matrix", "scores")
    current.locator("[tabindex='0']").first.focus()
    for key, stage in (("PageDown", "scaled"), ("]", "mask"), ("PageUp", "scaled")):
        page.keyboard.press(key)
        expect(current).to_have_attribute("data-matrix", stage)
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text("Chosen: scaled 0 1")).to_be_visible()
    assert page.evaluate("document.activeElement.getAttribute('aria-selected')") == "true"
    page.keyboard.press("Shift+Tab")  # the card before, whose Enter jumps there
    page.keyboard.press("Enter")
    expect(current).to_have_attribute("data-matrix", "scores")
    expect(page.get_by_text("Chosen: scores")).to_be_visible()


def test_a_cell_is_clicked(widget: Page) -> None:
    page = widget
    current = page.locator(".st-key-chain .card.current").first
    current.locator('td[data-row="2"][data-column="1"]').click()
    expect(page.get_by_text("Chosen: scores 2 1")).to_be_visible()
