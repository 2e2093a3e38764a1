"""Training live: to the end, stopped, shared by two browsers, reloaded, and through a dead server."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from pathlib import Path

import psutil  # type: ignore[import-untyped]
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import running
from tests.browser.driving import Server, open_lesson, rerun, start_server
from tests.patience import eventually

TINY = "gpt?gpt_layers=1&gpt_width=32&gpt_heads=1&gpt_steps=150&gpt_seed=11"
SHORT = "gpt?gpt_layers=1&gpt_width=32&gpt_heads=1&gpt_steps=600&gpt_seed=16"
ENDLESS = "gpt?gpt_layers=2&gpt_width=128&gpt_heads=4&gpt_steps=3000&gpt_seed={seed}"
"""Far more than there is to see before it is stopped."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """These tests count and kill what trains: nobody else's runs may be there."""
    yield from running(tmp_path_factory.mktemp("runs"))


def _open_gpt(page: Page, server: Server, address: str) -> None:
    """Open the lesson where it trains and place the bet that this waits for, unless it was placed before."""
    open_lesson(page, server, f"{address}&at=training", whole=False)
    option = page.locator(".st-key-gpt_bet_first_answer button").first
    if option.is_enabled():
        option.click()
        with rerun(page):
            page.locator(".st-key-gpt_bet_first_check button").click()


def _train(page: Page) -> Locator:
    # Streamlit draws a button with a tooltip twice, for a mouse and for a finger.
    return page.locator(".st-key-gpt_train button:visible")


def _stop(page: Page) -> Locator:
    return page.locator(".st-key-gpt_stop button")


def _states(runs: Path) -> dict[str, str]:
    return {
        path.parent.name: json.loads(path.read_text())["state"] for path in runs.glob("*/state")
    }


def _wait_for_state(runs: Path, wanted: str) -> str:
    eventually(lambda: wanted in _states(runs).values(), f"that a run became {wanted}")
    return next(run for run, state in _states(runs).items() if state == wanted)


def _wait_for_lines(run: Path, more: int = 3) -> None:
    """Until the training has written some lines more than it has now."""
    metrics = run / "metrics.jsonl"

    def lines() -> int:
        return len(metrics.read_text().splitlines()) if metrics.exists() else 0

    wanted = lines() + more
    eventually(lambda: lines() >= wanted, "that the training went on")


def test_a_gpt_is_trained_to_the_end_and_falls_below_ln_v(page: Page, server: Server) -> None:
    _open_gpt(page, server, TINY)
    _train(page).click()
    expect(_stop(page)).to_be_visible()
    expect(_train(page)).to_contain_text("Train with seed")
    run = _wait_for_state(server.runs, "done")
    metrics = [json.loads(line) for line in (server.runs / run / "metrics.jsonl").open()]
    vocabulary = json.loads((server.runs / run / "tokenizer.json").read_text())
    assert vocabulary
    losses = [m["validation_loss"] for m in metrics if m["validation_loss"] is not None]
    assert losses[-1] < losses[0] - 1
    expect(page.get_by_text(re.compile(r"nats \(blind guessing\) down to"))).to_be_visible()
    expect(page.locator(".st-key-gpt_scrubber input")).to_be_enabled()
    assert math.isfinite(losses[-1])
    # The same with another seed begins with this tap.
    _train(page).click()
    eventually(lambda: len(_states(server.runs)) == 2, "that another seed began to train")
    page.wait_for_url("**gpt_seed=12**")
    expect(_train(page)).to_contain_text("Train with seed 13")


def test_the_scrubber_moves_the_sample_through_training(page: Page, server: Server) -> None:
    open_lesson(page, server, "gpt?gpt_step=276&at=training", whole=False)
    sample = page.locator(".st-key-gpt_sample .sample")
    expect(sample).not_to_be_empty()
    before = sample.inner_text()
    page.locator(".st-key-gpt_scrubber input").focus()
    with rerun(page):
        page.keyboard.press("Home")
    expect(sample).not_to_have_text(before)
    page.wait_for_url("**gpt_step*")


def test_a_run_is_stopped_and_can_be_resumed(page: Page, server: Server) -> None:
    _open_gpt(page, server, ENDLESS.format(seed=12))
    _train(page).click()
    expect(_stop(page)).to_be_visible()
    run = _wait_for_state(server.runs, "running")
    _wait_for_lines(server.runs / run)
    _stop(page).click()
    eventually(lambda: _states(server.runs)[run] == "cancelled", "that the run was stopped")
    expect(_train(page)).to_contain_text("Resume")
    _train(page).click()
    expect(_stop(page)).to_be_visible()
    assert _states(server.runs)[run] in ("running", "queued")
    _stop(page).click()
    eventually(lambda: _states(server.runs)[run] == "cancelled", "that the run was stopped")


def test_two_browsers_ask_for_the_same_run_and_one_is_trained(
    browser: Browser, server: Server
) -> None:
    before = set(_states(server.runs))
    visitors = [browser.new_context(locale="en-US") for _ in range(2)]
    first, second = pages = [visitor.new_page() for visitor in visitors]
    for page in pages:
        _open_gpt(page, server, ENDLESS.format(seed=13))
    for page in pages:
        _train(page).click()
        expect(_stop(page)).to_be_visible()
    (run,) = set(_states(server.runs)) - before
    _stop(first).click()
    expect(first.get_by_text("Others still train this")).to_be_visible()
    _wait_for_lines(server.runs / run)
    assert _states(server.runs)[run] == "running", "the other one still watches"
    _stop(second).click()
    eventually(lambda: _states(server.runs)[run] == "cancelled", "that the run was stopped")
    for visitor in visitors:
        visitor.close()


def test_a_reload_during_training_goes_on_watching(page: Page, server: Server) -> None:
    _open_gpt(page, server, ENDLESS.format(seed=14))
    _train(page).click()
    expect(_stop(page)).to_be_visible()
    page.reload()
    expect(_stop(page)).to_be_visible()
    _stop(page).click()
    expect(_train(page)).to_be_visible()


def test_a_killed_foreman_is_replaced_and_the_run_goes_on_to_its_end(
    page: Page, server: Server
) -> None:
    _open_gpt(page, server, SHORT)
    _train(page).click()
    run = _wait_for_state(server.runs, "running")
    checkpoint = server.runs / run / "checkpoint.safetensors"
    eventually(checkpoint.exists, "a checkpoint")
    (foreman,) = [
        child
        for child in psutil.Process(server.process.pid).children()
        if "core.runs.foreman" in child.cmdline()
    ]
    foreman.kill()
    expect(page.get_by_text(re.compile(r"was restarted.*goes on from step \d+"))).to_be_visible()
    expect(_train(page)).to_contain_text("Train with seed")
    assert _states(server.runs)[run] == "done"


def test_a_server_killed_during_training_starts_again_and_the_run_is_resumed(
    browser: Browser, tmp_path: Path
) -> None:
    first = start_server(tmp_path / "runs")
    context = browser.new_context(locale="en-US")
    page = context.new_page()
    second = None
    try:
        _open_gpt(page, first, ENDLESS.format(seed=15))
        _train(page).click()
        run = _wait_for_state(first.runs, "running")
        _wait_for_lines(first.runs / run)
        first.kill()
        second = start_server(tmp_path / "runs", port=first.port)
        eventually(lambda: _states(second.runs)[run] == "failed", "that the run was interrupted")
        page.reload()
        expect(page.get_by_text("interrupted")).to_be_visible()
        _train(page).click()
        expect(_stop(page)).to_be_visible()
        assert _states(second.runs)[run] in ("queued", "running")
    finally:
        context.close()
        for server in (first, second):
            if server is not None and server.process.poll() is None:
                server.end()
