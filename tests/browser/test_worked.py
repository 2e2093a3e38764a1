"""Worked attention in a browser: every later stage follows an edit, keys alone do, cells are explained."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from lessons.attention.examples import EXAMPLES
from tests.browser.driving import Server, open_lesson, settle


def chain(page: Page, key: str = "attention") -> Locator:
    found = page.locator(f".st-key-{key} .clearhead-worked").first
    expect(found.locator(".card.current")).to_be_visible(timeout=30_000)
    return found


def test_an_edited_number_changes_every_later_stage(page: Page, server: Server) -> None:
    open_lesson(page, server, "attention?lang=en&attention_stage=output&attention_whole=true")
    seen = chain(page)
    names = ("scores", "scaled", "mask", "exp", "softmax", "output")
    tables = {name: seen.locator(f'[data-matrix="{name}"] table') for name in names}
    before = {name: table.inner_text() for name, table in tables.items()}
    kept = seen.locator('[data-matrix="softmax"]').element_handle()
    cell = page.locator(".st-key-attention_grid_q input, .st-key-attention_grid_x input").first
    cell.fill("5")
    cell.press("Enter")
    for name in names:
        expect(tables[name]).not_to_have_text(before[name], timeout=10_000)
    assert kept is not None and kept.evaluate("node => node.isConnected")


def test_the_stages_are_walked_with_keys_alone(page: Page, server: Server) -> None:
    open_lesson(page, server, "attention?lang=en")
    seen = chain(page)
    arithmetic = page.locator(".st-key-attention_arithmetic")
    cell = seen.locator(".card.current [tabindex='0']").first
    cell.focus()
    for key, stage in (("PageDown", "scaled"), ("]", "mask"), ("PageUp", "scaled")):
        page.keyboard.press(key)
        expect(seen.locator(".card.current")).to_have_attribute("data-matrix", stage)
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    settle(page)
    expect(arithmetic).to_contain_text("her → gave")
    assert page.evaluate("document.activeElement.getAttribute('aria-selected')") == "true"
    assert "attention_stage=scaled" in page.url
    page.keyboard.press("Shift+Tab")  # the card before, whose Enter jumps there
    page.keyboard.press("Enter")
    expect(seen.locator(".card.current")).to_have_attribute("data-matrix", "scores")


def test_a_cell_of_a_trained_heads_map_is_explained(page: Page, server: Server) -> None:
    open_lesson(page, server, "attention?lang=en")
    seen = chain(page, "attention_head")
    arithmetic = page.locator(".st-key-attention_head_arithmetic")
    expect(arithmetic).to_contain_text("its share of the sum", timeout=30_000)
    seen.locator('.card.current td[data-row="6"][data-column="2"]').click()
    expect(arithmetic).to_contain_text("in → ", timeout=10_000)
    value = seen.locator('.card.current td[data-row="6"][data-column="2"]').inner_text()
    expect(arithmetic).to_contain_text(value)


def test_each_preset_opens(page: Page, server: Server) -> None:
    open_lesson(page, server, "attention?lang=en")
    for example in EXAMPLES[1:]:
        chain(page)
        page.locator(".st-key-attention_example input").first.click()
        page.get_by_role("option", name=example.title, exact=True).click()
        settle(page)
        head = chain(page).locator(".card.current th[scope=row]").first
        expect(head).to_have_text(example.tokens[0])


@pytest.mark.parametrize("sheet", ["exercise", "solution"])
def test_each_worksheet_opens(page: Page, server: Server, sheet: str, tmp_path: Path) -> None:
    open_lesson(page, server, "attention?lang=en")
    page.locator(".st-key-attention_worksheet button").first.click()
    for kind in ("html", "tex"):
        button = page.locator(f".st-key-attention_worksheet_{sheet}_{kind} button")
        expect(button).to_be_visible(timeout=15_000)
        with page.expect_download() as waiting:
            button.click()
        path = tmp_path / f"sheet.{kind}"
        waiting.value.save_as(path)
        text = path.read_text(encoding="utf-8")
        if kind == "tex":
            assert "\\begin{document}" in text and "\\end{document}" in text
            continue
        opened = page.context.new_page()
        opened.goto(path.as_uri())
        expect(opened.locator("table").first).to_be_visible()
        opened.close()
