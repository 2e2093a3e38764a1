"""A part of a page that is drawn again each second while a run is alive, each time from a look of its own."""

from __future__ import annotations

from collections.abc import Callable

from core.store.look import Look
from pages.parts.frame import services
from pages.parts.frame.state import fragment


def each_second(draw: Callable[[Look], None], look: Look) -> None:
    """Draw with the page's ``look`` now, so that this part agrees with the rest of the page, and each
    second again with a new one, until the page runs anew without calling this."""
    of_the_page = [look]

    def tick() -> None:
        draw(of_the_page.pop() if of_the_page else services.look())

    fragment(tick, run_every="1s")()
