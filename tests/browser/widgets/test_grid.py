"""Typing into a matrix: with the keyboard alone, by pasting, wrongly; and taking it back."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

PAGE = "grid"


def cell(page: Page, row: str, column: str) -> Locator:
    box = page.locator(".st-key-grid").get_by_role("textbox")
    return box.and_(page.get_by_label(f"row {row}, column {column}", exact=True))


def test_a_matrix_is_typed_undone_and_redone_with_the_keyboard(widget: Page) -> None:
    page = widget
    first, below = cell(page, "Mia", "girl"), cell(page, "gave", "girl")
    expect(first).to_have_value("0")
    first.evaluate("node => { node.dataset.mark = 'same'; }")
    first.focus()
    page.keyboard.type("1/3")
    page.keyboard.press("Enter")
    page.keyboard.type("7")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowRight")
    expect(cell(page, "Mia", "boy")).to_be_focused()
    expect(page.get_by_text("Kept: 1/3 0 0 0 7 0")).to_be_visible()
    expect(first).to_have_value("1/3")
    expect(below).to_have_value("7")
    expect(cell(page, "Mia", "boy")).to_be_focused()
    assert first.evaluate("node => node.dataset.mark") == "same"
    page.keyboard.press("Control+z")
    expect(below).to_have_value("0")
    page.keyboard.press("Control+z")
    expect(first).to_have_value("0")
    page.keyboard.press("Control+Shift+z")
    expect(first).to_have_value("1/3")
    page.keyboard.type("5")
    page.keyboard.press("Escape")
    expect(cell(page, "Mia", "boy")).to_have_value("0")


def test_a_block_is_pasted_and_a_bad_cell_is_named(widget: Page) -> None:
    page = widget
    corner = cell(page, "her", "action")
    expect(corner).to_have_value("0")
    corner.focus()
    corner.evaluate(
        """(node, text) => {
          const clipboardData = new DataTransfer();
          clipboardData.setData("text/plain", text);
          const options = { clipboardData, bubbles: true, cancelable: true };
          node.dispatchEvent(new ClipboardEvent("paste", options));
        }""",
        "0.123456789012345\tabc\tfar\n-3\t4",
    )
    expect(corner).to_have_value("0.123456789")
    expect(cell(page, "ball", "thing")).to_have_value("4")
    bad = cell(page, "her", "thing")
    expect(bad).to_have_value("abc")
    expect(bad).to_have_attribute("aria-invalid", "true")
    sentence = page.locator(".st-key-grid .said")
    expect(sentence).to_contain_text("“abc” is not a number")
    bad.focus()
    page.keyboard.type("−2")
    page.keyboard.press("Enter")
    expect(sentence).to_be_empty()
    expect(bad).to_have_value("−2")


def test_where_its_numbers_come_from_is_told_on_hover_and_focus(widget: Page) -> None:
    page = widget
    tag = page.locator(".st-key-grid .source").get_by_role("button")
    expect(tag).to_have_text("your numbers")
    told = page.get_by_text("As typed in this test.")
    expect(told).to_be_hidden()
    tag.hover()
    expect(told).to_be_visible()
    page.mouse.move(0, 0)
    expect(told).to_be_hidden()
    tag.focus()
    expect(told).to_be_visible()
    page.keyboard.press("Escape")
    expect(told).to_be_hidden()
    tag.click()
    expect(told).to_be_visible()
