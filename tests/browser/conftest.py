"""A real server and a real browser, one for all files; those that count what trains have a server of their
own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.driving import Server, open_lesson, start_server
from tests.patience import PATIENCE

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for all files that count no runs."""
    yield from running(tmp_path_factory.mktemp("runs"))


def running(runs: Path, pages: Path | None = None) -> Iterator[Server]:
    """A server with its own folder of runs, until the tests that asked for it are done."""
    started = start_server(runs, pages)
    yield started
    started.end()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = shutil.which("chromium") or shutil.which("google-chrome")
        opened = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def visitor(browser: Browser) -> Iterator[BrowserContext]:
    """One visitor for all tests that need no other: a page's scripts are fetched and compiled once."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-US")
    context.set_default_timeout(1000 * PATIENCE)
    yield context
    context.close()


@pytest.fixture
def page(visitor: BrowserContext) -> Iterator[Page]:
    """A new tab. The test fails if the page throws or shows a traceback."""
    yield from tab(visitor)


@pytest.fixture(scope="module")
def lesson(
    request: pytest.FixtureRequest, visitor: BrowserContext, server: Server
) -> Iterator[Page]:
    """The file's ``ADDRESS``, opened once for its tests, which follow one another in it: the whole lesson,
    unless it names a section."""
    address = request.module.ADDRESS
    for opened in tab(visitor):
        open_lesson(opened, server, address, whole="at=" not in address)
        yield opened


def tab(visitor: BrowserContext) -> Iterator[Page]:
    opened = visitor.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    tracebacks = opened.get_by_test_id("stException").count()
    opened.close()
    assert not errors
    assert not tracebacks
