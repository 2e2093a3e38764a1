"""Following a link of the course without loading the app anew: the visit, and what was chosen in it, goes on.

Streamlit opens the links of its texts in a new tab. Who draws a link themselves has the browser tell its
address instead, and the server goes there.
"""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit

import streamlit as st

from lessons.catalogue import Page, pages
from pages.parts.frame.landing import link_to
from pages.parts.frame.language import language
from pages.parts.frame.navigation import course_page

_LONGEST = 500
_STREAMLITS = ("embed", "embed_options")


def address(slug: str, **query: str) -> str:
    """Where a page is, as seen from any other: relative, and in the learner's language."""
    return f"{slug}?{urlencode({**query, 'lang': language()})}"


def section_address(slug: str, section: str) -> str:
    """Where a section of a page is; of a page without one, its top."""
    return address(slug, **(link_to(section) if section else {}))


def follow(link: object) -> None:
    """Go to an address that the browser names, if it is one of the course; this run of the page ends then."""
    if not isinstance(link, str) or len(link) > _LONGEST:
        return
    try:
        link.encode()
        parts = urlsplit(link)
    except ValueError:
        return
    page = _page(parts.path)
    if page is not None and not parts.netloc and not parts.scheme:
        st.switch_page(course_page(page), query_params=_query(parts.query))


def _query(said: str) -> dict[str, str]:
    """What the address says, without what Streamlit wants to hear from a browser only."""
    return {name: value for name, value in parse_qsl(said) if name.lower() not in _STREAMLITS}


def _page(slug: str) -> Page | None:
    return next((page for page in pages() if page.slug == slug), None)
