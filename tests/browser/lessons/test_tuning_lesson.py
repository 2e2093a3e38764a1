"""A trained GPT goes on with a pasted text: two curves, the words it does not know, before and after."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import running
from tests.browser.driving import Server, open_lesson, rerun

TEXT = "The cat is brown and the dog is hungry. The birds are near the zebra.\n" * 5


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """What was trained before would be there already."""
    yield from running(tmp_path_factory.mktemp("runs"))


def test_a_pasted_text_is_learned_and_the_old_stories_are_measured_beside_it(
    page: Page, server: Server, tmp_path: Path
) -> None:
    open_lesson(page, server, "tuning?lang=en&at=other", whole=False)
    box = page.locator(".st-key-bet_tuning_bet_forget")
    box.scroll_into_view_if_needed()
    box.get_by_role("radio").last.click()
    with rerun(page):
        box.get_by_role("button", name="Place the bet").click()
    with rerun(page):
        page.get_by_role("radio", name="your own text").or_(
            page.get_by_role("button", name="your own text")
        ).first.click()
    page.locator(".st-key-tuning_tuned_own_text textarea").fill(TEXT)
    page.locator(".st-key-tuning_tuned_own_text textarea").blur()
    expect(page.get_by_text("of your text are not in it")).to_contain_text("zebra")
    assert "cat" not in page.url
    page.locator(".st-key-tuning_tuned_train button:visible").click()
    expect(page.locator(".st-key-tuning_tuned_stop button")).to_be_visible()
    expect(page.get_by_text("on the old stories it rose from")).to_be_visible()
    losses = page.locator(".st-key-tuning_tuned_losses .clearhead-plot")
    expect(losses).to_contain_text("new text")
    expect(losses).to_contain_text("old stories before")
    expect(page.get_by_text("After", exact=True)).to_be_visible()
    page.reload()
    expect(page.get_by_text("on the old stories it rose from")).to_be_visible()
