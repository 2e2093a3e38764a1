"""Training live: to the end, stopped, shared by two browsers, reloaded, and through a dead server."""

from __future__ import annotations

import json
import math
import re
import time
from collections.abc import Iterator
from pathlib import Path

import psutil  # type: ignore[import-untyped]
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import running
from tests.browser.driving import Server, open_lesson, settle, start_server

TINY = "gpt_layers=1&gpt_width=32&gpt_heads=1&gpt_steps={steps}&gpt_seed={seed}"
ENDLESS = 3000


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """These tests count and kill what trains: nobody else's runs may be there."""
    yield from running(tmp_path_factory.mktemp("runs"))


def _address(steps: int, seed: int) -> str:
    return f"gpt?{TINY.format(steps=steps, seed=seed)}"


def _panel(page: Page) -> object:
    return page.locator(".st-key-gpt_panel")


def _train(page: Page) -> None:
    page.locator(".st-key-gpt_train button").click()


def _states(runs: Path) -> dict[str, str]:
    return {
        path.parent.name: json.loads(path.read_text())["state"] for path in runs.glob("*/state")
    }


def _wait_for_state(runs: Path, wanted: str, seconds: float = 60) -> str:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        for run, state in _states(runs).items():
            if state == wanted:
                return run
        time.sleep(0.1)
    raise AssertionError(f"no run became {wanted}: {_states(runs)}")


def test_a_gpt_is_trained_to_the_end_and_falls_below_ln_v(page: Page, server: Server) -> None:
    open_lesson(page, server, _address(150, 11))
    _train(page)
    expect(page.locator(".st-key-gpt_stop button")).to_be_visible(timeout=30_000)
    expect(page.locator(".st-key-gpt_train button")).to_contain_text("another", timeout=90_000)
    run = _wait_for_state(server.runs, "done")
    metrics = [json.loads(line) for line in (server.runs / run / "metrics.jsonl").open()]
    vocabulary = json.loads((server.runs / run / "tokenizer.json").read_text())
    assert vocabulary
    losses = [m["validation_loss"] for m in metrics if m["validation_loss"] is not None]
    assert losses[-1] < losses[0] - 1
    expect(page.get_by_text(re.compile(r"nats \(blind guessing\) down to"))).to_be_visible()
    expect(page.locator(".st-key-gpt_step")).to_be_visible()
    assert math.isfinite(losses[-1])


def test_the_scrubber_moves_the_sample_through_training(page: Page, server: Server) -> None:
    open_lesson(page, server, "gpt")
    sample = page.locator(".st-key-gpt_panel").get_by_test_id("stCode").first
    before = sample.inner_text()
    page.locator(".st-key-gpt_step input[type=range]").focus()
    page.keyboard.press("Home")
    settle(page)
    expect(sample).not_to_have_text(before)
    assert "gpt_step" in page.url


def test_a_run_is_stopped_and_can_be_resumed(page: Page, server: Server) -> None:
    open_lesson(page, server, _address(ENDLESS, 12))
    _train(page)
    stop = page.locator(".st-key-gpt_stop button")
    expect(stop).to_be_visible(timeout=30_000)
    _wait_for_state(server.runs, "running")
    page.wait_for_timeout(2500)
    stop.click()
    run = _wait_for_state(server.runs, "cancelled", 5)
    expect(page.locator(".st-key-gpt_train button")).to_contain_text("Resume", timeout=15_000)
    _train(page)
    expect(stop).to_be_visible(timeout=30_000)
    assert _states(server.runs)[run] in ("running", "queued")
    stop.click()
    _wait_for_state(server.runs, "cancelled", 5)


def test_two_browsers_ask_for_the_same_run_and_one_is_trained(
    browser: Browser, server: Server
) -> None:
    before = set(_states(server.runs))
    visitors = [browser.new_context(locale="en-US") for _ in range(2)]
    pages = [visitor.new_page() for visitor in visitors]
    for visitor in pages:
        open_lesson(visitor, server, _address(ENDLESS, 13))
    for visitor in pages:
        visitor.locator(".st-key-gpt_train button, .st-key-gpt_stop button").first.click()
        visitor.wait_for_timeout(300)
        expect(visitor.locator(".st-key-gpt_stop button")).to_be_visible(timeout=30_000)
    assert len(set(_states(server.runs)) - before) == 1
    pages[0].locator(".st-key-gpt_stop button").click()
    pages[0].wait_for_timeout(1500)
    run = (set(_states(server.runs)) - before).pop()
    assert _states(server.runs)[run] in ("running", "queued"), "the other one still watches"
    pages[1].locator(".st-key-gpt_stop button").click()
    _wait_for_state(server.runs, "cancelled", 10)
    for visitor in visitors:
        visitor.close()


def test_a_reload_during_training_goes_on_watching(page: Page, server: Server) -> None:
    open_lesson(page, server, _address(ENDLESS, 14))
    _train(page)
    expect(page.locator(".st-key-gpt_stop button")).to_be_visible(timeout=30_000)
    page.reload()
    expect(page.locator(".st-key-gpt_stop button")).to_be_visible(timeout=30_000)
    page.locator(".st-key-gpt_stop button").click()
    expect(page.locator(".st-key-gpt_train button")).to_be_visible(timeout=15_000)


def test_a_killed_foreman_is_replaced_and_the_run_goes_on_to_its_end(
    page: Page, server: Server
) -> None:
    open_lesson(page, server, _address(600, 16))
    _train(page)
    run = _wait_for_state(server.runs, "running")
    checkpoint = server.runs / run / "checkpoint.safetensors"
    deadline = time.monotonic() + 60
    while not checkpoint.exists():
        assert time.monotonic() < deadline
        time.sleep(0.05)
    (foreman,) = [
        child
        for child in psutil.Process(server.process.pid).children()
        if "core.runs.foreman" in child.cmdline()
    ]
    foreman.kill()
    expect(page.get_by_text(re.compile(r"was restarted.*goes on from step \d+"))).to_be_visible(
        timeout=30_000
    )
    expect(page.locator(".st-key-gpt_train button")).to_contain_text("another", timeout=120_000)
    assert _states(server.runs)[run] == "done"


@pytest.mark.timeout(300)
def test_a_server_killed_during_training_starts_again_and_the_run_is_resumed(
    browser: Browser, tmp_path: Path
) -> None:
    first = start_server(tmp_path / "runs")
    context = browser.new_context(locale="en-US")
    page = context.new_page()
    second = None
    try:
        open_lesson(page, first, _address(ENDLESS, 15))
        _train(page)
        run = _wait_for_state(first.runs, "running")
        page.wait_for_timeout(3000)
        first.kill()
        second = start_server(tmp_path / "runs")
        open_lesson(page, second, _address(ENDLESS, 15))
        _wait_for_state(second.runs, "failed", 20)
        page.reload()
        expect(page.get_by_text("interrupted")).to_be_visible(timeout=30_000)
        _train(page)
        expect(page.locator(".st-key-gpt_stop button")).to_be_visible(timeout=30_000)
        assert _states(second.runs)[run] in ("queued", "running")
    finally:
        context.close()
        for server in (first, second):
            if server is not None and server.process.poll() is None:
                server.process.terminate()
                server.process.wait(10)
