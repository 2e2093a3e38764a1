"""A computation as a graph, walked forward and back: every node with its value and its slope.

All steps are in the browser, so each is there at once; the page is told where somebody has stopped.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

import streamlit as st

from pages.parts.frame.language import _
from pages.parts.widgets.save import Page, Table, save_popover
from pages.parts.widgets.shared.program import Program
from pages.parts.widgets.shared.source import Source, show_caption
from pages.parts.widgets.shared.valid_index import valid_index

_HTML = """
<div class="clearhead-graph" translate="no">
  <div class="controls">
    <button type="button" class="first"></button><button type="button" class="back"></button>
    <button type="button" class="next"></button><button type="button" class="turn"></button>
    <button type="button" class="last"></button>
  </div>
  <p class="at" role="status"></p>
  <div class="drawn"></div>
  <div class="worked" aria-live="polite"></div>
</div>
"""
_PROGRAM = Program.of("compute_graph", _HTML)
_COMPONENT = _PROGRAM.component("clearhead_graph")


@dataclass(frozen=True)
class Spot:
    """A number of the graph: a node in its ``layer``, from 0, at a ``place`` in it; or, with ``link``, a
    weight on the way from one node to another. ``value`` and ``slope`` are as they are to be written;
    ``said`` is what it is, in words."""

    name: str
    value: str
    slope: str
    said: str
    layer: int = 0
    place: int = 0
    link: tuple[str, str] | None = None


@dataclass(frozen=True)
class Step:
    """One computation: of a node's value on the way ``forward``, or of its slope on the way ``back``, from
    the nodes and weights in ``uses``. ``lines`` are the same in letters and in numbers, ``said`` a
    sentence."""

    node: str
    way: Literal["forward", "back"]
    uses: Sequence[str]
    lines: Sequence[str]
    said: str


def compute_graph(
    spots: Sequence[Spot],
    links: Sequence[tuple[str, str]],
    steps: Sequence[Step],
    *,
    key: str,
    step: int,
    caption: str,
    source: Source,
    table: Table,
    on_step: Callable[[int], None],
) -> None:
    """Draw the graph after ``step`` steps, of which there are ``len(steps)``; 0 is before the first.
    ``links`` lead from node to node, with the weights that lie on them among the ``spots``. ``on_step`` is
    told, before the script runs, where somebody has stopped."""

    def heard() -> None:
        told = valid_index(st.session_state.get(key, {}).get("step"), len(steps) + 1)
        if told is not None:
            on_step(told)

    data = {
        "spots": [asdict(spot) for spot in spots],
        "links": [list(link) for link in links],
        "steps": [asdict(one) for one in steps],
        "step": step,
        "filename": key,
        "label": f"{caption} {source.told}",
        "words": {
            "first": _("Start again"),
            "back": _("Back"),
            "next": _("One step"),
            "turn": _("Forward to the loss"),
            "last": _("All the way back"),
            "before": _("Nothing is computed yet: only what was given has a value."),
            "forward": _("Forward, step {n} of {count}: {node}"),
            "backward": _("Back, step {n} of {count}: {node}"),
            "value": _("value"),
            "slope": _("slope"),
            "unknown": _("not yet known"),
        },
    }
    _COMPONENT(key=key, data=data, on_step_change=heard)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        show_caption(caption, source)
        save_popover(key, lambda: Page(_PROGRAM, data, caption, source), table)
