"""A page's address has one segment, since all that a page asks for is named as seen from there: an address
with more, as ``/attention/`` or ``/attention/mask``, leads to the page that it begins with."""

from __future__ import annotations

from collections.abc import Container

from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from pages.parts.frame.opening.first_response import wants_page
from pages.parts.frame.opening.streamlit_files import within_app


class OneSegment:
    """Sends whoever wants what is below one of the pages ``slugs`` to that page, with its query."""

    def __init__(self, app: ASGIApp, slugs: Container[str]) -> None:
        self.app = app
        self.slugs = slugs

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = self.app
        if scope["type"] == "http" and scope["method"] in ("GET", "HEAD") and wants_page(scope):
            slug, *below = within_app(scope["path"]).split("/")
            if below and slug in self.slugs:
                asked = scope["query_string"].decode("latin-1")
                there = "../" * len(below) + slug + (f"?{asked}" if asked else "")
                answer = RedirectResponse(there)
        await answer(scope, receive, send)
