"""Arriving at a place of a page that is not its top and no section of a lesson."""

from __future__ import annotations

from pages.parts.frame.landing import landing_place
from pages.parts.widgets.shared.program import Program

_COMPONENT = Program.of("landing", '<span class="clearhead-landing"></span>').component(
    "clearhead_landing"
)


def land_here(place: str) -> None:
    """Have the browser show this place of the page first, if the address asks for it."""
    if landing_place() == place:
        _COMPONENT(key=f"landing_{place}", data={}, height=1)
