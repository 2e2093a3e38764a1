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


def test_from_play_to_the_cells_it_is_a_few_tabs(widget: Page) -> None:
    """The strip of stages is one stop; its arrows lead on."""
    page = widget
    strip = page.locator(".st-key-chain .strip button")
    expect(strip.nth(4)).to_be_visible()
    assert page.locator(".st-key-chain .strip button[tabindex='0']").count() == 1
    page.locator(".st-key-chain .play").focus()
    tabs = 0
    while not page.evaluate("document.activeElement.matches('td[data-row]')"):
        page.keyboard.press("Tab")
        tabs += 1
        assert tabs <= 4
    page.locator(".st-key-chain .strip button[tabindex='0']").focus()
    page.keyboard.press("Home")
    assert strip.first.evaluate("node => node === document.activeElement")
    page.keyboard.press("ArrowRight")
    assert strip.nth(1).evaluate("node => node === document.activeElement")


def test_enter_jumps_from_every_cell(widget: Page) -> None:
    """From a given matrix to what is made from it, even where the same cell was chosen already."""
    page = widget
    card = page.locator(".st-key-chain .card.current").first
    expect(card).to_have_attribute("data-matrix", "scores")
    for name in ("q", "k"):
        page.locator(f".st-key-chain .card[data-matrix='{name}'] [tabindex='0']").first.focus()
        page.keyboard.press("Enter")
        expect(card.locator("td:focus")).to_have_count(1)


def test_tokens_and_numbers_are_not_translated(widget: Page) -> None:
    for part in ("strip", "cards", "readout"):
        expect(widget.locator(f".st-key-chain .{part}")).to_have_attribute("translate", "no")
