"""References and tools stand in the sidebar and on the map, under their own headings, once there are any."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lessons import catalogue
from lessons.author_files import Worded
from lessons.catalogue import Page
from pages import server
from pages.parts.frame import navigation
from tests.pages.components import told

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
    for module in (catalogue, navigation):
        monkeypatch.setattr(module, "pages", lambda: (*known, ALMANAC))
    monkeypatch.setattr(navigation, "_FOLDER", tmp_path)


def _sections(app: AppTest) -> dict[str, list[str]]:
    """The titles in the list at the side, by their heading."""
    [drawn] = [one for one in app.sidebar if one.type == "bidi_component"]
    groups = told(drawn.proto)["groups"]
    return {group["heading"]: [entry["title"] for entry in group["entries"]] for group in groups}


@pytest.mark.usefixtures("with_almanac")
def test_a_reference_is_in_the_sidebar_and_on_the_map(open_page) -> None:
    app = open_page("home", "zh")
    assert not app.exception
    assert _sections(app)["查一查"] == ["名词解释", "所有的词"]
    assert "工具" not in _sections(app)
    assert "Find what a word means." in [caption.value for caption in app.caption]
    assert open_page("almanac").title[0].value == "Words"


def test_kinds_without_pages_have_no_heading(open_page, monkeypatch) -> None:
    taught = catalogue.lessons()
    for module in (catalogue, navigation):
        monkeypatch.setattr(module, "pages", lambda: taught)
    app = open_page("home")
    assert not app.exception
    assert not {"Look it up", "Tools"} & set(_sections(app))
    assert len(_sections(app)) == 1 + len(catalogue.parts())


@pytest.mark.usefixtures("with_almanac")
def test_the_server_asks_pages_of_every_kind_for_routes(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(server, "pages", catalogue.pages)
    monkeypatch.setattr(server, "find_spec", asked.append)
    server._of_pages("routes")
    assert "pages.almanac.routes" in asked
