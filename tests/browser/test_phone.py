"""On a phone: nothing that is to be read is cut off, and what is to be pressed is as large as a finger."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import tab
from tests.browser.driving import Server, open_lesson

FINGER = 44
PRESSED = ", ".join(
    f'[data-testid="stMain"] {what}'
    for what in (
        '[data-testid="stButton"] button',
        '[data-testid="stButtonGroup"] button',
        '[data-testid="stPageLink-NavLink"]',
        '[data-testid="stPopover"] button',
        '[data-testid="stTextInputRootElement"]',
    )
)
_CUT = """
groups => groups.flatMap(group => [group, ...group.querySelectorAll("*")])
  .filter(part => part.clientWidth && part.scrollWidth > part.clientWidth + 1)
  .map(part => part.innerText)
"""
"""What is wider than the place it has."""


@pytest.fixture(scope="module")
def phone(browser: Browser, server: Server) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 400, "height": 800}, has_touch=True, is_mobile=True, locale="zh-CN"
    )
    yield from tab(context)
    context.close()


@pytest.mark.parametrize("address", ["attention?lang=zh", "attention?lang=en", "ngram?lang=zh"])
def test_every_option_can_be_read_and_every_control_pressed(
    phone: Page, server: Server, address: str
) -> None:
    open_lesson(phone, server, address)
    groups = phone.locator('[data-testid="stMain"] [data-testid="stButtonGroup"]')
    expect(phone.locator('[data-testid="stPageLink-NavLink"]').last).to_be_visible()
    assert groups.count() > 3
    assert groups.evaluate_all(_CUT) == []
    sizes = phone.locator(PRESSED).evaluate_all(
        "all => all.map(one => [one.innerText, one.getBoundingClientRect().height])"
    )
    assert len(sizes) > 15
    assert [one for one in sizes if 0 < one[1] < FINGER - 0.5] == []
