"""What is seen of the course from outside: the tab's title and icon, and the card that stands beside a link.

It is in the first response, since who shows a link runs no script. The files are drawn by ``assets/make.py``.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Scope

from core.wording import N_
from lessons.catalogue import pages
from lessons.text import LANGUAGES, load_lesson
from pages.parts.frame.language import TAGS, sentence_in
from pages.parts.frame.navigation import HOME
from pages.parts.frame.routes import from_page

NAME = "Clearhead"
LINE = N_("Language models you can see into")
PATH = "/face"
FILES: Mapping[str, bytes] = {
    path.name: path.read_bytes()
    for path in sorted((Path(__file__).parent / "assets").iterdir())
    if path.suffix in (".svg", ".ico", ".png")
}
MARK = FILES["mark.svg"].decode()
SHARE_SIZE = (1200, 630)
"""Width and height of the share pictures, in pixels."""

_ABOUT = N_(
    "An interactive course: train small language models on your own machine, look inside them while they "
    "learn, and take every number apart."
)
_TYPES = {".svg": "image/svg+xml", ".ico": "image/x-icon", ".png": "image/png"}
_VERSION = hashlib.sha256(b"".join(FILES.values())).hexdigest()[:16]
_FOR_EVER = "public, max-age=31536000, immutable"
_PAPER = {"light": "#FCFBF8", "dark": "#16161C"}
"""The theme's backgrounds, .streamlit/config.toml."""

_LOCALES = {"en": "en_US", "zh": "zh_CN"}
_HOST = re.compile(r"^([a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(:[0-9]{1,5})?$", re.I)
_HTML_TAG = re.compile(r"<html\b[^>]*>", re.I)
_TITLE = re.compile(r"<title>.*?</title>", re.I | re.S)
_ICON = re.compile(r'<link\b[^>]*\brel="shortcut icon"[^>]*>\s*', re.I)


def face(path: str, language: str | None, request: Scope) -> str:
    """``face_head`` for a request: the card's picture is beside the page that was asked for, wherever the app
    stands."""
    origin = origin_of(request.get("scheme", "http"), request["headers"])
    return face_head(request.get("path", f"/{path}"), language, origin)


def face_head(path: str, language: str | None, origin: str | None = None) -> str:
    """What the head of the page at ``path`` says of it: icon, colours, and the card for a link.

    ``language`` is the request's; English if it is None or none of ours. With ``origin``, such as
    ``https://example.org``, the card's picture has a whole address, as most who show cards want it.
    """
    code = _known(language)
    title, about = tab_title(path, code), _about(path, code)
    picture = address(f"share-{code}.png")
    if origin is not None:
        picture = f"{origin}{quote(path.rpartition('/')[0])}/{picture}"
    return "\n".join(
        (
            f'<link rel="icon" href="{address("favicon.ico")}" sizes="48x48">',
            f'<link rel="icon" href="{address("icon.svg")}" type="image/svg+xml" sizes="any">',
            f'<link rel="apple-touch-icon" href="{address("touch.png")}">',
            *(
                f'<meta name="theme-color" content="{colour}" media="(prefers-color-scheme: {theme})">'
                for theme, colour in _PAPER.items()
            ),
            _meta("name", "description", about),
            _meta("property", "og:type", "website"),
            _meta("property", "og:site_name", NAME),
            _meta("property", "og:title", title),
            _meta("property", "og:description", about),
            _meta("property", "og:locale", _LOCALES[code]),
            _meta("property", "og:image", picture),
            _meta("property", "og:image:width", str(SHARE_SIZE[0])),
            _meta("property", "og:image:height", str(SHARE_SIZE[1])),
            _meta("property", "og:image:alt", f"{NAME}: {sentence_in(code, LINE)}"),
            _meta("name", "twitter:card", "summary_large_image"),
        )
    )


def with_face(html: str, path: str, language: str | None) -> str:
    """Streamlit's first response with our title and language, and without its icon, which would win over
    ours: where there is none, Streamlit changes none. What is not found in it is left."""
    code = _known(language)
    title = f"<title>{escape(tab_title(path, code))}</title>"
    html = _HTML_TAG.sub(f'<html lang="{TAGS[code]}">', html, count=1)
    html = _TITLE.sub(lambda _match: title, html, count=1)
    return _ICON.sub("", html)


def tab_title(path: str, code: str) -> str:
    """What the tab of the page at ``path`` is called; the name alone where there is no such page."""
    found = _titles(code).get(_slug(path))
    return NAME if found is None else with_name(found)


def with_name(title: str) -> str:
    """A page's title as its tab says it."""
    return f"{title} · {NAME}"


def origin_of(scheme: str, headers: Sequence[tuple[bytes, bytes]]) -> str | None:
    """Where the request was sent, from its ``Host``; None if that is no name of a host.

    The scheme is the one that the server believes: it reads a proxy's word from those alone that it trusts.
    """
    hosts = [value.decode("latin-1") for name, value in headers if name.lower() == b"host"]
    if len(hosts) != 1 or not _HOST.match(hosts[0]) or scheme not in ("http", "https"):
        return None
    return f"{scheme}://{hosts[0]}"


def address(name: str) -> str:
    """Where the browser finds a file, as seen from the page."""
    return from_page(f"{PATH}/{_VERSION}/{name}")


async def face_file(request: Request) -> Response:
    """A file of this version; 404 for all else, since another version would be kept as this one."""
    name = request.path_params["name"]
    if request.path_params["version"] != _VERSION or name not in FILES:
        return Response(status_code=404)
    return _answer(name, _FOR_EVER)


async def favicon(request: Request) -> Response:
    """The icon under the name that browsers ask for by themselves, beside a picture or a download."""
    return _answer("favicon.ico", "public, max-age=86400")


def _answer(name: str, cache: str) -> Response:
    headers = {"Cache-Control": cache, "X-Content-Type-Options": "nosniff"}
    return Response(FILES[name], media_type=_TYPES[Path(name).suffix], headers=headers)


def _meta(kind: str, name: str, content: str) -> str:
    return f'<meta {kind}="{name}" content="{escape(content)}">'


def _known(language: str | None) -> str:
    return language if language in LANGUAGES else "en"


def _slug(path: str) -> str:
    return path.rpartition("/")[2] or HOME


def _titles(code: str) -> dict[str, str]:
    return {HOME: load_lesson(HOME, code).title} | {
        page.slug: page.title.in_language(code) for page in pages()
    }


def _about(path: str, code: str) -> str:
    """What a page is for, and what it belongs to."""
    promise = [page.promise.in_language(code) for page in pages() if page.slug == _slug(path)]
    return ("" if code == "zh" else " ").join((*promise, sentence_in(code, _ABOUT)))


ROUTES = [
    Route(f"{PATH}/{{version}}/{{name}}", face_file, methods=["GET"]),
    Route("/favicon.ico", favicon, methods=["GET"]),
]
