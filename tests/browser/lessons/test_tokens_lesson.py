"""The lesson on tokens in a browser: chips mark whole characters, pairs are merged and let go again."""

from __future__ import annotations

from urllib.parse import quote

from playwright.sync_api import Locator, Page, expect

FAMILY = "👨‍👩‍👧"
TEXT = f"hi {FAMILY} कि"
ADDRESS = f"tokens?lang=en&tokens_text={quote(TEXT)}"


def _lit(strips: Locator) -> str:
    """What is marked in the text above the strips."""
    return "".join(strips.locator(".sign.lit").all_text_contents())


def test_a_part_of_a_character_marks_all_of_it(lesson: Page) -> None:
    strips = lesson.locator(".st-key-tokens_pieces")
    said = strips.locator(".said")
    bytes_ = strips.locator(".strip").nth(2)
    chip = bytes_.locator(".chip", has_text="<9F>").first
    chip.hover()
    expect(strips.locator(".sign.lit")).to_have_count(1)
    assert _lit(strips) == FAMILY
    expect(said).to_contain_text(f"a part of “{FAMILY}”")
    assert "�" not in strips.inner_text()
    bytes_.locator(".chip").first.hover()
    expect(said).to_contain_text("stands for “h")
    bracket = bytes_.locator(".bracket").first
    expect(bracket.locator(".whole")).to_have_text(FAMILY)
    expect(bracket.locator(".chip")).to_have_count(16)
    strips.locator(".sign").last.hover()
    lit = strips.locator(".strip").nth(0).locator(".chip.lit")
    expect(lit).to_have_count(2)  # a consonant and its vowel sign


def test_chips_are_walked_over_with_the_keyboard(lesson: Page) -> None:
    strips = lesson.locator(".st-key-tokens_pieces")
    first = strips.locator(".strip").nth(0).locator(".chip").first
    first.focus()
    lesson.keyboard.press("ArrowRight")
    lesson.mouse.move(0, 0)
    assert _lit(strips) == "i"
    expect(strips.locator(".said")).to_contain_text("U+0069")
    lesson.keyboard.press("End")
    assert _lit(strips) == "कि"
    lesson.keyboard.press("Escape")
    expect(strips.locator(".sign.lit")).to_have_count(0)


def test_a_pair_is_merged_and_let_go_again(lesson: Page) -> None:
    film = lesson.locator(".st-key-tokens_merges")
    at, pieces = film.locator(".at"), film.locator(".pieces")
    expect(at).to_contain_text("36 tokens")
    before = pieces.inner_text()
    film.locator(".next").click()
    expect(at).to_contain_text("1 of 12 merges · 29 tokens")
    expect(pieces.locator(".token.new")).to_have_count(7)
    film.locator(".back").click()
    expect(at).to_contain_text("36 tokens")
    assert pieces.inner_text() == before
    bar = film.locator(".bar").first
    bar.click()
    expect(bar).to_have_attribute("aria-pressed", "true")
    expect(pieces.locator(".token.lit")).to_have_count(14)
    expect(film.locator(".said")).to_contain_text("7×")


def test_where_one_stops_stands_in_the_address(lesson: Page) -> None:
    film = lesson.locator(".st-key-tokens_merges")
    slider = film.locator("input[type=range]")
    slider.focus()
    slider.press("End")
    expect(film.locator(".at")).to_contain_text("12 of 12")
    lesson.wait_for_url("**tokens_step=12**")
    expect(film.locator(".next")).to_be_disabled()
    film.locator(".first").click()
    expect(film.locator(".at")).to_contain_text("0 of 12")
    lesson.wait_for_url(lambda url: "tokens_step" not in url)
