"""Streamlit's files by their exact names and nothing else; what the installed Streamlit still has."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Mount
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send
from streamlit import config

from pages.parts.frame.opening import streamlit_files
from pages.parts.frame.opening.mended import CHANGES, mended
from pages.parts.frame.opening.streamlit_files import FOLDER, StreamlitFiles
from pages.parts.widgets.shared import early

BEHIND = "Streamlit itself"


async def _behind(scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse(BEHIND)(scope, receive, send)


APP = Starlette(routes=[Mount("/", _behind)], middleware=[Middleware(StreamlitFiles)])
CLIENT = TestClient(APP)
NAME = next(name for name in streamlit_files.first_chunks() if "/index." in name)


def test_a_file_is_what_streamlit_ships() -> None:
    answer = CLIENT.get(f"/{NAME}")
    assert answer.content == mended((FOLDER / NAME).read_bytes())
    assert answer.headers["content-encoding"] == "gzip"
    other = next(name for name in streamlit_files.chunks(["Radio"]))
    assert CLIENT.get(f"/{other}").content == (FOLDER / other).read_bytes()
    # Mended otherwise, it has the same name: a browser that has been here must not take the old one.
    assert answer.headers["cache-control"] == "no-cache"
    assert "immutable" in CLIENT.get(f"/{other}").headers["cache-control"]
    styles = [name for name in streamlit_files.first_chunks() if name.endswith(".css")]
    assert styles
    assert CLIENT.get(f"/{styles[0]}").headers["content-type"] == "text/css; charset=utf-8"


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/index.html",
        "/manifest.json",
        "/static/js/nothing.js",
        "/static/js/",
        "/static/js/../../index.html",
        "/static/js/%2e%2e/%2e%2e/index.html",
        f"//{NAME}",
        f"/{NAME}/",
        f"/static/js/..%2f..%2f{NAME}",
        "/static/media/../../../config.py",
        "/static/..%5c..%5cconfig.py",
        "/ngram",
    ],
)
def test_all_else_is_left_to_streamlit_and_its_checks(path: str) -> None:
    assert CLIENT.get(path).text == BEHIND


def test_the_installed_streamlit_is_mended_in_full() -> None:
    """Where a text is not found, nothing is changed: then somebody should look whether it needs to be."""
    shipped = (FOLDER / NAME).read_bytes()
    for before, after in CHANGES:
        assert shipped.count(before) == 1
        assert after in mended(shipped)
    partly = shipped.replace(CHANGES[0][0], b"")
    assert mended(partly) == partly


def test_only_what_reads_is_answered() -> None:
    assert CLIENT.post(f"/{NAME}").text == BEHIND
    assert CLIENT.head(f"/{NAME}").headers["content-encoding"] == "gzip"


def test_they_are_found_where_the_app_is_said_to_stand() -> None:
    before = config.get_option("server.baseUrlPath")
    config.set_option("server.baseUrlPath", "school/course")
    try:
        assert CLIENT.get(f"/school/course/{NAME}").headers["content-encoding"] == "gzip"
        assert CLIENT.get(f"/school/{NAME}").text == BEHIND
        assert streamlit_files.within_app("/school/course/ngram") == "ngram"
        assert streamlit_files.within_app("/school/course/") == ""
    finally:
        config.set_option("server.baseUrlPath", before)


def test_the_installed_streamlit_has_all_that_is_named_early() -> None:
    """A name that vanished only costs time, but then somebody should look where it went."""
    assert streamlit_files.missing([*early.EVERY_PAGE, *early.HOME, *early.LESSON]) == []
    assert streamlit_files.missing(["Radio", "NoSuchElement"]) == ["NoSuchElement"]


def test_chunks_are_what_comes_beyond_the_first_ones_each_once() -> None:
    found = streamlit_files.chunks(["Radio", "Checkbox", "NoSuchElement"])
    assert any("/Radio." in name for name in found)
    assert any("/Checkbox." in name for name in found)
    assert len(found) == len(set(found)) > 2
    assert not set(found) & set(streamlit_files.first_chunks())
    assert all((FOLDER / name).is_file() for name in found)


def test_without_a_manifest_nothing_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for text in (None, "no json", "[]", '{"index.html": 3, "a/Radio.tsx": {"file": "gone.js"}}'):
        if text is not None:
            (tmp_path / "manifest.json").write_text(text)
        monkeypatch.setattr(streamlit_files, "FOLDER", tmp_path)
        streamlit_files._manifest.cache_clear()
        try:
            assert streamlit_files.chunks(["Radio"]) == streamlit_files.first_chunks() == []
            assert early.early("", None, {}).count("static/js") == 0
        finally:
            monkeypatch.undo()
            streamlit_files._manifest.cache_clear()
