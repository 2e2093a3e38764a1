"""A picture that is drawn in place: changed without a jump, picked from by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.conftest import tab
from tests.browser.driving import Server, open_page, opened_offline, rerun, saved

PAGE = "plot"


def test_a_picture_is_redrawn_in_place(widget: Page) -> None:
    """The element stays the same one: no flash, no jump."""
    page = widget
    picture = page.locator(".st-key-map .clearhead-plot-canvas")
    expect(picture).to_be_visible()
    last = picture.get_by_text("5.50", exact=True)
    expect(last).to_be_visible()
    picture.evaluate("node => { node.dataset.mark = 'same'; }")
    before = picture.bounding_box()
    page.locator(".st-key-share input[type=range]").focus()
    with rerun(page):
        page.keyboard.press("End")
    expect(picture.get_by_text("11.00", exact=True)).to_be_visible()
    assert picture.evaluate("node => node.dataset.mark") == "same"
    after = picture.bounding_box()
    assert before is not None and after is not None and after["height"] == before["height"]


@pytest.fixture
def late(visitor: BrowserContext, widgets: Server) -> Iterator[tuple[Page, list[Route]]]:
    """The page in a tab that the picture's program does not reach before it is let through."""
    for page in tab(visitor):
        held: list[Route] = []
        page.route("**/plot/plot.js", partial(_hold, held))
        open_page(page, widgets, PAGE)
        yield page, held


def _hold(held: list[Route], route: Route) -> None:
    held.append(route)


def test_a_picture_is_drawn_that_changed_while_its_program_was_on_its_way(
    late: tuple[Page, list[Route]],
) -> None:
    """Streamlit ends what it began with the first data, after it has begun with the second."""
    page, held = late
    page.locator(".st-key-share input[type=range]").focus()
    with rerun(page):
        page.keyboard.press("End")
    assert held
    for route in held:
        route.continue_()
    picture = page.locator(".st-key-map .clearhead-plot-canvas")
    expect(picture.get_by_text("11.00", exact=True)).to_be_visible()


def test_a_cell_is_picked_by_mouse(widget: Page) -> None:
    page = widget
    cells = page.locator(".st-key-map .clearhead-plot .area")
    expect(cells).to_be_visible()
    box = cells.bounding_box()
    assert box is not None
    cells.click(position={"x": box["width"] * 7 / 8, "y": box["height"] / 2})
    expect(page.get_by_text("Picked: 1, 3")).to_be_visible()


def test_a_cell_is_picked_with_the_keyboard_alone(widget: Page) -> None:
    page = widget
    picture = page.locator(".st-key-map [tabindex='0']").first
    expect(page.locator(".st-key-map .clearhead-plot .area")).to_be_visible()
    picture.focus()
    for key in ("ArrowRight", "ArrowDown", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    expect(page.get_by_text("Picked: 1, 2")).to_be_visible()


def test_a_saved_picture_can_be_walked_without_a_network(widget: Page, tmp_path: Path) -> None:
    page = widget
    page.locator(".st-key-map_table button").first.click()
    path = saved(page, page.locator(".st-key-map_html button"), tmp_path)
    with opened_offline(page, path) as alone:
        picture = alone.locator(".clearhead-plot")
        expect(picture.locator(".area")).to_be_visible()
        picture.focus()
        alone.keyboard.press("ArrowDown")
        expect(alone.locator(".clearhead-plot-words")).not_to_be_empty()


def test_where_its_numbers_come_from_is_told_on_focus(widget: Page) -> None:
    caption = widget.get_by_test_id("stCaptionContainer")
    expect(caption).to_have_text("Rows and columns. by formula")
    caption.get_by_role("button").focus()
    expect(widget.get_by_text("Twelve steps, times the share.")).to_be_visible()
