"""The merges of byte-pair encoding, played: the text after each, and the pairs that could come next.

All steps are in the browser, so each is there at once; the page is told where somebody has stopped.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

import streamlit as st

from core.worked.merges import Merge, Pair
from pages.parts.frame.language import _
from pages.parts.widgets.save import Page, save_popover
from pages.parts.widgets.shared.program import Program
from pages.parts.widgets.shared.source import Source, show_caption
from pages.parts.widgets.shared.valid_index import valid_index

_HTML = """
<div class="clearhead-merges" translate="no">
  <div class="controls">
    <button type="button" class="first"></button><button type="button" class="back"></button>
    <button type="button" class="next"></button><button type="button" class="play"></button>
    <input type="range" min="0" step="1">
  </div>
  <p class="at" role="status"></p>
  <div class="both"><div class="pairs"></div><div class="pieces"></div></div>
  <p class="said" aria-live="polite"></p>
</div>
"""
_PROGRAM = Program.of("merge_player", _HTML)
_COMPONENT = _PROGRAM.component("clearhead_merges")


@dataclass(frozen=True)
class Frame:
    """How it stands after some merges: the most frequent pairs with their counts, the one to be merged next
    first; how many pairs are as frequent as that one; how many tokens the whole text has."""

    pairs: Sequence[tuple[Pair, int]]
    equally: int
    tokens: int


@dataclass(frozen=True)
class Film:
    """``frames`` has one more entry than ``merges``: how it stands before the first. ``tokens`` says what is
    written on each id; ``pieces`` are the words that are drawn, as ids of bytes; ``whole`` says whether they
    are all of the text; ``right_to_left`` is how it is written."""

    tokens: Sequence[str]
    pieces: Sequence[Sequence[int]]
    merges: Sequence[Merge]
    frames: Sequence[Frame]
    whole: bool
    right_to_left: bool


def merge_player(
    film: Film,
    *,
    key: str,
    step: int,
    caption: str,
    source: Source,
    on_step: Callable[[int], None],
) -> None:
    """Draw the film at ``step``; ``on_step`` is told, before the script runs, where somebody has stopped."""

    def heard() -> None:
        told = valid_index(st.session_state.get(key, {}).get("step"), len(film.frames))
        if told is not None:
            on_step(told)

    data = {
        "film": {
            **asdict(film),
            "merges": [[*merge.pair, merge.made] for merge in film.merges],
            "frames": [
                [[[*pair, times] for pair, times in frame.pairs], frame.equally, frame.tokens]
                for frame in film.frames
            ],
        },
        "step": step,
        "filename": key,
        "label": f"{caption} {source.told}",
        "words": _words(),
    }
    _COMPONENT(key=key, data=data, on_step_change=heard)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        show_caption(caption, source)
        save_popover(key, lambda: Page(_PROGRAM, data, caption, source), lambda: _table(film))


def _words() -> dict[str, str]:
    return {
        "first": _("Start again"),
        "back": _("Back"),
        "next": _("Merge"),
        "play": _("Play"),
        "stop": _("Stop"),
        "slider": _("Merges done"),
        "at": _("{step} of {steps} merges · {tokens} tokens (at first {bytes})"),
        "nothing": _("There is nothing to merge."),
        "pairs": _("Most frequent pairs"),
        "coming": _("Next: {left} + {right} → {made}. No other pair is as frequent ({times}×)."),
        "tie": _(
            "Next: {left} + {right} → {made}, {times}×. {others} other pairs are as frequent: among equals "
            "the library takes the one with the lowest ids."
        ),
        "done": _("All merges are done."),
        "stands": _("{left} + {right} stands {times}× in the text, {here}× in what is drawn: outlined."),
        "part": _("Drawn is the beginning of the text; all of it is counted."),
    }  # fmt: skip


def _table(film: Film) -> tuple[Sequence[str], list[tuple[object, ...]]]:
    header = (_("merge"), _("left"), _("right"), _("new token"), _("id"), _("times"), _("tokens"))
    rows: list[tuple[object, ...]] = []
    for place, merge in enumerate(film.merges):
        left, right = (film.tokens[part] for part in merge.pair)
        made = film.tokens[merge.made]
        times = film.frames[place].pairs[0][1]
        rows.append(
            (place + 1, left, right, made, merge.made, times, film.frames[place + 1].tokens)
        )
    return header, rows
