"""A section of a lesson in the browser: the place where links lead, and who says that it comes near.

Nothing is seen of it. A section whose pictures are not drawn yet keeps the room that they will need; when it
comes near, the page is told. One that is folded is found by the browser's own search, and opens then.
"""

from __future__ import annotations

from collections.abc import Callable

from pages.parts.widgets.shared.program import Program

_PROGRAM = Program.of("section", '<span class="clearhead-section"></span>')
_COMPONENT = _PROGRAM.component("clearhead_section")


def section_place(
    name: str,
    *,
    key: str,
    on_near: Callable[[], None],
    on_read: Callable[[], None] | None = None,
    on_whole: Callable[[], None],
    land: bool = False,
    room: int = 0,
    folded: bool = False,
) -> None:
    """Mark the place of a section; it is the first element of the container with the key ``key``.

    ``room`` is how many pixels it needs that is not drawn yet: 0 if all is. ``on_near`` is called when such a
    section comes near, or a search finds something in a ``folded`` one; ``on_read`` when its end has been in
    sight; ``on_whole`` when the page is to be printed and some of it is not drawn. ``land`` has the page open
    here.
    """
    _COMPONENT(
        key=f"place_{key}",
        data={
            "name": name,
            "within": key,
            "room": room,
            "folded": folded,
            "watched": on_read is not None,
            "land": land,
        },
        on_near_change=on_near,
        on_read_change=on_read or _ignore,
        on_whole_change=on_whole,
    )


def _ignore() -> None:
    """Nobody waits for the end of this section."""
