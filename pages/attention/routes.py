"""What the server answers for this lesson besides its page."""

from __future__ import annotations

from starlette.routing import Route

from pages.attention.short_way import PATH, typed

ROUTES = [Route(PATH, typed, methods=["POST"])]
