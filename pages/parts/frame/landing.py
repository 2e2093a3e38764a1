"""Arriving at a place of a page that is not its top: the course map on home."""

from __future__ import annotations

import streamlit as st

from pages.parts.frame.state import asked

MAP = "map"
_NAME = "at"

_landing = st.components.v2.component(
    "clearhead_landing",
    html="<span hidden></span>",
    js="""
export default function ({ parentElement }) {
  const here = parentElement.host ?? parentElement;
  if (here.clearheadLanded) return;
  here.clearheadLanded = true;
  here.style.scrollMarginTop = "4rem"; // Streamlit's own top line
  const land = () => here.scrollIntoView({ block: "start" });
  land();
  // What stands above grows while it is drawn. Whoever moves by themselves is left alone.
  const growing = new ResizeObserver(land);
  const page = document.querySelector('[data-testid="stMainBlockContainer"]');
  if (page) growing.observe(page);
  const moves = ["wheel", "touchstart", "pointerdown", "keydown"];
  const stop = () => {
    growing.disconnect();
    for (const move of moves) removeEventListener(move, stop);
  };
  for (const move of moves) addEventListener(move, stop);
  setTimeout(stop, 5000);
}
""",
)


def landing_place() -> str | None:
    """Where the address asks to begin."""
    return asked(_NAME)


def link_to(place: str) -> dict[str, str]:
    """What a link's address says so that its page opens at ``place``."""
    return {_NAME: place}


def land_here(place: str) -> None:
    """Have the browser show this place of the page first, if the address asks for it."""
    if landing_place() == place:
        _landing(key=f"landing_{place}", height=1)
