"""Opening a page of the real shell without a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from pages.parts.lesson.opened import WHOLE_SESSION
from tests.patience import PATIENCE

ROOT = Path(__file__).parents[2]

OpenPage = Callable[..., AppTest]


@pytest.fixture(scope="session", autouse=True)
def _own_runs_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Learners' runs of the tests live in a temporary folder, and the foreman ends with the tests."""
    from pages.parts.frame import services

    services.close()  # a test elsewhere may have opened the real folder
    services.store.cache_clear()
    services.library.cache_clear()
    services.RUNS_FOLDER = tmp_path_factory.mktemp("runs")
    services.PATIENCE = PATIENCE
    yield
    services.close()


@pytest.fixture
def open_page() -> OpenPage:
    """``open_page("ngram", "zh", ngram_order="5")``: that page, in that language, with that link state.

    A lesson is drawn whole; ``whole=False`` as a browser gets it first, before anything comes near.
    """

    def open_(slug: str, language: str = "en", whole: bool = True, **link: str) -> AppTest:
        app = AppTest.from_file(str(ROOT / "pages" / "shell.py"), default_timeout=PATIENCE)
        if slug != "home":
            # Before its first run, ``switch_page`` knows a page by its file's name, and here all are page.py.
            app._page_hash = calc_hash(slug)
        app.query_params["lang"] = language
        app.session_state[WHOLE_SESSION] = whole
        for name, value in link.items():
            app.query_params[name] = value
        return app.run()

    return open_
