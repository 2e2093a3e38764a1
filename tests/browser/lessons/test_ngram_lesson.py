"""The N-gram lesson in a browser: a tree by keyboard, a bar taken apart, both ends of the order, writing."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.driving import Server, open_lesson, rerun

ADDRESS = "ngram?lang=en&ngram_view=tree&ngram_order=3"


def test_the_tree_is_unfolded_and_picked_from_by_keyboard(lesson: Page) -> None:
    page = lesson
    tree = page.locator(".st-key-ngram_tree")
    tree.scroll_into_view_if_needed()
    rows = tree.get_by_role("treeitem")
    expect(rows).to_have_count(10)
    rows.first.focus()
    page.keyboard.press("ArrowDown")
    expect(rows.nth(1)).to_be_focused()
    expect(rows.nth(1)).to_have_attribute("aria-expanded", "false")
    with rerun(page):
        page.keyboard.press("ArrowRight")
    expect(rows.nth(1)).to_have_attribute("aria-expanded", "true")
    expect(rows.nth(2)).to_have_attribute("aria-level", "3")
    expect(rows.nth(1)).to_be_focused()
    with rerun(page):
        page.keyboard.press("Enter")
    expect(rows.nth(1)).to_have_attribute("aria-selected", "true")
    named = (rows.nth(1).locator("code").text_content() or "").strip("␣")
    column = page.locator(".stColumn", has=tree).last
    expect(column.locator(".clearhead-quoted")).to_contain_text(f"⟦the {named}⟧")


def test_a_clicked_probability_shows_the_lines_behind_it(lesson: Page) -> None:
    page = lesson
    path = page.locator(".st-key-ngram_path")
    path.scroll_into_view_if_needed()
    before = path.locator("strong").first.locator("xpath=..").inner_text()
    bars = page.locator(".st-key-ngram_next .clearhead-plot")
    expect(bars.locator("svg").first).to_be_visible()
    area = bars.locator(".area")
    box = area.bounding_box()
    assert box is not None
    with rerun(page):
        area.click(position={"x": 4, "y": box["height"] * 0.25})
    expect(path.locator("strong").first.locator("xpath=..")).not_to_have_text(before)
    expect(path.locator(".clearhead-quoted")).to_contain_text("⟦the tree")


def test_a_token_is_drawn_and_where_it_was_copied_from_is_shown(lesson: Page) -> None:
    page = lesson
    writing = page.locator(".st-key-ngram_written")
    writing.scroll_into_view_if_needed()
    expect(writing.get_by_text("Nothing is written yet")).to_be_visible()
    step = writing.get_by_role("button", name="Next token")
    step.focus()
    for written in (1, 2, 3):
        with rerun(page):
            page.keyboard.press("Enter")
        expect(writing.locator(".clearhead-shaded button")).to_have_count(written)
    expect(writing.get_by_text("lies between")).to_be_visible()
    expect(writing.locator(".st-key-ngram_line svg").get_by_text("u = ")).to_be_visible()
    tokens = writing.locator(".clearhead-shaded button")
    tokens.first.focus()
    page.keyboard.press("ArrowRight")
    expect(tokens.nth(1)).to_be_focused()
    with rerun(page):
        page.keyboard.press("Enter")
    expect(tokens.nth(1)).to_have_attribute("aria-pressed", "true")
    expect(writing.locator(".clearhead-quoted")).to_contain_text("⟦")


def test_the_losses_of_all_orders_are_drawn_after_the_bet_and_as_perplexity(lesson: Page) -> None:
    page = lesson
    bet = page.locator(".st-key-bet_ngram_bet_order")
    bet.scroll_into_view_if_needed()
    with rerun(page):
        bet.get_by_text("It stops falling, or rises").click()
    with rerun(page):
        bet.get_by_role("button", name="Place the bet").click()
    picture = page.locator(".st-key-ngram_orders .clearhead-plot svg")
    expect(picture.get_by_text("loss (nats per token)")).to_be_visible()
    with rerun(page):
        page.locator(".st-key-ngram_measure").get_by_text("perplexity").click()
    expect(picture.get_by_text("perplexity")).to_be_visible()


def test_the_order_goes_to_both_ends(page: Page, server: Server) -> None:
    open_lesson(page, server, ADDRESS, whole=False)
    tree = page.locator(".st-key-ngram_tree").get_by_role("treeitem")
    expect(tree).to_have_count(10)
    for order, rows in (("1", 1), ("8", 10)):
        page.locator(".st-key-ngram_order").get_by_role("radio", name=order).click()
        expect(tree).to_have_count(rows)
