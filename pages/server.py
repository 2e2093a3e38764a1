"""The web server around the pages: what runs once, what every request passes through, extra routes.

Never imports torch: the foreman process it starts does the computing.
"""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from importlib.util import find_spec
from threading import Thread
from types import ModuleType

from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.runs.descriptors import raise_open_files
from lessons.catalogue import pages
from pages.parts.frame import face, services
from pages.parts.frame.learner import COOKIE
from pages.parts.frame.navigation import HOME
from pages.parts.frame.opening import vendor
from pages.parts.frame.opening.connection import connection
from pages.parts.frame.opening.first_response import FirstResponse, Head
from pages.parts.frame.opening.one_segment import OneSegment
from pages.parts.frame.opening.streamlit_files import StreamlitFiles
from pages.parts.frame.preload import preload
from pages.parts.frame.state.parts_heard import hear_parts
from pages.parts.frame.style import style
from pages.parts.training import replay
from pages.parts.widgets.shared import served
from pages.parts.widgets.shared.early import early, pack_early

_YEAR = 365 * 24 * 3600


@asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[None]:
    """Start the foreman with the server, so that it is warm when the first learner asks, and end it after.
    No page runs before this has yielded."""
    raise_open_files()
    hear_parts()
    services.foreman()
    preload()
    Thread(target=_pack, name="packing", daemon=True).start()
    try:
        yield
    finally:
        services.close()


def _pack() -> None:
    """Pack beside the first visitors; whoever asks before for a file has it packed at once."""
    pack_early()
    vendor.PACKED.pack()


class LearnerCookie:
    """Gives every browser an anonymous name: random, HttpOnly, never sent to another site."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or _has_cookie(scope):
            await self.app(scope, receive, send)
            return
        value = secrets.token_hex(16)
        cookie = f"{COOKIE}={value}; Path=/; Max-Age={_YEAR}; HttpOnly; SameSite=Lax"

        async def send_with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_page(message):
                message["headers"] = [*message["headers"], (b"set-cookie", cookie.encode())]
            await send(message)

        await self.app(scope, receive, send_with_cookie)


def _is_page(message: Message) -> bool:
    """Only the page itself names the browser: its parts load side by side and would race."""
    headers = dict(message["headers"])
    return bool(headers.get(b"content-type", b"").startswith(b"text/html"))


def _has_cookie(scope: Scope) -> bool:
    """Whether the browser has its name. It sends what every app of this host has set, also under names over
    which Python's own parser of cookies raises."""
    header = b";".join(value for name, value in scope["headers"] if name == b"cookie")
    names = (part.partition(b"=")[0].strip() for part in header.split(b";"))
    return COOKIE.encode() in names


def _of_pages(name: str) -> list[ModuleType]:
    """The modules of this name in pages' packages."""
    names = (f"pages.{slug}.{name}" for slug in (HOME, *(page.slug for page in pages())))
    return [import_module(name) for name in names if find_spec(name) is not None]


def _first_sight(path: str, language: str | None, request: Scope) -> str:
    """What a page shows before its program runs: ``first_sight`` of a module ``opening`` in its package."""
    return "".join(module.first_sight(path, language, request) for module in _OPENINGS)


_OPENINGS = _of_pages("opening")

HEADS: tuple[Head, ...] = (connection, style, face.face, early)
"""What belongs into the head of each page, in this order."""

MIDDLEWARE = [
    Middleware(OneSegment, slugs={page.slug for page in pages()}),
    Middleware(StreamlitFiles),
    Middleware(GZipMiddleware, minimum_size=1024),
    Middleware(LearnerCookie),
    Middleware(FirstResponse, heads=HEADS, face=face.with_face, sight=_first_sight),
]
_ROUTES_OF_PAGES: list[BaseRoute] = [
    route for module in _of_pages("routes") for route in module.ROUTES
]
ROUTES = [*face.ROUTES, *vendor.ROUTES, *served.ROUTES, *replay.ROUTES, *_ROUTES_OF_PAGES]
"""What the server answers besides pages; a page adds ``ROUTES`` of a module ``routes`` in its package."""
