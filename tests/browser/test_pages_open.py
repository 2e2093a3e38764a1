"""Every page opens by its own address on a fresh server, in both languages, wide and narrow."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from lessons.catalogue import lesson, lessons
from lessons.text import load_lesson
from tests.browser.driving import Server, open_lesson, rerun

_FITS = """
() => {
  const main = document.querySelector('[data-testid="stMain"]');
  return main.scrollWidth - main.clientWidth <= 1;
}
"""
_DRAWN = """
() => [...document.querySelectorAll(".clearhead-plot")]
  .filter((plot) => plot.checkVisibility())
  .every((plot) => plot.querySelector("svg"))
"""
PATHS = ["", *(one.slug for one in lessons())]


def _slug(path: str) -> str:
    return path or "home"


@pytest.mark.parametrize("path", PATHS)
def test_a_page_opens_by_its_address_fits_a_phone_and_asks_nobody_else(
    page: Page, server: Server, path: str
) -> None:
    page.set_viewport_size({"width": 400, "height": 860})
    outside: list[str] = []
    failed: list[str] = []

    def note(url: str) -> None:
        if not url.startswith((server.url, server.url.replace("http", "ws"), "data:", "blob:")):
            outside.append(url)

    def note_answer(answer: Response) -> None:
        if answer.status >= 400:
            failed.append(answer.url)

    page.on("request", lambda request: note(request.url))
    page.on("response", note_answer)
    open_lesson(page, server, path)
    expect(page.locator("h1").first).to_have_text(load_lesson(_slug(path), "en").title)
    expect(page.get_by_text("Page not found")).to_have_count(0)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.wait_for_load_state("networkidle")
    page.wait_for_function(_DRAWN)
    # The page's own style may come a moment after its text; what counts is what stays.
    page.wait_for_function(_FITS)
    assert outside == failed == []


@pytest.mark.skipif(not Path("/proc").exists(), reason="only Linux shows a process's libraries")
def test_the_server_never_loads_torch_though_it_has_shown_every_page(server: Server) -> None:
    maps = Path(f"/proc/{server.process.pid}/maps").read_text()
    assert "numpy" in maps, "the map is of the right process"
    assert "libtorch" not in maps


def test_the_language_is_switched_and_stays_in_the_address(page: Page, server: Server) -> None:
    open_lesson(page, server, "ngram", whole=False)
    expect(page.locator(".clearhead-course a.page").first).to_be_visible()
    page.get_by_test_id("stSidebar").get_by_role("radio", name="中").or_(
        page.get_by_test_id("stSidebar").get_by_role("button", name="中")
    ).first.click()
    page.wait_for_url("**lang=zh**")
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    expect(page.locator("h1").first).to_have_text(load_lesson("ngram", "zh").title)
    page.reload()
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")


def test_the_browsers_own_language_decides_without_one_in_the_address(
    browser: Browser, server: Server
) -> None:
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    open_lesson(page, server, "ngram", whole=False)
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    context.close()


def test_every_browser_gets_an_anonymous_cookie_that_scripts_cannot_read(
    page: Page, server: Server
) -> None:
    open_lesson(page, server)
    cookie = next(c for c in page.context.cookies() if c["name"] == "clearhead_learner")
    assert cookie["httpOnly"] and cookie["sameSite"] == "Lax"
    assert len(cookie["value"]) == 32


def test_home_shows_three_answers(page: Page, server: Server) -> None:
    open_lesson(page, server)
    expect(page.get_by_role("heading", name="N-gram: it counts")).to_be_visible()
    expect(page.get_by_text("It goes on")).to_have_count(3)
    expect(page.locator(".clearhead-plot svg")).to_have_count(3)


def test_a_lesson_is_opened_with_the_keyboard_and_the_tab_says_it(
    page: Page, server: Server
) -> None:
    open_lesson(page, server, "?lang=zh")
    expect(page.get_by_test_id("stSidebarNav")).to_be_hidden()
    expect(page).to_have_title(f"{load_lesson('home', 'zh').title} · Clearhead")
    page.evaluate("window.stayed = true")
    link = page.locator(".clearhead-course a.page[href*='ngram']")
    link.focus()
    with rerun(page):
        page.keyboard.press("Enter")
    expect(link).to_have_attribute("aria-current", "page")
    expect(link).to_be_focused()
    title = lesson("ngram").title.in_language("zh")
    expect(page).to_have_title(f"{title} · Clearhead")
    expect(page.locator("h1").first).to_have_text(load_lesson("ngram", "zh").title)
    assert page.evaluate("window.stayed")
    page.locator(".clearhead-course a.page").first.click()
    expect(page.locator(".clearhead-course a.onward")).to_contain_text(title)
