"""Where a page is opened that does not begin at its top: a section, or the course map on home."""

from __future__ import annotations

from pages.parts.frame.state import asked

MAP = "map"
_NAME = "at"


def landing_place() -> str | None:
    """Where the address asks to begin."""
    return asked(_NAME)


def link_to(place: str) -> dict[str, str]:
    """What a link's address says so that its page opens at ``place``."""
    return {_NAME: place}
