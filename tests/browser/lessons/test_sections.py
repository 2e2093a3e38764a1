"""A lesson draws what comes near, keeps its place, and is whole for a link, a search and a printer."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.browser.driving import Server, open_page, settled

_MAIN = '[data-testid="stMain"]'
_TOP = "mark => mark.getBoundingClientRect().top"


def _section(page: Page, name: str) -> Locator:
    return page.locator(f".st-key-section_positions_{name}")


def _undrawn(page: Page, name: str) -> Locator:
    return page.locator(f".st-key-section_positions_{name}[data-room]")


def test_a_section_is_drawn_when_it_comes_near_and_not_before(page: Page, server: Server) -> None:
    open_page(page, server, "positions?lang=en")
    expect(_undrawn(page, "longer")).to_have_count(1)
    expect(page.get_by_role("heading", name="Or simply let distance cost something")).to_have_count(
        1
    )
    expect(_section(page, "longer").locator(".clearhead-plot")).to_have_count(0)
    _section(page, "longer").scroll_into_view_if_needed()
    expect(_undrawn(page, "longer")).to_have_count(0)
    expect(_section(page, "longer").locator(".clearhead-plot").first).to_be_attached()


def test_a_link_to_a_section_stays_there_while_the_page_is_drawn(
    page: Page, server: Server
) -> None:
    open_page(page, server, "positions?lang=en&at=alibi")
    expect(_section(page, "alibi").locator(".clearhead-plot").first).to_be_visible()
    settled(page)
    mark = page.locator("#section-alibi")
    page.wait_for_function(
        "() => Math.abs(document.querySelector('#section-alibi')?.getBoundingClientRect().top) < 120"
    )
    assert abs(mark.evaluate(_TOP)) < 120


def test_what_is_folded_opens_when_the_browser_finds_something_in_it(
    page: Page, server: Server
) -> None:
    open_page(page, server, "positions?lang=en")
    section = _section(page, "distance")
    words = section.locator(".clearhead-fold .words")
    expect(words).to_have_attribute("hidden", "until-found")
    expect(words).to_contain_text("the position t has dropped out")
    words.dispatch_event("beforematch")
    expect(section.locator(".clearhead-plot").first).to_be_attached()
    button = section.get_by_role("button", name="Fold up")
    expect(button).to_have_attribute("aria-expanded", "true")
    button.click()
    expect(section.locator(".clearhead-plot")).to_have_count(0)
    section.get_by_role("button", name="Unfold").click()
    expect(section.locator(".clearhead-plot").first).to_be_attached()


def test_the_page_is_whole_before_it_is_printed(page: Page, server: Server) -> None:
    page.add_init_script("window.print = () => { window.printed = true; }")
    open_page(page, server, "positions?lang=en")
    expect(_undrawn(page, "longer")).to_have_count(1)
    page.keyboard.press("Control+p")
    page.wait_for_function("window.printed")
    expect(page.locator("[data-room]")).to_have_count(0)
    expect(_section(page, "longer").locator(".clearhead-plot").first).to_be_attached()
