"""An address below a page leads to the page, wherever the app stands."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit import config

from pages.parts.frame.opening.one_segment import OneSegment

PAGE = {"Accept": "text/html,application/xhtml+xml"}


@pytest.fixture
def client() -> TestClient:
    """What is asked for, in the end."""
    routes = [Route("/{path:path}", lambda asked: PlainTextResponse(_asked(asked)))]
    around = [Middleware(OneSegment, slugs={"attention"})]
    return TestClient(Starlette(routes=routes, middleware=around))


def _asked(request: Request) -> str:
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")


@pytest.mark.parametrize("below", ["/attention/", "/attention/mask", "/attention/a/b/"])
def test_what_stands_below_a_page_leads_to_it(client: TestClient, below: str) -> None:
    assert client.get(below, headers=PAGE).text == "/attention"
    assert client.get(f"{below}?lang=zh&x=%E4%B8%AD", headers=PAGE).text == (
        "/attention?lang=zh&x=%E4%B8%AD"
    )


def test_it_leads_to_the_page_where_the_app_stands(client: TestClient) -> None:
    before = config.get_option("server.baseUrlPath")
    config.set_option("server.baseUrlPath", "school/course")
    try:
        answer = client.get("/school/course/attention/mask", headers=PAGE)
    finally:
        config.set_option("server.baseUrlPath", before)
    assert answer.text == "/school/course/attention"


@pytest.mark.parametrize("path", ["/", "/attention", "/media/sheet.html", "/other/attention"])
def test_all_else_is_where_it_was(client: TestClient, path: str) -> None:
    assert client.get(path, headers=PAGE).text == path


def test_parts_of_a_page_are_where_they_were(client: TestClient) -> None:
    assert client.get("/attention/static/js/index.js").text == "/attention/static/js/index.js"
