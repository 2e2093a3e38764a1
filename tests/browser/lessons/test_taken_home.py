"""The pictures of texts and trees, taken home: a drawing, and a page that answers without a network."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.driving import Server, open_lesson, opened_offline, rerun, saved


@contextmanager
def _taken_home(page: Page, picture: str, folder: Path) -> Iterator[tuple[str, Page]]:
    """The text of a picture's SVG, and its page opened offline."""
    with rerun(page):
        page.locator(f".st-key-{picture}_table button").first.click()
    drawing = saved(page, page.get_by_role("button", name="Save as SVG"), folder)
    alone = saved(page, page.locator(f".st-key-{picture}_html button"), folder)
    page.keyboard.press("Escape")
    with opened_offline(page, alone) as opened:
        yield drawing.read_text(encoding="utf-8"), opened


def test_strips_and_merges(page: Page, server: Server, tmp_path: Path) -> None:
    open_lesson(page, server, "tokens?lang=en&tokens_text=hi+%E4%BD%A0%F0%9F%98%80", whole=False)
    with _taken_home(page, "tokens_pieces", tmp_path) as (drawing, alone):
        assert "你" in drawing and drawing.count("<rect") > 10
        alone.locator(".chip", has_text="<9F>").first.hover()
        expect(alone.locator(".sign.lit")).to_have_text("😀")
    open_lesson(page, server, "tokens?lang=en&at=merges", whole=False)
    with _taken_home(page, "tokens_merges", tmp_path) as (drawing, alone):
        assert drawing.count("<rect") > 30
        at = alone.locator(".at")
        before = at.inner_text()
        alone.locator(".next").click()
        expect(at).not_to_have_text(before)
        alone.locator(".back").click()
        expect(at).to_have_text(before)


def test_a_tree_and_what_was_copied(page: Page, server: Server, tmp_path: Path) -> None:
    open_lesson(page, server, "ngram?lang=en&ngram_view=tree&at=writing", whole=False)
    with rerun(page):
        page.locator(".st-key-ngram_write_many button").click()
    with _taken_home(page, "ngram_copied", tmp_path) as (drawing, alone):
        tokens = alone.locator(".token")
        assert drawing.count("<rect") > tokens.count() > 10
        tokens.first.focus()
        alone.keyboard.press("End")
        expect(tokens.last).to_be_focused()
    page.locator(".st-key-ngram_tree").scroll_into_view_if_needed()
    with _taken_home(page, "ngram_tree", tmp_path) as (drawing, alone):
        rows = alone.get_by_role("treeitem")
        names = rows.locator("code").all_text_contents()
        assert all(name in drawing for name in names[:5])
        rows.first.focus()
        alone.keyboard.press("ArrowDown")
        expect(rows.nth(1)).to_be_focused()


def test_the_graph_of_a_computation(page: Page, server: Server, tmp_path: Path) -> None:
    open_lesson(page, server, "learning?lang=en&learning_graph_step=9&at=graph", whole=False)
    with _taken_home(page, "learning_graph", tmp_path) as (drawing, alone):
        assert "w₂₁" in drawing and "∂" in drawing
        at = alone.locator(".at")
        expect(at).to_have_text("Back, step 2 of 17: z₁")
        alone.get_by_role("button", name="All the way back").click()
        expect(at).to_have_text("Back, step 17 of 17: x₂")
