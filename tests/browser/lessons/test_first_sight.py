"""Home's first response shows the top of the page where the page will show it, until it does."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import tab
from tests.browser.driving import Server, open_page
from tests.browser.visitors import visit

_SIGHT, _PAGE = ".first-sight", '[data-testid="stMain"]'
_SEEN = """
const PARTS = ["h1", "h3", "p > code", ":is(.box, [data-testid=stTextInputRootElement])",
               "svg.clearhead-plot-drawing", "p a", "svg.clearhead-plot-drawing text"];
window.placesAndColours = root => PARTS.map(selector =>
  [...document.querySelectorAll(`${root} ${selector}`)].flatMap(part => {
    const box = part.getBoundingClientRect(), style = getComputedStyle(part);
    if (!box.width || box.top >= innerHeight) return [];
    const numbers = [box.left, box.top, box.width].map(Math.round);
    return [[...numbers, style.color, style.fill, style.fontFamily.split(",")[0]].join(" ")];
  }));
const look = () => {
  if (document.querySelector(".first-sight svg")) window.seenFirst = placesAndColours(".first-sight");
  requestAnimationFrame(look);
};
look();
"""


@pytest.fixture(scope="module")
def shown(server: Server) -> Server:
    """A server that has shown home to somebody."""
    assert not visit(server.url, "home").problems
    return server


@pytest.fixture
def unreached(page: Page) -> Page:
    """A tab that reaches the server's files, but no page."""
    page.route_web_socket("**/_stcore/stream", lambda _socket: None)
    return page


@pytest.mark.parametrize(
    ("width", "theme", "language"),
    [(1440, "dark", "zh"), (800, "light", "en"), (400, "light", "zh")],
)
def test_what_is_seen_first_stands_where_the_page_stands(
    browser: Browser,
    shown: Server,
    width: int,
    theme: Literal["light", "dark"],
    language: str,
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, locale="en-US", color_scheme=theme
    )
    for page in tab(context):
        page.add_init_script(_SEEN)
        open_page(page, shown, f"?lang={language}")
        expect(page.locator(f"{_PAGE} svg.clearhead-plot-drawing").first).to_be_attached()
        expect(page.locator(_SIGHT)).to_have_count(0)
        seen = page.evaluate("window.seenFirst")
        stands = page.evaluate(f"placesAndColours('{_PAGE}')")
        for first, then in zip(seen, stands, strict=True):
            assert first and first == then[: len(first)]
    context.close()


def test_it_is_for_the_eye_alone_and_leaves_when_the_page_is_touched(
    unreached: Page, shown: Server
) -> None:
    unreached.goto(shown.url)
    sight = unreached.locator(_SIGHT)
    expect(sight).to_be_visible()
    assert sight.get_attribute("aria-hidden") == "true" and sight.get_attribute("inert") is not None
    expect(unreached.get_by_role("heading", name="Three machines")).to_have_count(0)
    unreached.keyboard.press("Tab")
    expect(sight).to_have_count(0)


def test_it_does_not_come_where_the_page_looks_otherwise(unreached: Page, shown: Server) -> None:
    unreached.goto(f"{shown.url}/?home_prompt=Anna")
    expect(unreached.locator("#root > *").first).to_be_attached()
    expect(unreached.locator("#first_sight")).to_have_count(0)
    unreached.evaluate("localStorage.setItem('sidebarWidth', '420')")
    try:
        unreached.goto(shown.url)
        expect(unreached.locator("#root > *").first).to_be_attached()
        expect(unreached.locator("#first_sight")).to_have_count(1)
        expect(unreached.locator(_SIGHT)).to_have_count(0)
    finally:
        unreached.evaluate("localStorage.removeItem('sidebarWidth')")
