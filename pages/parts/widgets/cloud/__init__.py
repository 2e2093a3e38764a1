"""Words as points in a plane or in space, with the nearest of a chosen one: they move as a training goes on.

The browser reckons from the vectors where each word lies and which words are its nearest, so that both
follow a scrubber while it is dragged, and the cloud turns without asking anybody. Groups of words are
told apart by the form of their mark and by its colour; each of them can be picked out.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.figures.theme import palette
from pages.parts.frame.language import _, in_a_row
from pages.parts.frame.state import redraw_page
from pages.parts.frame.theme import theme
from pages.parts.widgets.save import Page, Table, save_popover
from pages.parts.widgets.shared.program import Program
from pages.parts.widgets.shared.source import Source, show_caption
from pages.parts.widgets.shared.valid_index import valid_index

_HTML = """
<div class="clearhead-cloud" translate="no">
  <div class="bar"></div>
  <div class="legend"></div>
  <div class="stage" tabindex="0" role="application"></div>
  <div class="near" aria-live="polite"></div>
  <p class="said" role="status"></p>
</div>
"""
_PROGRAM = Program.of("cloud", _HTML)
_COMPONENT = _PROGRAM.component("clearhead_cloud")

NEAR = 6
"""So many nearest words are listed."""


@dataclass(frozen=True, eq=False)
class Cloud:
    """What is drawn: all ``words`` with their ``vectors`` [v d].

    ``groups`` [v] says of each word its group's place among ``names``, −1 for one that is not drawn unless it
    is chosen or asked for. ``mean`` [d] and ``axes`` [d 3] (or fewer) say where a vector lies; ``box``
    [axis 2] is what is to be in sight. ``places`` [v 2] are places that were found in another way: then there
    is a plane only.
    """

    words: Sequence[str]
    vectors: NDArray[Any]
    groups: Sequence[int]
    names: Sequence[str]
    mean: NDArray[Any]
    axes: NDArray[Any]
    box: NDArray[Any]
    places: NDArray[Any] | None = None


def cloud(
    drawn: Cloud,
    *,
    key: str,
    height: int,
    caption: str,
    source: Source,
    chosen: int,
    on_choose: Callable[[int], None],
    depth: bool = False,
    on_depth: Callable[[bool], None] | None = None,
    follows: Mapping[str, Any] | None = None,
    near: int = NEAR,
    table: Table | Callable[[], Table] | None = None,
) -> None:
    """Draw the cloud ``height`` pixels high, with the nearest of the row ``chosen`` under it.

    ``on_choose`` hears which row was picked, ``on_depth`` whether the cloud is to be seen in space, both
    before the script runs. ``follows`` says whose scrubber moves it.
    """

    def heard(event: str) -> object:
        return st.session_state.get(key, {}).get(event)

    def picked() -> None:
        row = valid_index(heard("choose"), len(drawn.words))
        if row is not None:
            on_choose(row)

    def turned() -> None:
        wanted = heard("depth")
        if isinstance(wanted, bool) and on_depth is not None:
            on_depth(wanted)

    data = {"cloud": _data(drawn, chosen, depth, near, height, caption) | {"filename": key}}
    sent = {"cloud": {**data["cloud"], "follows": None if follows is None else dict(follows)}}
    _COMPONENT(
        key=key,
        data=sent,
        on_choose_change=picked,
        on_depth_change=turned,
        on_theme_change=redraw_page,
    )
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        show_caption(caption, source)
        save_popover(
            key,
            lambda: Page(_PROGRAM, {"cloud": {**data["cloud"], "follows": None}}, caption, source),
            table,
        )


def whole_numbers(vectors: NDArray[Any]) -> dict[str, Any]:
    """Vectors [v d] as whole numbers of two bytes and what to multiply them by, for ``vectorsOf``: cosines of
    them are right to three decimals, in half the room."""
    wide = np.nan_to_num(np.asarray(vectors, dtype=np.float64))
    scale = float(np.abs(wide).max(initial=0.0)) / np.iinfo(np.int16).max or 1.0
    whole = np.rint(wide / scale).astype("<i2")
    return {
        "bdata": base64.b64encode(whole.tobytes()).decode("ascii"),
        "shape": list(wide.shape),
        "scale": scale,
    }


def _data(
    drawn: Cloud, chosen: int, depth: bool, near: int, height: int, caption: str
) -> dict[str, Any]:
    colours = [series.colour for series in palette(theme()).series]
    return {
        "words_of": list(drawn.words),
        "vectors": whole_numbers(drawn.vectors),
        "groups": list(drawn.groups),
        "order": _order(drawn.groups),
        "names": list(drawn.names),
        "colours": [colours[place % len(colours)] for place in range(len(drawn.names))],
        "plane": {
            "mean": np.round(drawn.mean.astype(np.float64), 6).tolist(),
            "axes": np.round(drawn.axes.T.astype(np.float64), 6).tolist(),
        },
        "box": np.round(drawn.box.astype(np.float64), 5).tolist(),
        "places": None
        if drawn.places is None
        else np.round(drawn.places.astype(np.float64), 4).tolist(),
        "chosen": chosen,
        "depth": depth,
        "near": near,
        "height": height,
        "theme": theme(),
        "label": in_a_row((caption, _walking())),
        "words": {
            "flat": _("In a plane"),
            "space": _("In space"),
            "play": "▶ " + _("Play the training"),
            "stop": "■ " + _("Stop"),
            "near": _("Nearest to “{word}”, with the cosine of the angle:"),
            "near_at": _("Nearest to “{word}” at step {step}, with the cosine of the angle:"),
            "none": _("“{word}” has no vector here: the text has none of it."),
            "at": _("{word}: {group}"),
        },
    }


def _order(groups: Sequence[int]) -> list[int]:
    """Whose name is written first where there is room for few: of each group one word, then the next ones."""
    seen: dict[int, int] = {}
    order = []
    for group in groups:
        order.append(seen.get(group, 0))
        seen[group] = order[-1] + 1
    return order


def _walking() -> str:
    """How to walk the cloud by keyboard."""
    return _(
        "Arrow keys move from word to word, Enter picks one; in space, Shift and arrow keys turn the cloud."
    )
