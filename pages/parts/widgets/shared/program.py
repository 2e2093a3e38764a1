"""A widget's program: what it is in the browser, on a page of the course or in a file of its own."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from posixpath import dirname, join, normpath
from typing import Any

import streamlit as st

from pages.parts.widgets.shared.served import FILES, address

LOADER = "shared/loading/load.js"
"""The module that fetches a widget's program and calls it."""
_IMPORT = re.compile(r'(?<=\bfrom )"(\.\.?/[^"]+)"')
_BARE = "clearhead/"


@dataclass(frozen=True)
class Program:
    """HTML, the style sheet, and modules by their path among the widgets; ``entry`` is who draws.

    The entry's default export is called with ``data``, ``parentElement``, ``setTriggerValue`` and
    ``setStateValue``, at first and whenever the data changed.
    """

    html: str
    css: str
    entry: str
    modules: Mapping[str, str]

    @staticmethod
    def of(widget: str, html: str) -> Program:
        """The program of a widget's folder: the module and the style sheet that are named as it is."""
        entry = f"{widget}/{widget}.js"
        return Program(html, FILES[f"{widget}/{widget}.css"], entry, needed(entry))

    def component(self, name: str) -> Callable[..., Any]:
        """The program as a component of Streamlit, registered under ``name``.

        What stands inline, Streamlit sends again with every change of the data: so it only says where
        the program is, and the browser fetches that once. The style sheet comes with it.

        Raises TypeError or ValueError when it is drawn with data that JSON does not know.
        """
        # Two lines, because Streamlit takes a single one with a slash in it for the name of a file.
        inline = (
            f'const load = new URL("{address(LOADER)}", document.baseURI);\n'
            f'export default await (await import(load)).load("{dirname(self.entry)}");'
        )
        drawn = st.components.v2.component(name, html=self.html, js=inline, isolate_styles=False)

        def draw(*, data: object, **options: Any) -> Any:
            return drawn(data=packed(data), **options)

        return draw

    def import_map(self) -> dict[str, dict[str, str]]:
        """All modules in an import map, for a page that no server stands behind."""
        found = {
            bare(name): _data_address(_bared(name, text)) for name, text in self.modules.items()
        }
        return {"imports": found}


def packed(data: object) -> tuple[str]:
    """The data as one text, which ``load.js`` reads again. Among what else Streamlit is handed it looks for
    data frames, entry by entry, and writes all of it twice: fifty times the work."""
    return (json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":")),)


def bare(name: str) -> str:
    """What a module is called where there are no addresses."""
    return _BARE + name


def needed(entry: str) -> dict[str, str]:
    """The module and all that it imports, also by way of others."""
    found: dict[str, str] = {}
    waiting = [entry]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = FILES[name]
            waiting += [_at(name, other) for other in _IMPORT.findall(FILES[name])]
    return found


def _at(name: str, other: str) -> str:
    """The path of a module that ``name`` calls ``other``."""
    return normpath(join(dirname(name), other))


def _bared(name: str, text: str) -> str:
    """The text of a module ``name``, with the modules it imports called by their bare names."""
    return _IMPORT.sub(lambda match: f'"{bare(_at(name, match[1]))}"', text)


def _data_address(text: str) -> str:
    return f"data:text/javascript;base64,{base64.b64encode(text.encode()).decode('ascii')}"
