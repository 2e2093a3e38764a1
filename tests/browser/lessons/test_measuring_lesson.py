"""The lesson on measuring in a browser: a sentence is coloured by loss, and a token of it taken apart."""

from __future__ import annotations

from playwright.sync_api import Page, expect

ADDRESS = "measuring?lang=en&at=sentence"


def test_a_sentence_is_coloured_by_loss_and_its_tokens_are_walked(lesson: Page) -> None:
    box = lesson.locator(".st-key-bet_measuring_bet_dear")
    shaded = lesson.locator(".st-key-measuring_shaded")
    expect(box).to_be_visible()
    expect(shaded).to_have_count(0)
    box.get_by_role("radio").nth(1).click()
    box.get_by_role("button", name="Place the bet").click()
    tokens = shaded.locator(".token")
    expect(tokens).to_have_count(10)
    expect(tokens.first).to_have_class("token bare")
    ball, the = tokens.filter(has_text="␣ball"), tokens.filter(has_text="␣the")
    expect(ball).to_have_attribute("aria-pressed", "true")
    shade = "element => getComputedStyle(element).backgroundColor"
    assert ball.evaluate(shade) != the.evaluate(shade)
    apart = lesson.locator(".st-key-measuring_apart")
    expect(apart).to_contain_text("Expected instead")
    the.click()
    expect(the).to_have_attribute("aria-pressed", "true")
    expect(apart).to_contain_text("␣the")
    lesson.keyboard.press("ArrowLeft")
    lesson.keyboard.press("Enter")
    expect(apart).to_contain_text("␣in")
