"""Behind a proxy that takes a prefix off, all that a page needs is found below that prefix."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from pages.attention.short_way import PATH as SHORT
from tests.browser.driving import SETTLED, Server
from tests.browser.prefix_proxy import PREFIX, prefix_proxy


def test_pictures_draw_and_the_short_way_answers_below_a_prefix(page: Page, server: Server) -> None:
    with prefix_proxy(server.url) as proxy:
        page.goto(f"{proxy.url}/attention?lang=en")
        expect(page.locator(SETTLED)).to_be_visible()
        chain = page.locator(".st-key-attention .clearhead-chain").first
        expect(chain.locator(".card.current td").first).to_be_visible()
        assert chain.locator(".bar").evaluate("node => getComputedStyle(node).display") == "flex"
        cell = page.locator(".st-key-attention_grid_q input").first
        with page.expect_response(lambda reply: SHORT in reply.url) as answered:
            cell.fill("21")
            cell.press("Enter")
        assert answered.value.status == 200
        # Another page of the same visit, and one opened by its address.
        page.locator(".clearhead-course a.page[href*='ngram']").click()
        page.wait_for_url(f"**{PREFIX}/ngram**")
        expect(page.locator(".clearhead-plot svg").first).to_be_visible()
        page.goto(f"{proxy.url}/")
        expect(page.locator(".clearhead-plot svg").first).to_be_visible()
        page.goto("about:blank")
        assert proxy.strays in ([], ["/favicon.ico"])
