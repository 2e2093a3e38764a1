"""Streamlit's own programs and style sheets, served packed and mended, and which of them a page asks for.

Names carry a hash and change with each version; Streamlit's ``manifest.json`` tells them by their source.
What the manifest no longer names is left out, and then loads a little later than it could.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import config, file_util

from pages.parts.frame.opening.mended import mended
from pages.parts.frame.opening.packed import ASKED_ABOUT, PackedFile

FOLDER = Path(file_util.get_static_dir())
_TYPES = {".js": "text/javascript", ".css": "text/css"}
_ENTRY = "index.html"


class StreamlitFiles:
    """Answers for Streamlit's programs and style sheets, each by its exact name; all else passes on,
    and with it every check of Streamlit's."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = None
        if scope["type"] == "http" and scope["method"] in ("GET", "HEAD"):
            found = packed_files().get(within_app(scope["path"]))
        if found is None:
            await self.app(scope, receive, send)
            return
        answer = await found.answer(Request(scope, receive))
        await answer(scope, receive, send)


def within_app(path: str) -> str:
    """A request's path as seen from where the app stands, without a slash in front."""
    base = f"/{str(config.get_option('server.baseUrlPath')).strip('/')}/"
    if base != "//" and path.startswith(base):
        path = path.removeprefix(base.rstrip("/"))
    return path.removeprefix("/")


@cache
def packed_files() -> Mapping[str, PackedFile]:
    """The files by their path below ``FOLDER``, such as ``static/js/index.….js``. If every one of them
    were asked for, 7 MB would be kept."""
    return {
        path.relative_to(FOLDER).as_posix(): _packed(path)
        for kind in ("js", "css")
        for path in sorted((FOLDER / "static" / kind).glob("*"))
        if path.suffix in _TYPES and path.is_file()
    }


def _packed(path: Path) -> PackedFile:
    kind = _TYPES[path.suffix]
    if not (path.name.startswith("index.") and path.suffix == ".js"):
        return PackedFile(path.read_bytes, kind)
    # Its name is Streamlit's, whatever is mended in it: a browser asks whether it has changed.
    return PackedFile(partial(_mended, path), kind, kept=ASKED_ABOUT)


def _mended(path: Path) -> bytes:
    return mended(path.read_bytes())


@dataclass(frozen=True)
class _Module:
    file: str
    imports: Sequence[str]
    css: Sequence[str]


_Modules = Mapping[str, _Module]


def chunks(sources: Iterable[str]) -> list[str]:
    """The files that Streamlit loads for these sources of its own beyond what every page loads, each once:
    ``Radio`` is the module whose source is ``…/Radio.tsx``."""
    modules = _manifest()
    loaded = set(_with_imports(modules, [_ENTRY], ()))
    wanted = [name for source in sources for name in _called(modules, source)]
    return [modules[name].file for name in _with_imports(modules, wanted, loaded)]


def missing(sources: Iterable[str]) -> list[str]:
    """Which of the sources the installed Streamlit does not have."""
    return [source for source in sources if not _called(_manifest(), source)]


def first_chunks() -> list[str]:
    """What every page of Streamlit loads at once."""
    modules = _manifest()
    found = [modules[name] for name in _with_imports(modules, [_ENTRY], ())]
    named = [file for module in found for file in (module.file, *module.css)]
    return [file for file in named if file in packed_files()]


@cache
def _manifest() -> _Modules:
    """Streamlit's modules by their source, those whose file is there; none if it tells nothing."""
    try:
        told = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    entries = told.items() if isinstance(told, dict) else ()
    return {
        name: _Module(entry["file"], entry.get("imports", ()), entry.get("css", ()))
        for name, entry in entries
        if isinstance(entry, dict) and entry.get("file") in packed_files()
    }


def _called(modules: _Modules, source: str) -> list[str]:
    ends = (f"/{source}.tsx", f"/{source}.ts", f"/{source}/index.js")
    return [name for name in modules if name.endswith(ends)]


def _with_imports(modules: _Modules, names: Iterable[str], loaded: Container[str]) -> list[str]:
    """The modules and all that they import, but for what is loaded already."""
    found: dict[str, None] = {}
    waiting = list(names)
    while waiting:
        name = waiting.pop(0)
        if name in modules and name not in loaded and name not in found:
            found[name] = None
            waiting += modules[name].imports
    return list(found)
