"""References and tools stand in the sidebar and on the map, under their own headings, once there are any."""

from __future__ import annotations

from pathlib import Path

import pytest

from lessons import catalogue
from lessons.author_files import Worded
from lessons.catalogue import Page
from pages import server
from pages.parts.frame import navigation

PAGES = Path(__file__).parents[2] / "pages"
ALMANAC = Page(
    "almanac",
    "reference",
    Worded[str]({"en": "All words", "zh": "所有的词"}),
    Worded[str]({"en": "Find what a word means."}),
    "📖",
)


@pytest.fixture
def with_almanac(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A course that has a reference page, and no tool."""
    known = catalogue.pages()
    for folder in PAGES.iterdir():
        (tmp_path / folder.name).symlink_to(folder)
    (tmp_path / "almanac").mkdir()
    (tmp_path / "almanac" / "page.py").write_text("import streamlit as st\nst.title('Words')\n")
    monkeypatch.setattr(catalogue, "pages", lambda: (*known, ALMANAC))
    monkeypatch.setattr(navigation, "_FOLDER", tmp_path)


def _sections(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, list[str]]]:
    """What the shell gives to Streamlit's navigation, at each run."""
    import streamlit as st

    seen: list[dict[str, list[str]]] = []
    navigate = st.navigation

    def note(sections, **options):
        seen.append({name: [page.title for page in pages] for name, pages in sections.items()})
        return navigate(sections, **options)

    monkeypatch.setattr(st, "navigation", note)
    return seen


@pytest.mark.usefixtures("with_almanac")
def test_a_reference_is_in_the_sidebar_and_on_the_map(open_page, monkeypatch) -> None:
    seen = _sections(monkeypatch)
    app = open_page("home", "zh")
    assert not app.exception
    assert seen[-1]["查一查"] == ["名词解释", "所有的词"]
    assert "工具" not in seen[-1]
    assert "Find what a word means." in [caption.value for caption in app.caption]
    assert open_page("almanac").title[0].value == "Words"


def test_kinds_without_pages_have_no_heading(open_page, monkeypatch) -> None:
    seen = _sections(monkeypatch)
    assert not open_page("home").exception
    assert "Tools" not in seen[-1]
    assert seen[-1]["Look it up"] == ["Words explained"]
    assert len(seen[-1]) == 1 + len(catalogue.parts()) + 1


@pytest.mark.usefixtures("with_almanac")
def test_the_server_asks_pages_of_every_kind_for_routes(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(server, "pages", catalogue.pages)
    monkeypatch.setattr(server, "find_spec", asked.append)
    server._routes_of_pages()
    assert "pages.almanac.routes" in asked
