"""The face that the course shows outside: titles, icons, the card beside a link, and where its files are."""

from __future__ import annotations

import io
import tomllib
from html.parser import HTMLParser
from pathlib import Path

import pytest
import streamlit
from PIL import Image
from starlette.applications import Starlette
from starlette.testclient import TestClient

from lessons.catalogue import pages
from lessons.text import LANGUAGES
from pages.parts.frame import face
from pages.parts.frame.face.assets import make

ROOT = Path(__file__).parents[4]
CLIENT = TestClient(Starlette(routes=face.ROUTES))
INDEX = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")


class Head(HTMLParser):
    """Every tag of a head: meta by name or property, links by rel."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.meta: dict[str, list[str]] = {}
        self.links: dict[str, list[str]] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "meta":
            name = found.get("property") or found.get("name", "")
            self.meta.setdefault(name, []).append(found.get("content", ""))
        if tag == "link":
            self.links.setdefault(found["rel"], []).append(found["href"])


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("slug", ["", *(page.slug for page in pages())])
def test_each_page_has_its_own_card_in_each_language(slug: str, code: str) -> None:
    head = Head(face.face_head(f"/{slug}", code, "https://example.org"))
    others = Head(face.face_head(f"/{slug}", "zh" if code == "en" else "en", "https://example.org"))
    assert head.meta["og:title"] == [face.tab_title(f"/{slug}", code)]
    assert head.meta["og:title"][0].endswith(" · Clearhead")
    for name in ("og:title", "og:description", "og:image", "og:locale"):
        assert head.meta[name] != others.meta[name], name
    assert len(head.meta["og:description"][0]) > 30
    assert CLIENT.get(head.meta["og:image"][0]).status_code == 200


def test_whoever_asks_in_no_language_of_ours_reads_english() -> None:
    english = face.face_head("/ngram", "en")
    assert face.face_head("/ngram", None) == face.face_head("/ngram", "xx") == english
    assert face.with_face(INDEX, "/ngram", "xx") == face.with_face(INDEX, "/ngram", "en")


def test_a_page_that_is_not_there_has_the_name_alone() -> None:
    assert face.tab_title("/nothing", "en") == "Clearhead"
    assert face.tab_title("/proxy/8501/ngram", "en") == face.tab_title("/ngram", "en")
    assert face.tab_title("/proxy/8501/", "en") == face.tab_title("/", "en") != "Clearhead"


def test_the_picture_has_a_whole_address_below_the_path_that_was_asked() -> None:
    [whole] = Head(face.face_head("/base/ngram", "en", "https://example.org")).meta["og:image"]
    assert whole.startswith("https://example.org/base/face/")
    [relative] = Head(face.face_head("/base/ngram", "en")).meta["og:image"]
    assert relative.startswith("face/")


@pytest.mark.parametrize("path", ["/", "/ngram", "/base/ngram", "/base/"])
def test_a_request_has_its_picture_beside_the_page(path: str) -> None:
    asked = {"scheme": "https", "path": path, "headers": [(b"host", b"example.org")]}
    [picture] = Head(face.face(path.rpartition("/")[2], "en", asked)).meta["og:image"]
    folder = "/base/" if "base" in path else "/"
    assert picture.startswith(f"https://example.org{folder}face/")


@pytest.mark.parametrize(
    "path",
    [
        '/"><script>alert(1)</script>',
        "/&lt;",
        "//evil.example/x",
        "/@evil.example/x",
        "/[evil]/x",
        "/]x[",
    ],
)
def test_no_path_says_anything_in_the_head(path: str) -> None:
    html = face.face_head(path, "en", "https://example.org")
    assert "<script" not in html
    [picture] = Head(html).meta["og:image"]
    assert picture.startswith("https://example.org/")


@pytest.mark.parametrize(
    ("host", "found"),
    [
        (b"example.org", "https://example.org"),
        (b"example.org:8501", "https://example.org:8501"),
        (b"192.168.0.7:8501", "https://192.168.0.7:8501"),
        (b"[::1]:8501", "https://[::1]:8501"),
        (b"", None),
        (b"user@example.org", None),
        (b"example.org/path", None),
        (b'example.org"><script>', None),
        (b"example.org\r\n", None),
        (b"example.org:port", None),
        ("beispiel.\xe4".encode("latin-1"), None),
    ],
)
def test_a_host_is_believed_only_if_it_is_one(host: bytes, found: str | None) -> None:
    assert face.origin_of("https", [(b"accept", b"*/*"), (b"host", host)]) == found


def test_two_hosts_are_none_and_a_proxys_word_is_not_read_here() -> None:
    headers = [(b"host", b"example.org"), (b"x-forwarded-host", b"evil.example")]
    assert face.origin_of("http", headers) == "http://example.org"
    assert face.origin_of("http", [*headers, (b"Host", b"other.example")]) is None
    assert face.origin_of("http", []) is None
    assert face.origin_of("ws", headers) is None


def test_streamlits_first_response_gets_our_title_and_language_and_loses_its_icon() -> None:
    assert 'rel="shortcut icon"' in INDEX and "<title>Streamlit</title>" in INDEX
    html = face.with_face(INDEX, "/ngram", "zh")
    assert '<html lang="zh-Hans">' in html and '<html lang="en">' not in html
    assert (
        f"<title>{face.tab_title('/ngram', 'zh')}</title>" in html
        and "Streamlit</title>" not in html
    )
    assert "shortcut icon" not in html and "favicon.png" not in html
    assert html.count("<script") == INDEX.count("<script")
    assert 'rel="preload"' in html and 'rel="stylesheet"' in html


def test_what_is_not_found_in_the_first_response_is_left() -> None:
    assert face.with_face("<p>maintenance</p>", "/ngram", "en") == "<p>maintenance</p>"


def test_every_file_is_served_and_kept_for_ever_under_its_version() -> None:
    kinds = {".svg": "image/svg+xml", ".ico": "image/x-icon", ".png": "image/png"}
    for name, content in face.FILES.items():
        answer = CLIENT.get(face.address(name))
        assert answer.status_code == 200 and answer.content == content
        assert answer.headers["content-type"] == kinds[Path(name).suffix]
        assert "immutable" in answer.headers["cache-control"]
        assert answer.headers["x-content-type-options"] == "nosniff"
    for other in ("make.py", "nothing.png", "..%2fface.py"):
        assert CLIENT.get(face.address(other)).status_code == 404
    assert CLIENT.get("/face/0123456789abcdef/icon.svg").status_code == 404
    assert CLIENT.get("/favicon.ico").content == face.FILES["favicon.ico"]


def test_the_head_names_only_files_that_are_there() -> None:
    head = Head(face.face_head("/", "en"))
    for rel in ("icon", "apple-touch-icon"):
        for address in head.links[rel]:
            assert CLIENT.get(address).status_code == 200, address
    assert head.links["icon"][-1].endswith(".svg")


def test_the_share_pictures_are_of_the_size_that_is_asked_for_and_light() -> None:
    for code in LANGUAGES:
        content = face.FILES[f"share-{code}.png"]
        assert len(content) < 100_000
        assert Image.open(io.BytesIO(content)).size == face.SHARE_SIZE == make.SHARE_SIZE
    assert Image.open(io.BytesIO(face.FILES["touch.png"])).size == (180, 180)


def test_the_drawings_are_those_that_the_script_makes() -> None:
    """The share pictures need fonts that are not everywhere: they are not drawn again here."""
    assert make.mark().items() <= face.FILES.items()


def test_the_colours_are_the_themes() -> None:
    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))[
        "theme"
    ]
    head = Head(face.face_head("/", "en"))
    assert head.meta["theme-color"] == [theme[one]["backgroundColor"] for one in ("light", "dark")]
    icon = face.FILES["icon.svg"].decode()
    assert theme["light"]["primaryColor"] in icon and theme["dark"]["primaryColor"] in icon
