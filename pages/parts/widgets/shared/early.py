"""What a page is going to ask for, said in its first response, so that nothing waits to be found out.

Streamlit loads the program of each kind of element when the first one comes, and a widget's modules name
one another: four rounds one after the other, each on a busy browser. What is named here is fetched at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from starlette.types import Scope

from pages.parts.frame.opening import streamlit_files
from pages.parts.widgets.shared.program import LOADER, needed
from pages.parts.widgets.shared.served import address

EVERY_PAGE = ("axios", "BidiComponent", "ButtonGroup", "Html", "PageLink")
"""Streamlit's sources, by name, that each page of the course needs."""
HOME = ("TextInput",)
LESSON = ("Button", "Checkbox", "Radio", "Selectbox", "Slider", "rehype-katex")
_WIDGETS = {"": ("plot", "head_view", "terms"), "glossary": ("word_list",)}
_SOURCES: dict[str, tuple[str, ...]] = {"": HOME, "glossary": ()}
_ANY = ("plot", "terms", "section")


def early(path: str, _language: str | None, _request: Scope) -> str:
    """Links for the head of the page at ``path``: modules and style sheets, seen from the page."""
    sources = [*EVERY_PAGE, *_SOURCES.get(path, LESSON)]
    modules = [f"./{file}" for file in streamlit_files.chunks(sources)]
    styles = []
    for widget in _WIDGETS.get(path, _ANY):
        names = [*needed(LOADER), *needed(f"{widget}/{widget}.js")]
        modules += [f"./{address(name)}" for name in names]
        styles.append(f"./{address(f'{widget}/{widget}.css')}")
    return _links("modulepreload", modules, "") + _links("preload", styles, ' as="style"')


def pack_early() -> None:
    """Have packed what the first visitor's browser will ask for; for a thread of its own."""
    files = streamlit_files.packed_files()
    for name in (
        *streamlit_files.first_chunks(),
        *streamlit_files.chunks([*EVERY_PAGE, *HOME, *LESSON]),
    ):
        files[name].pack()


def _links(kind: str, addresses: Sequence[str], more: str) -> str:
    return "".join(
        f'<link rel="{kind}"{more} href="{escape(one)}">\n' for one in dict.fromkeys(addresses)
    )
