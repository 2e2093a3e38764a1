"""How a page addresses what the server answers besides pages."""

from __future__ import annotations


def from_page(path: str) -> str:
    """The address of the route ``path`` as seen from any page: relative, as Streamlit's own files are.

    A page's address has one segment, so it holds behind ``server.baseUrlPath``, and behind a proxy that
    takes a prefix off of which the server never hears.
    """
    return path.removeprefix("/")
