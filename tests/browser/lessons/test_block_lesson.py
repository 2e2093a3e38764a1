"""The block lesson in a browser: a number clicked, a vector stretched; a bet, and then the answer."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.driving import rerun

ADDRESS = "block?lang=en"


def test_a_clicked_column_shows_its_arithmetic_and_a_stretch_changes_nothing(
    lesson: Page,
) -> None:
    page = lesson
    shown = page.locator(".st-key-block_layernorm_arithmetic")
    shown.scroll_into_view_if_needed()
    expect(shown.locator("strong")).to_have_text("x₁")
    cells = page.locator(".st-key-block_steps .clearhead-plot .area").first
    expect(cells).to_be_visible()
    box = cells.bounding_box()
    assert box is not None
    with rerun(page):
        cells.click(position={"x": box["width"] * 3 / 8, "y": box["height"] / 8})
    expect(shown.locator("strong")).to_have_text("x₂")
    after = page.locator("p", has_text="After: mean").first
    with rerun(page):
        page.get_by_role("button", name="× 3").click()
    expect(after).to_contain_text("Before: mean 6.00, deviation 5.61. After: mean 0.00")
    expect(after).to_contain_text("deviation 1.00")


def test_a_neurons_value_is_seen_after_the_bet(lesson: Page) -> None:
    page = lesson
    bet = page.locator(".st-key-bet_block_bet_neuron")
    bet.scroll_into_view_if_needed()
    with rerun(page):
        bet.get_by_text("What one does").click()
    with rerun(page):
        bet.get_by_role("button", name="Place the bet").click()
    expect(bet.get_by_text("Right.")).to_be_visible()
    promoted = page.locator(".st-key-block_promoted .clearhead-plot svg")
    expect(promoted.get_by_text("searched")).to_be_visible()
