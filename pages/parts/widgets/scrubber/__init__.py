"""The scrubber: a slider over the steps of a training, which moves what stands beside it while it is dragged.

Pictures and words that follow it (``meta.follows`` of a figure, ``at_step``) are changed in the browser, from
what it fetches once somebody takes hold. The page is told when the handle is let go.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import streamlit as st

from pages.parts.widgets.shared.program import Program

_HTML = """
<div class="clearhead-scrubber">
  <div class="above"></div>
  <input type="range" min="0" step="1">
  <div class="below">
    <span class="at"></span><span class="hint"></span><button type="button" class="now"></button>
  </div>
</div>
"""
_PROGRAM = Program.of("scrubber", _HTML)
_COMPONENT = _PROGRAM.component("clearhead_scrubber")


@dataclass(frozen=True)
class Track:
    """What the handle moves over.

    ``steps`` are there to be looked at, with their ``losses`` in words; ``planned`` are all that there will
    be; ``step`` is how far the training has come. ``held`` is the step that is kept, None for the newest.
    What followers need is at ``address``; ``mark`` names it. ``words`` are ``label``, ``at`` (with
    ``{step}``, ``{total}``, ``{loss}``), ``none``, ``progress``, ``hint``, ``now`` and ``failed``.
    """

    panel: str
    run: str
    steps: Sequence[int]
    losses: Sequence[str]
    planned: Sequence[int]
    step: int
    held: int | None
    alive: bool
    address: str
    mark: str
    words: Mapping[str, str]


def scrubber(track: Track, *, key: str, on_step: Callable[[int | None], None]) -> None:
    """Draw the slider. ``on_step`` gets the step that the learner has chosen, None for the newest, before the
    script runs."""

    def heard() -> None:
        event = _event(st.session_state.get(key, {}).get("step"))
        if event is None or event["number"] <= _heard(key, event["view"]):
            return
        st.session_state[f"{key}_heard"] = (event["view"], event["number"])
        if event["step"] is None or event["step"] in track.steps:
            on_step(event["step"])

    view, number = st.session_state.get(f"{key}_heard", ("", 0))
    sent = {**asdict(track), "heard": {"view": view, "number": number}}
    # One entry, because Streamlit looks at each for a data frame.
    _COMPONENT(key=key, data={"track": sent}, on_step_change=heard)


def _heard(key: str, view: str) -> int:
    """The number of the last event that was heard from this view."""
    known, number = st.session_state.get(f"{key}_heard", ("", 0))
    return int(number) if known == view else 0


def _event(payload: object) -> dict[str, Any] | None:
    """An event as the browser sent it; None for what is none."""
    if not isinstance(payload, dict):
        return None
    number, step = payload.get("number"), payload.get("step")
    if not _is_whole(number) or not (step is None or _is_whole(step)):
        return None
    return {"view": str(payload.get("view"))[:40], "number": number, "step": step}


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
