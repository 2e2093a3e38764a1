"""Serves plotly.js from the installed plotly package: no CDN, cached for ever under its version."""

from __future__ import annotations

from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from starlette.routing import Route

from pages.parts.frame.opening.packed import PackedFile
from pages.parts.frame.routes import from_page

PATH = "/vendor/plotly.min.js"
SCRIPT = Path(str(files("plotly"))) / "package_data" / "plotly.min.js"
VERSION = version("plotly")
"""Asked for once: within a page's run, whoever walks ``sys.path`` may miss what is there."""
PACKED = PackedFile(SCRIPT.read_bytes, "text/javascript")


def plotly_url() -> str:
    """Where the browser finds plotly.js: the version is in the address, so it may be kept."""
    return f"{from_page(PATH)}?v={VERSION}"


ROUTES = [Route(PATH, PACKED.answer, methods=["GET"])]
