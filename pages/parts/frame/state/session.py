"""What this visitor has chosen, by name. Streamlit forgets a widget that is not drawn; this does not.

A choice that is not made, or made like the first value, is kept as no choice: it follows the first value
where that depends on others, and is not in the address.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pages.parts.frame.script_run import held

UNSET: Any = object()
_KEPT = "page_state"


@dataclass
class Entry:
    """One name: what is chosen, and what its widget was last told or has last told us."""

    chosen: Any
    arrival: int
    """The arrival at the page whose address was read."""
    shown: Any = UNSET
    drawn: object = None
    """How the widget was drawn. Drawn otherwise, it is another one to Streamlit and must be told again."""


@dataclass
class Kept:
    """All that is kept for a visitor."""

    entries: dict[str, Entry] = field(default_factory=dict)
    arrivals: dict[str, int] = field(default_factory=dict)
    """How often Back or Forward has led to a page, by slug."""
    page: str = ""
    """The page that is shown, by slug."""
    visit: int = 0
    """Grows whenever another page than before is come to."""
    depth: int = 0
    """How many fragments are being drawn, one within the other."""
    changed: bool = False
    """Whether something was chosen that the address does not say yet."""
    moved: set[str] = field(default_factory=set)
    """The names of what was chosen since the page, or a part of it, was drawn last."""
    whole: bool = False
    """Whether all of the page is to be drawn again, though only a part of it runs."""
    owed: set[str] = field(default_factory=set)
    """The sections that have changed since they were drawn last."""
    reader: str | None = ""
    """The section that is being drawn: "" for what belongs to none, None where nobody keeps account."""
    readers: dict[str, set[str]] = field(default_factory=dict)
    """The sections that read a choice, by its name."""

    def was_chosen(self, name: str) -> None:
        """Take down that there is another choice under this name."""
        self.changed = True
        self.moved.add(name)


def kept() -> Kept:
    return held(_KEPT, Kept)
