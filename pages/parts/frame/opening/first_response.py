"""The page's first response: Streamlit's empty HTML page, with what else belongs into its head.

Without it a browser learns piece by piece what a page needs, and each piece waits for the one before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import parse_qs

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lessons.text import LANGUAGES
from pages.parts.frame.opening.streamlit_files import within_app

Head = Callable[[str, str | None, Scope], str]
"""HTML for the head of the page at a path (``""`` is home) in a language that the address or the browser
names, None if neither does; the request's scope says where it was sent. The path is a visitor's words:
escape it, and know pages by it only."""

Face = Callable[[str, str, str | None], str]
"""The whole page with what is of ours in place of Streamlit's, from itself, its path and its language."""

_START = re.compile(rb"<head\b[^>]*>\s*<meta charset[^>]*>")
_END = b"</head>"
_NOT_ASKED = {b"accept-encoding", b"if-none-match", b"if-modified-since", b"if-range", b"range"}
_ABOUT_THE_FILE = {b"content-length", b"etag", b"last-modified", b"accept-ranges"}


class FirstResponse:
    """Adds to the head of each HTML page what ``heads`` say, in their order, and puts in place what ``face``
    says. What ``sight`` says stands before all else, so that a browser fetches it first."""

    def __init__(
        self,
        app: ASGIApp,
        heads: Sequence[Head],
        face: Face | None = None,
        sight: Head | None = None,
    ) -> None:
        self.app = app
        self.heads = tuple(heads)
        self.face = face
        self.sight = sight

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # A page's address has one segment: other HTML, as a sheet to download, is not Streamlit's page.
        if (
            scope["type"] != "http"
            or scope["method"] not in ("GET", "HEAD")
            or "/" in within_app(scope["path"])
        ):
            await self.app(scope, receive, send)
            return
        if wants_page(scope):
            # Streamlit knows when its own file was written, and not what is added here; it packs pages too.
            kept = [pair for pair in scope["headers"] if pair[0] not in _NOT_ASKED]
            scope = {**scope, "headers": kept}
        held: list[Message] = []

        async def send_rewritten(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_page(message):
                held.append(message)
                return
            if not held:
                await send(message)
                return
            held.append(message)
            if not message.get("more_body"):
                start, *parts = held
                held.clear()
                body = b"".join(part.get("body", b"") for part in parts)
                whole = self._completed(scope, body)
                await send(_restarted(start, len(whole)))
                await send({"type": "http.response.body", "body": whole})

        await self.app(scope, receive, send_rewritten)

    def _completed(self, scope: Scope, page: bytes) -> bytes:
        path, language = within_app(scope["path"]), asked_language(scope)
        if self.face is not None:
            page = self.face(page.decode(), path, language).encode()
        said = "".join(head(path, language, scope) for head in self.heads).encode()
        page = page.replace(_END, said + _END, 1)
        if self.sight is None:
            return page
        first = self.sight(path, language, scope).encode()
        return _START.sub(lambda start: start[0] + first, page, count=1)


def asked_language(scope: Scope) -> str | None:
    """The language that the address asks for, else the first one that the browser names and the course
    has."""
    asked: str = parse_qs(scope["query_string"].decode("latin-1")).get("lang", [""])[-1]
    if asked in LANGUAGES:
        return asked
    named = _header(scope, b"accept-language").lower().split(",")
    tongues = (entry.split(";")[0].strip().split("-")[0] for entry in named)
    return next((tongue for tongue in tongues if tongue in LANGUAGES), None)


def wants_page(scope: Scope) -> bool:
    """Whether a browser asks so for a page, not for a part of one."""
    return "text/html" in _header(scope, b"accept")


def _header(scope: Scope, name: bytes) -> str:
    return b",".join(value for key, value in scope["headers"] if key == name).decode("latin-1")


def _is_page(message: Message) -> bool:
    headers = dict(message["headers"])
    return (
        message["status"] == 200
        and headers.get(b"content-type", b"").startswith(b"text/html")
        and b"content-encoding" not in headers
    )


def _restarted(message: Message, length: int) -> dict[str, Any]:
    """The start of the answer for a page of another length: asked for again at each visit."""
    headers = [pair for pair in message["headers"] if pair[0] not in _ABOUT_THE_FILE]
    headers = [pair for pair in headers if pair[0] != b"cache-control"]
    headers += [(b"content-length", str(length).encode()), (b"cache-control", b"no-cache")]
    return {**message, "headers": headers}
