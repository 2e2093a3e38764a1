"""One server for the widgets' pages; ``widget`` is the page of the file's ``PAGE``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.conftest import running, tab
from tests.browser.driving import Server, open_page


@pytest.fixture(scope="package")
def widgets(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    yield from running(tmp_path_factory.mktemp("runs"), Path(__file__).parent)


@pytest.fixture
def widget(
    request: pytest.FixtureRequest, visitor: BrowserContext, widgets: Server
) -> Iterator[Page]:
    """A new tab with the page, for each test as it is at first."""
    for opened in tab(visitor):
        open_page(opened, widgets, request.module.PAGE)
        yield opened
