"""A word and its card in a browser: pointed at, focused, tapped; and the glossary, searched."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from lessons.terms import explained_terms
from tests.browser.conftest import tab
from tests.browser.driving import Server, open_lesson, rerun
from tests.browser.prefix_proxy import PREFIX, prefix_proxy

ADDRESS = "ngram?lang=en"
CARD = ".clearhead-terms .card"


@pytest.fixture(scope="module")
def phone(browser: Browser, server: Server) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 400, "height": 800}, has_touch=True, is_mobile=True, locale="zh-CN"
    )
    yield from tab(context)
    context.close()


def _word(page: Page, term: str) -> Locator:
    return page.locator(f'.stMarkdown a[href*="term={term}&"]').first


def _ready(page: Page) -> None:
    """The program that listens is there."""
    expect(page.locator(f"{CARD}[data-ready]")).to_be_attached()


def test_pointing_at_a_word_says_what_it_means(lesson: Page) -> None:
    _ready(lesson)
    card = lesson.locator(CARD)
    _word(lesson, "token").hover()
    expect(card).to_contain_text("A piece of text that a model treats as one")
    expect(card).to_contain_text("词元")
    card.hover()
    card.get_by_role("link").first.hover()  # what is in it can be reached
    expect(card).to_be_visible()
    lesson.locator("h1").hover()
    expect(card).to_be_hidden()


def test_the_keyboard_reaches_a_word_and_escape_closes_its_card(lesson: Page) -> None:
    word, card = _word(lesson, "vocabulary"), lesson.locator(CARD)
    lesson.mouse.move(0, 0)
    _word(lesson, "token").focus()
    lesson.keyboard.press("Tab")
    expect(word).to_be_focused()
    expect(card).to_be_visible()
    expect(word).to_have_accessible_description(
        "vocabulary 词表 All the different tokens that a model knows. Their number is written V."
    )
    lesson.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(word).to_be_focused()
    assert word.get_attribute("aria-describedby") is None


def test_a_card_never_leaves_the_window_and_moves_nothing(lesson: Page) -> None:
    before = lesson.locator("h2").first.bounding_box()
    for term in ("token", "bigram", "vocabulary", "language-model"):
        _word(lesson, term).hover()
        expect(lesson.locator(CARD)).to_be_visible()
        box = lesson.locator(CARD).bounding_box()
        assert box is not None
        assert box["x"] >= 0 and box["x"] + box["width"] <= 1440
        assert box["y"] >= 0 and box["y"] + box["height"] <= 900
        lesson.keyboard.press("Escape")
    lesson.evaluate("document.querySelector('[data-testid=stMain]').scrollTo(0, 0)")
    assert lesson.locator("h2").first.bounding_box() == before


def test_a_word_leads_to_the_glossary_in_the_same_tab_and_back(lesson: Page) -> None:
    _word(lesson, "loss").focus()
    lesson.keyboard.press("Enter")
    lesson.wait_for_url("**/glossary?term=loss**")
    lit = lesson.locator(".clearhead-words .entry.lit")
    expect(lit).to_contain_text("How wrong a model's predictions are")
    expect(lit).to_be_in_viewport()
    expect(lit.locator("dt")).to_be_focused()
    assert len(lesson.context.pages) == len({page.url for page in lesson.context.pages})
    lesson.go_back()
    lesson.wait_for_url("**/ngram**")
    expect(lesson.locator("h1")).to_have_text("Counting: N-grams")


def test_the_glossary_is_searched_while_one_types(page: Page, server: Server) -> None:
    open_lesson(page, server, "glossary?lang=en")
    box = page.get_by_role("searchbox")
    entries, count = (
        page.locator(".clearhead-words .entry"),
        page.locator(".clearhead-words .count"),
    )
    expect(count).to_have_text(f"{len(explained_terms())} words")
    with rerun(page):
        box.fill("词元")
        expect(entries).to_have_count(3)
    expect(entries.first).to_contain_text("token")
    page.wait_for_url("**glossary_search=**")
    with rerun(page):
        box.fill("grad")
    with rerun(page):
        box.fill("gradient")
    expect(box).to_have_value("gradient")
    page.wait_for_url("**glossary_search=gradient**")
    for junk in ("(.*", "🙂", "q" * 10_000):
        box.fill(junk)
        expect(page.locator(".clearhead-words .nothing")).to_be_visible()
        expect(entries).to_have_count(0)
    page.get_by_role("button", name="Show all words").click()
    expect(count).not_to_contain_text("of")
    expect(box).to_be_focused()


def test_a_link_opens_what_was_searched_and_leads_on(page: Page, server: Server) -> None:
    open_lesson(page, server, "glossary?lang=en&glossary_search=d")
    expect(page.locator(".clearhead-words .entry").first).to_contain_text("width")
    open_lesson(page, server, "glossary?lang=en&term=score")
    lit = page.locator(".clearhead-words .entry.lit")
    expect(lit).to_contain_text("score")
    lit.get_by_role("link", name="dot product").click()
    expect(page.locator(".clearhead-words .entry.lit")).to_contain_text("Two lists of numbers")
    page.wait_for_url("**term=dot-product**")
    lit.get_by_role("link", name="taught in").click()
    page.wait_for_url("**/embeddings?at=company**")
    expect(page.get_by_role("heading", name="A word is known by its company")).to_be_in_viewport()


def test_a_finger_opens_the_card_first_and_then_the_page(phone: Page, server: Server) -> None:
    open_lesson(phone, server, "ngram?lang=zh", whole=False)
    _ready(phone)
    word, card = _word(phone, "vocabulary"), phone.locator(CARD)
    word.tap()
    expect(card).to_contain_text("模型认识的全部不同的词元")
    box = card.bounding_box()
    assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= 400
    way = card.get_by_role("link", name="在名词解释里看")
    size = way.bounding_box()
    assert size is not None and size["height"] >= 44
    phone.locator("h2").first.tap()
    expect(card).to_be_hidden()
    assert "/ngram" in phone.url
    word.tap()
    card.get_by_role("link", name="在名词解释里看").tap()
    phone.wait_for_url("**/glossary?term=vocabulary**")
    expect(phone.locator(".clearhead-words .entry.lit")).to_contain_text("词表")
    wide = phone.evaluate("document.documentElement.scrollWidth")
    assert wide <= 400


def test_any_link_to_the_glossary_stays_in_its_tab(page: Page, server: Server) -> None:
    open_lesson(page, server, "heads?lang=en&at=split", whole=False)
    _ready(page)
    page.get_by_role("link", name="all letters of shapes").click()
    page.wait_for_url("**/glossary?at=letters**")
    expect(page.get_by_role("heading", name="Letters of shapes")).to_be_in_viewport()
    expect(page.locator(".clearhead-shapes [role=img]")).to_have_accessible_name(
        re.compile("Three tables")
    )


def test_below_a_prefix_a_word_leads_below_it(page: Page, server: Server) -> None:
    with prefix_proxy(server.url) as proxy:
        page.goto(f"{proxy.url}/ngram?lang=en")
        _ready(page)
        _word(page, "token").focus()
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{PREFIX}/glossary?term=token**")
        expect(page.locator(".clearhead-words .entry.lit")).to_contain_text("token")
        page.goto("about:blank")
