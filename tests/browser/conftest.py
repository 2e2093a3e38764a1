"""A real server and a real browser: a server for each module, with fresh folders, one browser for all."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.driving import Server, open_lesson, start_server

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    yield from _running(tmp_path_factory.mktemp("runs"))


@pytest.fixture(scope="session")
def lesson_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """For files that train nothing: one server for all of them."""
    yield from _running(tmp_path_factory.mktemp("runs"))


def _running(runs: Path) -> Iterator[Server]:
    running = start_server(runs)
    yield running
    running.process.terminate()
    try:
        running.process.wait(10)
    except subprocess.TimeoutExpired:
        running.kill()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = shutil.which("chromium") or shutil.which("google-chrome")
        opened = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh visitor. The test fails if the page throws or shows a traceback."""
    yield from _visit(browser)


@pytest.fixture(scope="module")
def lesson(browser: Browser, lesson_server: Server) -> Iterator[Page]:
    """The attention lesson, opened once for the tests of a file, which follow one another in it."""
    for opened in _visit(browser):
        open_lesson(opened, lesson_server, "attention?lang=en")
        yield opened


def _visit(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-US")
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    tracebacks = opened.get_by_test_id("stException").count()
    context.close()
    assert not errors
    assert not tracebacks
