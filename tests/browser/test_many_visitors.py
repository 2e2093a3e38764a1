"""A class opens pages at once on a machine that allows few open files: macOS begins with 256."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from lessons.catalogue import pages
from lessons.text import load_lesson
from tests.browser.driving import Server, start_server
from tests.browser.visitors import Seen, visit

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit"),
    pytest.mark.experiments,
]

VISITORS, TIMES = 20, 3
SLUGS = ["home", *(page.slug for page in pages())]


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    started = start_server(tmp_path_factory.mktemp("runs"), open_files=256)
    yield started
    started.end()


def test_twenty_visitors_at_once_three_times_see_no_error(crowded: Server) -> None:
    def opened(number: int) -> tuple[str, Seen]:
        slug = SLUGS[number % len(SLUGS)]
        return slug, visit(crowded.url, slug)

    seen: list[tuple[str, Seen]] = []
    with ThreadPoolExecutor(VISITORS) as visitors:
        for time in range(TIMES):
            seen += visitors.map(opened, range(time, time + VISITORS))
    failed = [(slug, one.problems) for slug, one in seen if one.problems]
    assert failed == []
    assert all(one.heading == load_lesson(slug, "en").title for slug, one in seen)
    assert "Traceback" not in _log(crowded.log)


def _log(path: Path) -> str:
    return path.read_text(errors="replace")
