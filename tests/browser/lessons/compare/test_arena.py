"""The arena: a budget is set, two runs are opened side by side by link."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from core.store.further import shipped_runs
from tests.browser.driving import Server, open_lesson, rerun


def test_a_budget_says_who_leads_and_a_link_opens_two_runs(page: Page, server: Server) -> None:
    runs = shipped_runs()
    link = f"compare?lang=en&compare_left={runs['rnn'].id}&compare_right={runs['gru'].id}"
    open_lesson(page, server, link, whole=True)
    bet = page.locator(".st-key-bet_compare_bet_early")
    bet.scroll_into_view_if_needed()
    with rerun(page):
        bet.get_by_text("the N-gram's").click()
    with rerun(page):
        bet.get_by_role("button", name="Place the bet").click()
    expect(bet.get_by_text("Right.")).to_be_visible()
    expect(page.locator(".st-key-compare_race .clearhead-plot svg").first).to_be_visible()
    expect(page.get_by_text("leads: N-gram")).to_be_visible()
    differs = page.locator("table", has_text="model: cell")
    differs.scroll_into_view_if_needed()
    expect(differs).to_contain_text("rnn")
    expect(page.locator(".st-key-compare_two_losses .clearhead-plot")).to_be_visible()
    with rerun(page):
        page.locator(".st-key-compare_axis").get_by_text("seconds").click()
    page.wait_for_url("**compare_axis=seconds*")
    assert runs["rnn"].id in page.url and runs["gru"].id in page.url
