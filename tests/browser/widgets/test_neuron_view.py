"""The neuron view: the products of one query and one key add up to their score."""

from __future__ import annotations

from playwright.sync_api import Page, expect

PAGE = "neuron_view"


def test_a_query_is_clicked_and_a_key_reached_with_the_keyboard(widget: Page) -> None:
    page = widget
    view = page.locator(".clearhead-neurons")
    expect(page.get_by_text("Pair: ball asks Mia")).to_be_visible()
    expect(view.locator(".sum")).to_contain_text("2.00")
    view.locator("[data-place='query-1']").click()
    expect(page.get_by_text("Pair: lost asks Mia")).to_be_visible()
    expect(view.locator(".sum")).to_contain_text("3.00")
    view.locator("[data-place='key-0']").focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_text("Pair: lost asks lost")).to_be_visible()
    expect(view.locator(".sum")).to_contain_text("0.00")
    expect(view.locator("[data-place='key-1']")).to_be_focused()
