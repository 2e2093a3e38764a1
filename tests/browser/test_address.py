"""The address and the page say the same: after a choice, after Back and Forward, on a link."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qs, urlparse

import pytest
from playwright.sync_api import Page, expect

from tests.browser.driving import Server, open_lesson, rerun, settled
from tests.patience import eventually

Do = Callable[[Page], None]


@dataclass(frozen=True)
class Choosing:
    """Three choices of a lesson, one after the other; ``read`` is what the page shows of them."""

    slug: str
    choices: tuple[Do, ...]
    read: Callable[[Page], tuple[str, ...]]


def _press(key: str, name: str) -> Do:
    return lambda page: (
        page.locator(f".st-key-{key}").get_by_role("radio", name=name, exact=True).click()
    )


def _type(key: str, text: str) -> Do:
    def type_in(page: Page) -> None:
        box = page.locator(f".st-key-{key} input")
        box.fill(text)
        box.press("Enter")

    return type_in


def _slide(key: str) -> Do:
    return lambda page: page.locator(f".st-key-{key} input[type=range]").press("ArrowRight")


def _pressed(page: Page, key: str) -> str:
    return page.locator(f".st-key-{key} [role=radio][aria-checked=true]").inner_text()


def _typed(page: Page, key: str) -> str:
    return page.locator(f".st-key-{key} input").first.input_value()


LESSONS = (
    Choosing(
        "ngram",
        (
            _press("ngram_order", "5"),
            _press("ngram_smoothing", "add-k"),
            _type("ngram_context", "Mia had a"),
        ),
        lambda page: (
            _pressed(page, "ngram_order"),
            _pressed(page, "ngram_smoothing"),
            _typed(page, "ngram_context"),
        ),
    ),
    Choosing(
        "attention",
        (
            _press("attention_asks", "gave"),
            _press("attention_mask", "no mask"),
            lambda page: page.locator(".st-key-attention_divide label").first.click(),
        ),
        lambda page: (
            _pressed(page, "attention_asks"),
            _pressed(page, "attention_mask"),
            str(page.locator(".st-key-attention_divide input").is_checked()),
        ),
    ),
    Choosing(
        "gpt",
        (_type("gpt_prompt", "Tom had"), _slide("gpt_temperature"), _slide("gpt_top_k")),
        lambda page: tuple(
            _typed(page, key) for key in ("gpt_prompt", "gpt_temperature", "gpt_top_k")
        ),
    ),
)


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.slug)
def test_back_and_forward_show_what_the_address_says(
    page: Page, server: Server, lesson: Choosing
) -> None:
    open_lesson(page, server, f"{lesson.slug}?lang=en")
    seen = [(_address(page), lesson.read(page))]
    for choose in lesson.choices:
        before = page.url
        with rerun(page):
            choose(page)
        page.wait_for_url(lambda url, before=before: url != before)
        seen.append((_address(page), lesson.read(page)))
    assert [len(address) for address, _shown in seen] == [0, 1, 2, 3]
    assert len({shown for _address_, shown in seen}) == 4

    def expect_place(place: int) -> None:
        eventually(
            lambda: (_address(page), lesson.read(page)) == seen[place],
            f"that the page was as after {place} choices",
        )

    page.go_back()
    expect_place(2)
    page.go_back()
    expect_place(1)
    page.go_forward()
    expect_place(2)
    page.get_by_role("link", name="Where am I?").first.click()
    page.wait_for_url("**/positions?lang=en")
    settled(page)
    page.go_back()
    expect(page.locator(f".st-key-{_KEYS[lesson.slug]}")).to_be_visible()
    expect_place(2)


def test_the_order_is_still_there_after_the_course_map_and_back(page: Page, server: Server) -> None:
    """And the address that was opened first, without a language, is one entry too."""
    open_lesson(page, server, "ngram", whole=False)
    page.wait_for_url("**/ngram?lang=en")
    for order in ("5", "7"):
        with rerun(page):
            _press("ngram_order", order)(page)
        page.wait_for_url(f"**/ngram?*ngram_order={order}*")
    page.get_by_role("link", name="Back to the course map").click()
    page.wait_for_url(f"{server.url}/?*lang=en*")
    settled(page)
    page.go_back()
    eventually(lambda: _pressed(page, "ngram_order") == "7", "order 7")
    assert page.url.endswith("ngram_order=7")
    for order in ("5", "2"):
        page.go_back()
        eventually(lambda order=order: _pressed(page, "ngram_order") == order, f"order {order}")
    page.go_back()
    if (
        page.url != "about:blank"
    ):  # a busy machine: the address was completed before the browser could tell
        page.go_back()
    page.wait_for_url("about:blank")


def test_what_asks_to_be_drawn_while_its_page_is_left_does_not_come_back(
    page: Page, server: Server
) -> None:
    """The browser asks for the page, and for a part of the one that it leaves as long as it stands."""
    open_lesson(page, server, "ngram?lang=en", whole=False)
    page.get_by_role("link", name="Where am I?").first.click()
    page.wait_for_url("**/positions?lang=en")
    folded = page.locator(".st-key-section_positions_distance .clearhead-fold .words")
    expect(folded).to_be_attached()
    settled(page)
    folded.evaluate(
        """words => {
            const found = () => {
                words.dispatchEvent(new Event("beforematch"));
                if (words.isConnected) setTimeout(found, 2);
            };
            addEventListener("popstate", found, { once: true });
            history.back();
        }"""
    )
    title = page.get_by_role("heading", level=1)
    expect(title).to_have_text("Counting: N-grams")
    settled(page)
    expect(title).to_have_text("Counting: N-grams")
    expect(page.locator(".st-key-ngram_order")).to_be_visible()
    with rerun(page):
        _press("ngram_order", "5")(page)
    expect(title).to_have_text("Counting: N-grams")


def test_what_is_alone_begins_at_its_top_and_the_lesson_is_found_where_it_was_left(
    page: Page, server: Server
) -> None:
    """By its own button and by Back, with one press, whatever else the address says."""
    open_lesson(page, server, "attention?lang=en&attention_scores=true")
    button = page.locator(".st-key-attention_bench_alone button").first
    button.scroll_into_view_if_needed()

    def top() -> float | None:
        box = button.bounding_box() if button.count() else None
        return None if box is None else round(box["y"])

    place = top()
    for back in ("button", "history"):
        button.click()
        page.wait_for_url("**attention_alone=bench**")
        title = page.get_by_role("heading", level=1)
        expect(page.locator(".st-key-attention_alone_back button").first).to_be_in_viewport()
        expect(title).to_be_in_viewport()
        if back == "button":
            page.locator(".st-key-attention_alone_back button").first.click()
        else:
            page.go_back()
        eventually(
            lambda: abs((top() or 0) - (place or 0)) < 40, f"the lesson as it was left, by {back}"
        )
        assert "alone" not in page.url and "attention_scores=true" in page.url


def _address(page: Page) -> dict[str, list[str]]:
    found = parse_qs(urlparse(page.url).query)
    for name in ("lang", "whole"):
        found.pop(name, None)
    return found


_KEYS = {"ngram": "ngram_order", "attention": "attention_asks", "gpt": "gpt_prompt"}
