"""Tasks in a browser: a bet, another task, a problem of one's own with verdicts, and what a head copies."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

ADDRESS = "compare?lang=en"


def test_the_bet_opens_the_curves(lesson: Page) -> None:
    expect(lesson.locator(".st-key-compare_solved")).to_have_count(0)
    bet = lesson.locator(".st-key-bet_compare_bet_parity")
    bet.get_by_text("The RNN and the LSTM", exact=True).click()
    bet.get_by_role("button", name="Place the bet").click()
    expect(bet).to_contain_text("Right.")
    curves = lesson.locator(".st-key-compare_solved")
    expect(curves.locator(".legendtext")).to_have_count(5)
    expect(lesson.get_by_text("Beyond, this is solved by")).to_contain_text("LSTM")


def test_another_task_is_shown_and_a_problem_of_ones_own_is_judged(lesson: Page) -> None:
    tasks = lesson.locator(".st-key-compare_task")
    tasks.get_by_text("add numbers", exact=True).click()
    lesson.wait_for_url("**compare_task=addition**")
    box = lesson.locator(".st-key-compare_task_own input")
    expect(box).to_have_value("27+58")
    box.fill("12+30=")
    box.press("Enter")
    expect(lesson.get_by_text("12+30=42")).to_be_visible()
    verdicts = lesson.locator("li", has_text=re.compile("✓ right|✗ wrong"))
    expect(verdicts).to_have_count(4)
    expect(verdicts.filter(has_text="GPT")).to_contain_text("42 ✓ right")
    expect(verdicts.filter(has_text="RNN, width 64")).to_contain_text("✗ wrong")
    box.fill("12+a")
    box.press("Enter")
    expect(lesson.get_by_text("has no place in this task")).to_contain_text("a")
    expect(lesson.locator(".st-key-compare_solved")).to_be_visible()


def test_a_head_looks_at_the_letter_that_comes_next(lesson: Page) -> None:
    said = lesson.get_by_text(re.compile("of its attention on the letter that comes next"))
    said.scroll_into_view_if_needed()
    before = said.inner_text()
    box = lesson.locator(".st-key-compare_task_copied input")
    box.fill("hgfedcba")
    box.press("Enter")
    expect(said).not_to_have_text(before)
