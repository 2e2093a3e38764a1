"""On a phone: nothing that is to be read is cut off, and what is to be pressed is as large as a finger."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, TimeoutError, expect

from lessons.catalogue import lessons
from lessons.text import load_lesson
from tests.browser.conftest import tab
from tests.browser.driving import Server, open_lesson, settled
from tests.patience import PATIENCE

FINGER = 44
_CUT = """
groups => groups.flatMap(group => [group, ...group.querySelectorAll("*")])
  .filter(part => part.clientWidth && part.scrollWidth > part.clientWidth + 1)
  .map(part => part.innerText)
"""
"""What is wider than the place it has."""
_DRAWN = """
() => [...document.querySelectorAll("button")]
  .every(one => !one.offsetParent || one.textContent || one.ariaLabel || one.firstElementChild)
"""
"""A widget's buttons stand there before their words do."""
_SMALL = """
([least]) => {
  const roles = ["button", "checkbox", "radio", "slider", "switch", "tab", "option", "combobox", "link"];
  const pressed = ["a[href]", "button", "input", "select", "textarea", "summary", "[tabindex='0']"];
  const all = document.querySelectorAll([...pressed, ...roles.map(role => `[role="${role}"]`)].join());
  // In lines of prose, links keep to the line. Rows of tokens and cells of matrices stand close together, and
  // who presses the one beside it sees that at once. "Skip to main content" is for keys alone.
  const exempt = "p a, .stMarkdown li a, .clearhead-heads g.token, [role=gridcell], td, th, [inert] *," +
    "a[data-testid=stSkipToContent], [aria-hidden=true] *, [data-collapsed=true] *";
  const around = "label, [data-testid=stTextInputRootElement], [data-testid=stFileUploaderDropzone]";
  const sides = one => {
    const box = one.getBoundingClientRect();
    const more = getComputedStyle(one, "::after");
    const added = side => (more.position === "absolute" && parseFloat(more[side])) || 0;
    return ["width", "height"].map(side => Math.max(box[side], added(side)));
  };
  const large = one => sides(one).every(side => side >= least - 0.5);
  return [...all].filter(one => {
    const box = one.getBoundingClientRect();
    const seen = box.width && box.height && one.checkVisibility({ visibilityProperty: true });
    if (!seen || one.matches(exempt)) return false;
    // One for screen readers alone, in a place of one pixel.
    if (one.type !== "range" && one.parentElement.offsetWidth <= 1) return false;
    // A slider's own input is unseen: its handle is what is pressed.
    const handle = one.type === "range" ? one.parentElement.parentElement : one;
    const label = one.closest(around);
    return !large(handle) && !(label && large(label));
  }).map(one => [one.outerHTML.slice(0, 160), one.innerText ?? "", ...sides(one).map(Math.round)]);
}
"""


@pytest.fixture(scope="module")
def phone(browser: Browser, server: Server) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 400, "height": 800}, has_touch=True, is_mobile=True, locale="zh-CN"
    )
    yield from tab(context)
    context.close()


@pytest.mark.parametrize("address", ["?lang=zh", *(f"{one.slug}?lang=zh" for one in lessons())])
def test_every_option_can_be_read_and_every_control_pressed(
    phone: Page, server: Server, address: str
) -> None:
    open_lesson(phone, server, address)
    expect(
        phone.locator('[data-testid="stMain"] [data-testid="stPageLink-NavLink"]').last
    ).to_be_visible()
    groups = phone.locator('[data-testid="stMain"] [data-testid="stButtonGroup"]')
    assert groups.evaluate_all(_CUT) == []
    assert _too_small(phone) == []


def test_what_opens_is_as_large_as_a_finger_too(phone: Page, server: Server) -> None:
    open_lesson(phone, server, "ngram?lang=en", whole=False)
    opened = phone.get_by_test_id("stPopoverBody")
    for name in ("Other texts", "Table, save"):
        phone.get_by_role("button", name=name).first.tap()
        expect(opened.locator("button").first).to_be_visible()
        assert _too_small(phone) == []
        phone.keyboard.press("Escape")
        expect(opened).to_have_count(0)
    phone.locator(".st-key-ngram_view").get_by_text("tree").tap()
    expect(phone.get_by_role("treeitem").first).to_be_visible()
    _open_list(phone.get_by_role("combobox").first, phone.get_by_role("option").first)
    assert _too_small(phone) == []


def _open_list(box: Locator, option: Locator) -> None:
    """Tap until the list is open: a section that is drawn at the same moment closes it."""
    hangs = time.monotonic() + PATIENCE
    while True:
        settled(box.page)
        box.tap()
        try:
            option.wait_for(timeout=5000)
            return
        except TimeoutError:
            assert time.monotonic() < hangs, "the list does not open"


def test_a_control_that_is_too_small_is_found(phone: Page, server: Server) -> None:
    open_lesson(phone, server, "ngram?lang=en", whole=False)
    assert _too_small(phone) == []
    button = phone.locator('[data-testid="stPopoverButton"]').first
    button.evaluate("one => { one.style.minHeight = one.style.height = '40px'; }")
    [found] = _too_small(phone)
    assert found[-1] == 40


def test_the_side_bar_closes_behind_the_lesson_that_was_chosen(phone: Page, server: Server) -> None:
    open_lesson(phone, server, "?lang=en")
    phone.get_by_test_id("stExpandSidebarButton").tap()
    link = phone.locator(".clearhead-course a.page[href*='ngram']")
    expect(link).to_be_in_viewport()
    assert _too_small(phone) == []
    link.tap()
    expect(phone.locator("h1").first).to_have_text(load_lesson("ngram", "en").title)
    expect(phone.get_by_test_id("stSidebar")).to_have_attribute("data-collapsed", "true")


def _too_small(page: Page) -> list[list[object]]:
    """Each control that is seen and less than 44 pixels wide or high: what it is, says, and its sides."""
    page.wait_for_function(_DRAWN)
    found: list[list[object]] = page.evaluate(_SMALL, [FINGER])
    return found
