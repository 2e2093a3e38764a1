"""The lesson on memory in a browser: a network is unrolled, a step is walked by keyboard, a unit is found.

One visitor does it all, since the page takes longest to open.
"""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

ADDRESS = "lstm?lang=en"


def chain(page: Page, key: str) -> Locator:
    found = page.locator(f".st-key-{key} .clearhead-chain").first
    expect(found.locator(".card.current")).to_be_visible()
    return found


def test_the_network_is_walked_token_by_token(lesson: Page) -> None:
    steps = lesson.locator(".st-key-lstm_unrolled_picture .step")
    expect(steps).to_have_count(7)
    expect(steps.nth(2)).to_have_attribute("aria-pressed", "true")
    said = lesson.get_by_text(re.compile(r"^Step \d reads"))
    expect(said).to_contain_text("Step 3 reads")
    steps.nth(2).focus()
    lesson.keyboard.press("ArrowRight")
    lesson.keyboard.press("Enter")
    expect(steps.nth(3)).to_have_attribute("aria-pressed", "true")
    expect(said).to_contain_text("Step 4 reads")
    colours = (
        steps.nth(3)
        .locator(".state span")
        .evaluate_all("squares => new Set(squares.map((one) => one.style.background)).size")
    )
    assert colours > 5, "a state of real numbers"


def test_a_step_of_the_lstm_is_walked_by_keyboard(lesson: Page) -> None:
    """From the new cell to the state, back to a gate, and by Enter to what a number was made from."""
    seen = chain(lesson, "lstm_step")
    arithmetic = lesson.locator(".st-key-lstm_step_arithmetic")
    current = seen.locator(".card.current")
    expect(current).to_have_attribute("data-matrix", "cell")
    expect(arithmetic).to_contain_text("what is kept plus what is written")
    current.locator("[tabindex='0']").first.focus()
    lesson.keyboard.press("PageDown")
    expect(current).to_have_attribute("data-matrix", "squashed")
    lesson.keyboard.press("PageDown")
    expect(current).to_have_attribute("data-matrix", "hidden")
    expect(arithmetic).to_contain_text("output gate times tanh of the cell")
    for _stage in range(5):
        lesson.keyboard.press("PageUp")
    expect(current).to_have_attribute("data-matrix", "candidate")
    lesson.keyboard.press("PageUp")
    expect(current).to_have_attribute("data-matrix", "gates")
    lesson.keyboard.press("Home")
    lesson.keyboard.press("ArrowUp")
    expect(arithmetic).to_contain_text("σ of the sum")
    lesson.wait_for_url("**lstm_step_stage=gates**")


def test_a_gate_lights_up_the_row_it_was_made_from(lesson: Page) -> None:
    """A source that a list names row by row: the forget gate of unit 1 feeds what is kept of unit 1."""
    seen = chain(lesson, "lstm_step")
    seen.locator(".strip button", has_text="f⊙c").click()
    current = seen.locator(".card.current")
    expect(current).to_have_attribute("data-matrix", "kept")
    current.locator('td[data-row="1"]').click()
    gates = seen.locator('.card[data-matrix="gates"]')
    expect(gates.locator("th.named")).to_have_text("f 1")
    gates.locator('td[data-row="0"]').click()
    expect(current).to_have_attribute("data-matrix", "gates")


def test_a_typed_number_is_reckoned_with(lesson: Page) -> None:
    cell = lesson.locator(".st-key-lstm_grid_lstm_x input").first
    cell.click()
    cell.fill("0.5")
    cell.press("Enter")
    lesson.wait_for_url("**lstm_typed=x**")
    expect(lesson.locator(".st-key-lstm_step .source")).to_contain_text("your numbers")
    lesson.get_by_role("button", name="Begin again").first.click()
    expect(lesson.locator(".st-key-lstm_step .source")).to_contain_text("made-up example")


def test_a_unit_is_found_by_its_probe(lesson: Page) -> None:
    tokens = lesson.locator(".st-key-lstm_probe_unit .token")
    expect(tokens.first).to_be_visible()
    said = lesson.get_by_text(re.compile(r"^Unit \d+ alone gets"))
    expect(said).to_contain_text("training has made a unit of it")
    before = said.inner_text()
    lesson.locator(".st-key-lstm_what").get_by_role("radio", name="one or many").click()
    expect(said).not_to_have_text(before)
    expect(said).to_contain_text("training has made a unit of it")
    lesson.locator(".st-key-lstm_what").get_by_role("radio", name="quotation marks").click()
    box = lesson.locator(".st-key-lstm_probe_text input")
    box.fill('Mia says: "The dog is wet." The cat is old.')
    box.press("Enter")
    expect(tokens.filter(has_text="␣dog")).to_have_class(re.compile("framed"))
    expect(tokens.filter(has_text="␣cat")).not_to_have_class(re.compile("framed"))
