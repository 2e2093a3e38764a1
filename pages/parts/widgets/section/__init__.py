"""A section of a lesson in the browser: the place where links lead, and who says that it comes near.

Nothing is seen of it but the button of one that can be folded. A section whose pictures are not drawn yet
keeps the room that they will need; when it comes near, the page is told. One that is folded is found by the
browser's own search, and opens then.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass

from pages.parts.widgets.shared.program import Program

_HTML = """
<span class="clearhead-section"></span>
<div class="clearhead-fold" hidden>
  <button type="button"></button><span></span>
  <div class="words" hidden="until-found"></div>
</div>
"""
_COMPONENT = Program.of("section", _HTML).component("clearhead_section")


@dataclass(frozen=True)
class Fold:
    """What a section shows that can be folded: whether it is open, the button's label, what is said beside
    it, and, while it is folded, the words that a search may find."""

    opened: bool
    label: str
    said: str
    words: str


def section_place(
    name: str,
    *,
    key: str,
    on_near: Callable[[], None],
    on_read: Callable[[], None] | None = None,
    on_whole: Callable[[], None],
    on_fold: Callable[[], None] | None = None,
    land: bool = False,
    room: int = 0,
    fold: Fold | None = None,
) -> None:
    """Mark the place of a section, the container with the key ``key``; it stands under its heading.

    ``room`` is how many pixels it needs that is not drawn yet: 0 if all is. ``on_near`` is called when such a
    section comes near, or a search finds something in a folded one; ``on_read`` when its end has been in
    sight; ``on_whole`` when the page is to be printed and some of it is not drawn; ``on_fold`` when the
    button of a ``fold`` is pressed. ``land`` has the page open here.
    """
    _COMPONENT(
        key=f"place_{key}",
        data={
            "name": name,
            "within": key,
            "room": room,
            "fold": fold and asdict(fold),
            "watched": on_read is not None,
            "land": land,
        },
        on_near_change=on_near,
        on_read_change=on_read or _ignore,
        on_whole_change=on_whole,
        on_fold_change=on_fold or _ignore,
    )


def _ignore() -> None:
    """Nobody waits for this."""
