"""One's own text on a telephone: typed, and trained on with the next tap."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import tab
from tests.browser.driving import Server, open_lesson
from tests.patience import PATIENCE, eventually

TINY = "lstm?lstm_layers=1&lstm_width=32&lstm_steps=50&lstm_corpus=own&at=tales"
TEXT = "One cat saw another cat. A dog saw both of them. " * 6


@pytest.fixture
def telephone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 400, "height": 800}, locale="en-US", has_touch=True, is_mobile=True
    )
    context.set_default_timeout(1000 * PATIENCE)
    yield from tab(context)
    context.close()


def _texts(runs: Path) -> list[str]:
    return [json.loads(path.read_text())["corpus"]["name"] for path in runs.glob("*/spec.json")]


def test_a_tap_on_train_is_enough_after_typing(telephone: Page, server: Server) -> None:
    open_lesson(telephone, server, TINY, whole=False)
    telephone.get_by_role("button", name="More knobs").tap()
    box = telephone.get_by_label("Paste a text")
    box.tap()
    box.fill(TEXT)
    telephone.locator(".st-key-lstm_train button").tap()
    eventually(lambda: "own" in _texts(server.runs), "that one tap began to train")
    expect(telephone.locator(".st-key-lstm_panel")).to_contain_text("your own text")


def test_the_text_is_still_there_after_a_reload(telephone: Page, server: Server) -> None:
    open_lesson(telephone, server, TINY, whole=False)
    telephone.get_by_role("button", name="More knobs").tap()
    box = telephone.get_by_label("Paste a text")
    box.fill(TEXT)
    telephone.get_by_label("or upload a text file").first.focus()
    expect(telephone.locator(".st-key-lstm_own_used")).to_be_visible()
    telephone.reload()
    telephone.get_by_role("button", name="More knobs").tap()
    expect(telephone.locator(".st-key-lstm_own_used")).to_contain_text("One cat saw another")
    expect(telephone.get_by_label("Paste a text")).to_have_value(TEXT)
