"""Serves the widgets' modules and style sheets, cached for ever under the hash of them all."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pages.parts.frame.opening.packed import PackedFile
from pages.parts.frame.routes import from_page

PATH = "/widgets"
_WIDGETS = Path(__file__).parents[1]
_TYPES = {".js": "text/javascript", ".css": "text/css"}
_TEST = ".test.js"


def _read() -> dict[str, str]:
    """Every module and style sheet of a widget by its path among the widgets, tests aside."""
    paths = (path for path in sorted(_WIDGETS.rglob("*")) if path.suffix in _TYPES)
    return {
        path.relative_to(_WIDGETS).as_posix(): path.read_text(encoding="utf-8")
        for path in paths
        if not path.name.endswith(_TEST)
    }


def _hash(files: Mapping[str, str]) -> str:
    found = hashlib.sha256()
    for name, text in files.items():
        found.update(f"{name}\0{text}\0".encode())
    return found.hexdigest()[:16]


FILES: Mapping[str, str] = _read()
VERSION = _hash(FILES)
_PACKED = {name: PackedFile(text.encode, _TYPES[Path(name).suffix]) for name, text in FILES.items()}


def address(name: str) -> str:
    """Where the browser finds a file, as seen from the page."""
    return from_page(f"{PATH}/{VERSION}/{name}")


async def widget_file(request: Request) -> Response:
    """A file of this version; 404 for all else, since another version would be kept as this one."""
    name = request.path_params["name"]
    if request.path_params["version"] != VERSION or name not in FILES:
        return Response(status_code=404)
    return await _PACKED[name].answer(request)


ROUTES = [Route(f"{PATH}/{{version}}/{{name:path}}", widget_file, methods=["GET"])]
