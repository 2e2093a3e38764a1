"""Serves plotly.js from the installed plotly package: no CDN, cached for ever under its version."""

from __future__ import annotations

from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

PATH = "/vendor/plotly.min.js"
SCRIPT = Path(str(files("plotly"))) / "package_data" / "plotly.min.js"
ETAG = f'"plotly-{version("plotly")}"'

_HEADERS = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "ETag": ETAG,
    "X-Content-Type-Options": "nosniff",
}


def address(path: str) -> str:
    """Where the browser finds a route of ours, also behind a base path."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"{'/' + base if base else ''}{path}"


def plotly_url() -> str:
    """Where the browser finds plotly.js: the version is in the address, so it may be kept."""
    return f"{address(PATH)}?v={version('plotly')}"


async def plotly_script(request: Request) -> Response:
    """plotly.js, or 304 for a browser that has this version."""
    if request.headers.get("if-none-match") == ETAG:
        return Response(status_code=304, headers=_HEADERS)
    return FileResponse(SCRIPT, media_type="text/javascript", headers=_HEADERS)


ROUTES = [Route(PATH, plotly_script, methods=["GET"])]
