"""What is added to the head of a page, and what is left as it was."""

from __future__ import annotations

from html import escape

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import HTMLResponse, JSONResponse
from starlette.routing import Mount, Route
from starlette.testclient import TestClient
from starlette.types import Scope
from streamlit import file_util
from streamlit.web.server.starlette.starlette_gzip_middleware import SelectiveGZipMiddleware
from streamlit.web.server.starlette.starlette_static_routes import create_streamlit_static_handler

from pages.parts.frame.opening.first_response import FirstResponse
from pages.parts.widgets.shared.early import early
from pages.parts.widgets.shared.served import FILES, address

PAGE = {"Accept": "text/html,application/xhtml+xml"}


def _told(path: str, language: str | None, _request: Scope) -> str:
    return f'<meta name="told" content="{escape(path)} {language}">'


def _named(_path: str, _language: str | None, _request: Scope) -> str:
    return '<title>Clearhead</title><link rel="icon" href="./own.png">'


def _client(*heads: object, sight: object = None) -> TestClient:
    """As the course is served: Streamlit's pages, which it packs itself, and a route that answers data."""
    pages = create_streamlit_static_handler(file_util.get_static_dir(), None)
    routes = [
        Route("/data", lambda _: JSONResponse({"a": "</head>"})),
        Route("/media/sheet.html", lambda _: HTMLResponse("<head></head>")),
        Mount("/", pages),
    ]
    around = [
        Middleware(GZipMiddleware, minimum_size=1024),
        Middleware(FirstResponse, heads=heads, sight=sight),
        Middleware(SelectiveGZipMiddleware, minimum_size=500),
    ]
    return TestClient(Starlette(routes=routes, middleware=around))


def test_all_heads_speak_in_their_order_before_the_head_ends() -> None:
    answer = _client(_told, _named).get("/ngram?lang=zh", headers=PAGE)
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.headers["content-encoding"] == "gzip"
    head, body = answer.text.split("</head>")
    assert head.index("ngram zh") < head.index("Clearhead") and '<div id="root">' in body


def test_a_sheet_to_download_is_left_as_it_is() -> None:
    assert (
        _client(_told, sight=_told).get("/media/sheet.html", headers=PAGE).text == "<head></head>"
    )


def test_what_is_seen_first_is_said_before_all_else() -> None:
    page = _client(_named, sight=_told).get("/?lang=zh", headers=PAGE).text
    places = [page.index(said) for said in ("<meta charset", ' zh">', "<script", "Clearhead")]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("query", "accepted", "language"),
    [
        ("?lang=zh", "en", "zh"),
        ("?lang=en&lang=zh", "en", "zh"),
        ("?lang=fr", "zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("", "fr, en-GB;q=0.8, zh;q=0.5", "en"),
        ("", "fr", None),
        ('?lang="><script>', "", None),
    ],
)
def test_the_address_names_the_language_else_the_browser(
    query: str, accepted: str, language: str | None
) -> None:
    answer = _client(_told).get(f"/{query}", headers={**PAGE, "Accept-Language": accepted})
    assert f'content=" {language}"' in answer.text
    assert '<script>"' not in answer.text and '"><script>' not in answer.text


def test_its_length_is_told_where_it_is_not_packed() -> None:
    answer = _client(_told).get("/", headers={**PAGE, "Accept-Encoding": "identity"})
    assert "content-encoding" not in answer.headers
    assert int(answer.headers["content-length"]) == len(answer.content)


def test_a_page_is_asked_for_at_each_visit_and_never_an_old_one() -> None:
    client = _client(_told)
    first = client.get("/", headers=PAGE)
    assert first.headers["cache-control"] == "no-cache"
    assert "etag" not in first.headers and "last-modified" not in first.headers
    far = "Fri, 01 Jan 2100 00:00:00 GMT"
    conditions = {"If-None-Match": "*", "If-Modified-Since": far, "Range": "bytes=0-9"}
    again = client.get("/", headers={**PAGE, **conditions})
    assert again.status_code == 200 and again.text == first.text


def test_what_is_no_page_stays_as_it_is() -> None:
    client = _client(_told)
    assert client.get("/data", headers=PAGE).json() == {"a": "</head>"}
    assert client.get("/favicon.png").headers["etag"]
    assert client.head("/", headers=PAGE).status_code == 200
    assert client.post("/", headers=PAGE).status_code == 405
    assert client.get("/a/_stcore/health", headers=PAGE).status_code == 404


@pytest.mark.parametrize("path", ["", "ngram", '"><script>alert(1)</script>', "../../x"])
def test_what_is_named_early_is_there_and_is_seen_from_the_page(path: str) -> None:
    links = early(path, "en", {})
    assert f'<link rel="modulepreload" href="./{address("plot/plot.js")}">' in links
    assert f'<link rel="preload" as="style" href="./{address("plot/plot.css")}">' in links
    for module in ("shared/loading/load.js", "plot/light/light.js", "shared/numbers.js"):
        assert module in FILES and links.count(f"/{module}") == 1
    assert "script>" not in links and 'href="/' not in links and "http" not in links
    assert ("TextInput" in links) == ("head_view" in links) == (path == "")
    assert "plotly" not in links


def test_the_glossary_is_not_made_wait_for_what_only_lessons_need() -> None:
    links = early("glossary", "en", {})
    assert f'href="./{address("word_list/word_list.js")}"' in links
    assert f'href="./{address("word_list/word_list.css")}"' in links
    assert not any(f"/{name}" in links for name in ("plot", "terms", "section", "Slider"))
