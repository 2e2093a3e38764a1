"""The ways of smoothing as a visitor meets them: chosen in the popover, taken apart by a click."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.driving import Server, open_lesson, rerun


def test_a_rarer_way_is_chosen_and_a_click_on_its_number_takes_it_apart(
    page: Page, server: Server
) -> None:
    open_lesson(page, server, "ngram?lang=en&at=ways")
    with rerun(page):
        page.get_by_role("button", name="More ways of smoothing").click()
        way = page.get_by_role("button", name="Witten–Bell", exact=True)
        way.press("Enter")  # the page may still move under the pointer to where the address led
    page.keyboard.press("Escape")
    expect(page.locator(".st-key-ngram_smoothing [aria-checked=true]")).to_have_text("Witten–Bell")
    path = page.locator(".st-key-ngram_path")
    expect(path).to_contain_text("times what followed was new here")

    cells = page.locator(".st-key-ngram_ways .clearhead-plot .area")
    cells.scroll_into_view_if_needed()
    box = cells.bounding_box()
    assert box is not None
    cells.click(position={"x": box["width"] * 0.5, "y": box["height"] * 0.95})  # Katz, unseen
    expect(path).to_contain_text("So what the shorter context says is multiplied by α")
    expect(path).to_contain_text("The whole n-gram never occurs in the text.")
    expect(page.locator(".st-key-ngram_smoothing [aria-checked=true]")).to_have_text("Katz")
    page.wait_for_url("**ngram_smoothing=katz**")


def test_a_click_on_a_probability_shows_its_lines(page: Page, server: Server) -> None:
    open_lesson(page, server, "ngram?lang=en&ngram_order=3&at=probability", whole=False)
    path = page.locator(".st-key-ngram_path")
    expect(path.locator(".clearhead-quoted")).to_contain_text("⟦the tree")
    before = path.inner_text()
    bars = page.locator(".st-key-ngram_next .clearhead-plot .area")
    bars.scroll_into_view_if_needed()
    box = bars.bounding_box()
    assert box is not None
    bars.click(
        position={"x": box["width"] * 0.1, "y": box["height"] * 0.5}
    )  # the second bar of three
    expect(path).not_to_have_text(before)
    expect(path.locator(".clearhead-quoted")).to_contain_text("⟦the tree was⟧")
