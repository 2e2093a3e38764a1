"""The lesson on learning in a browser: back-propagation by keyboard, a rate dragged too far and back."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.driving import rerun

ADDRESS = "learning?lang=en"


def place(lesson: Page, bet: str) -> None:
    box = lesson.locator(f".st-key-bet_learning_{bet}")
    box.get_by_role("radio").first.click()
    box.get_by_role("button", name="Place the bet").click()
    expect(box.get_by_role("alert")).to_be_visible()


def test_back_propagation_is_walked_by_keyboard(lesson: Page) -> None:
    graph = lesson.locator(".st-key-learning_graph")
    at, worked = graph.locator(".at"), graph.locator(".worked")
    first = graph.locator("g.spot").first
    expect(at).to_have_text("Nothing is computed yet: only what was given has a value.")
    first.focus()
    lesson.keyboard.press("ArrowRight")
    expect(at).to_have_text("Forward, step 1 of 7: a₁")
    expect(worked).to_contain_text("w₁₁ · x₁ + w₁₂ · x₂")
    expect(
        graph.get_by_label("a₁, a sum of the first layer: value 0.70, slope not yet known")
    ).to_be_visible()
    for _ in range(6):
        lesson.keyboard.press("ArrowRight")
    expect(at).to_have_text("Forward, step 7 of 7: L")
    lesson.keyboard.press("ArrowRight")
    lesson.keyboard.press("ArrowRight")
    expect(at).to_have_text("Back, step 2 of 17: z₁")
    expect(worked).to_contain_text("p₁ − y₁")
    lesson.keyboard.press("End")
    expect(at).to_have_text("Back, step 17 of 17: x₂")
    graph.get_by_label("h₁,").click()
    expect(worked).to_contain_text("Two paths lead on from here, so two products are added.")
    lesson.keyboard.press("ArrowLeft")
    expect(at).to_have_text("Back, step 7 of 17: v₂₂")
    expect(worked).to_contain_text("Nudged up and down")
    lesson.keyboard.press("Home")
    expect(at).to_have_text("Nothing is computed yet: only what was given has a value.")


def test_keys_go_on_where_a_button_has_led(lesson: Page) -> None:
    graph = lesson.locator(".st-key-learning_graph")
    graph.get_by_role("button", name="All the way back").focus()
    lesson.keyboard.press("Enter")
    expect(graph.locator(".at")).to_have_text("Back, step 17 of 17: x₂")
    lesson.keyboard.press("ArrowLeft")
    expect(graph.locator(".at")).to_have_text("Back, step 16 of 17: x₁")
    lesson.keyboard.press("Home")
    expect(graph.locator(".at")).to_have_text(
        "Nothing is computed yet: only what was given has a value."
    )


def test_what_was_given_is_reached_by_keyboard_and_an_answer_loses_no_step(lesson: Page) -> None:
    graph = lesson.locator(".st-key-learning_graph")
    graph.locator("g.spot").first.focus()
    lesson.keyboard.press("ArrowDown")
    lesson.keyboard.press("Enter")
    expect(graph.locator(".worked")).to_contain_text("x₂: an input")
    expect(graph.locator(".at")).to_have_text(
        "Nothing is computed yet: only what was given has a value."
    )
    with rerun(lesson):
        graph.get_by_role("button", name="Forward to the loss").click()
        lesson.locator(".st-key-learning_graph_take button").click()
    expect(graph.locator(".at")).to_have_text("Forward, step 7 of 7: L")
    lesson.wait_for_url("**graph_step=7**")


def test_the_rate_is_dragged_to_divergence_and_back(lesson: Page) -> None:
    place(lesson, "bet_rate")
    said = lesson.locator("p", has_text="gradient descent, η =").first
    expect(said).to_contain_text("it diverges")
    handle = lesson.get_by_role("slider", name="Learning rate η").last
    handle.focus()
    for _ in range(4):
        lesson.keyboard.press("ArrowLeft")
    expect(said).to_contain_text("stays within 0.01 nats")
    for _ in range(6):
        lesson.keyboard.press("ArrowRight")
    expect(said).to_contain_text("it diverges")
    for _ in range(9):
        lesson.keyboard.press("ArrowLeft")
    expect(said).to_contain_text("after 60 steps")


def test_where_one_has_stopped_outlives_a_reload(lesson: Page) -> None:
    graph = lesson.locator(".st-key-learning_graph")
    graph.get_by_role("button", name="All the way back").click()
    expect(graph.locator(".at")).to_have_text("Back, step 17 of 17: x₂")
    lesson.wait_for_url("**graph_step=24**")
    lesson.reload()
    expect(graph.locator(".at")).to_have_text("Back, step 17 of 17: x₂")
