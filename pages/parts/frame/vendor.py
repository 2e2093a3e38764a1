"""Serves plotly.js from the installed plotly package: no CDN, cached for ever under its version."""

from __future__ import annotations

from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from pages.parts.frame.routes import from_page

PATH = "/vendor/plotly.min.js"
SCRIPT = Path(str(files("plotly"))) / "package_data" / "plotly.min.js"
VERSION = version("plotly")
"""Asked for once: within a page's run, whoever walks ``sys.path`` may miss what is there."""
ETAG = f'"plotly-{VERSION}"'

_HEADERS = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "ETag": ETAG,
    "X-Content-Type-Options": "nosniff",
}


def plotly_url() -> str:
    """Where the browser finds plotly.js: the version is in the address, so it may be kept."""
    return f"{from_page(PATH)}?v={VERSION}"


async def plotly_script(request: Request) -> Response:
    """plotly.js, or 304 for a browser that has this version."""
    if request.headers.get("if-none-match") == ETAG:
        return Response(status_code=304, headers=_HEADERS)
    return FileResponse(SCRIPT, media_type="text/javascript", headers=_HEADERS)


ROUTES = [Route(PATH, plotly_script, methods=["GET"])]
