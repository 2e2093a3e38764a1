"""Attention on a page: a chain of cards that unfold stage by stage, in which any cell is chosen.

The browser walks alone and at once: the cell, what feeds it, back, next, play. A moment later Python
hears of the cell, and the page says its arithmetic.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

import streamlit as st

from core.figures.heatmap import heatmap_table
from core.figures.theme import Theme, palette
from core.worked.stages import STAGES, Axis, StageName, chain_of, stage_matrix, stages_of
from core.worked.trace import Trace
from pages.parts.frame.language import _
from pages.parts.frame.state import redraw_page
from pages.parts.frame.theme import theme
from pages.parts.widgets.chain.data import MOST_CELLS, packed
from pages.parts.widgets.chain.state import ChainState
from pages.parts.widgets.chain.words import words_of
from pages.parts.widgets.save import Page, Table, save_popover
from pages.parts.widgets.shared.program import Program
from pages.parts.widgets.shared.source import Source
from pages.parts.widgets.shared.valid_index import valid_index

_HTML = """
<div class="clearhead-chain">
  <div class="bar">
    <button type="button" class="back"></button>
    <button type="button" class="play"></button>
    <button type="button" class="next"></button>
    <button type="button" class="whole"></button>
  </div>
  <ol class="strip" translate="no"></ol>
  <p class="saying" aria-live="polite"></p>
  <div class="cards" translate="no"></div>
  <div class="foot"><p class="readout" aria-live="polite" translate="no"></p><p class="hint"></p></div>
  <p class="source"></p>
</div>
"""
PROGRAM = Program.of("chain", _HTML)
COMPONENT = PROGRAM.component("clearhead_chain")
"""The browser's part, which knows nothing of attention: a lesson may draw a chain of its own with it."""


@dataclass(frozen=True)
class Cell:
    """A cell of a stage, by position."""

    stage: StageName
    row: int
    column: int


@dataclass(frozen=True, eq=False)
class Chain:
    """What is drawn: a trace and its names.

    ``tokens`` name the queries, ``keys`` the keys where they are others, ``columns`` the numbers of a
    query and ``inputs`` those of x. ``source`` says where the numbers come from. ``stage``, ``row`` and
    ``column`` are where it begins. ``short_way`` is where the browser asks for the numbers by itself, if
    it may.
    """

    state: ChainState
    trace: Trace
    tokens: tuple[str, ...]
    columns: tuple[str, ...]
    source: Source = field(kw_only=True)
    keys: tuple[str, ...] | None = None
    inputs: tuple[str, ...] | None = None
    stage: StageName = "scores"
    row: int = 0
    column: int = 0
    short_way: Mapping[str, Any] | None = None

    @property
    def key(self) -> str:
        """What every key of its widgets begins with."""
        return self.state.key

    @property
    def asked(self) -> tuple[str, ...]:
        """The tokens whose keys are asked."""
        return self.tokens if self.keys is None else self.keys

    @property
    def axes(self) -> dict[Axis, list[str]]:
        """What rows and columns are called."""
        made = self.trace.projection
        numbered = [str(place) for place in range(0 if made is None else made.x.shape[1])]
        return {
            "queries": list(self.tokens),
            "keys": list(self.asked),
            "values": list(self.asked),
            "tokens": list(self.tokens),
            "columns": list(self.columns),
            "inputs": numbered if self.inputs is None else list(self.inputs),
            "one": [""],
        }

    @property
    def first(self) -> Cell:
        """Where it begins."""
        known = stage_names(self.trace)
        return Cell(self.stage if self.stage in known else "scores", self.row, self.column)


def draw_chain(chain: Chain) -> Cell:
    """Draw the chain and return the chosen cell, which a link carries."""
    state, key, trace = chain.state, chain.key, chain.trace
    at = _valid_cell(chain)
    state.whole.settle()

    def picked() -> None:
        _record_pick(state, trace, st.session_state.get(key, {}).get("pick"))

    # One entry, because Streamlit looks at each for a data frame.
    sent = {"chain": _described(chain, at, state.holds.value) | {"shortWay": chain.short_way}}
    COMPONENT(key=key, data=sent, on_pick_change=picked, on_theme_change=redraw_page)
    save_popover(
        key,
        lambda: Page(
            PROGRAM, {"chain": _described(chain, at)}, chain_words()["label"], chain.source
        ),
        lambda: _table(chain, at),
    )
    return at


def _described(chain: Chain, at: Cell, holds: Mapping[str, object] | None = None) -> dict[str, Any]:
    """All that the browser draws; without the matrices that it ``holds`` already."""
    trace = chain.trace
    data = packed(trace, at.stage, at.row, holds)
    for described, stage in zip(data["stages"], chain_of(trace), strict=True):
        described |= words_of(trace, stage)
    return data | {
        "at": {"stage": at.stage, "row": at.row, "column": at.column},
        "turn": chain.state.turn.value,
        "whole": chain.state.whole.value,
        "axes": chain.axes,
        "words": chain_words(),
        "source": chain.source.packed(),
        "mostCells": MOST_CELLS,
        "picture": chain.key,
        **chain_colours(theme()),
    }


def stage_names(trace: Trace) -> tuple[StageName, ...]:
    """The stages whose cells can be chosen."""
    return tuple(stage.name for stage in stages_of(trace))


def _table(chain: Chain, at: Cell) -> Table:
    """The current stage's numbers."""
    stage = STAGES[at.stage]
    return heatmap_table(
        stage.matrix(chain.trace), chain.axes[stage.rows], chain.axes[stage.columns]
    )


def _valid_cell(chain: Chain) -> Cell:
    """The chosen cell, else where it begins; always one there is."""
    state, first = chain.state, chain.first
    known = stage_names(chain.trace)
    stage = cast(StageName, state.stage.among(known, first=first.stage).settle())
    rows, columns = stage_matrix(chain.trace, stage).shape
    row = state.row.clamped(1, rows, first.row + 1).settle()
    column = state.column.clamped(1, columns, first.column + 1).settle()
    return Cell(stage, row - 1, column - 1)


def _record_pick(state: ChainState, trace: Trace, pick: object) -> None:
    """What the browser says was chosen, believed only if the trace has such a cell."""
    if not isinstance(pick, dict) or pick.get("stage") not in stage_names(trace):
        return
    rows, columns = stage_matrix(trace, pick["stage"]).shape
    row, column = valid_index(pick.get("row"), rows), valid_index(pick.get("column"), columns)
    turn, holds = pick.get("turn"), pick.get("holds")
    if row is None or column is None or not isinstance(turn, int):
        return
    state.stage.set(pick["stage"])
    state.row.set(row + 1)
    state.column.set(column + 1)
    state.whole.set(bool(pick.get("whole")))
    state.turn.set(turn)
    state.holds.set(holds if isinstance(holds, dict) else {})


def chain_words() -> dict[str, str]:
    """What stands on the buttons, and what is said of a cell."""
    return {
        "label": _("Attention, stage by stage"),
        "back": "◀ " + _("Back"),
        "next": _("Next") + " ▶",
        "play": "▶ " + _("Play"),
        "pause": "❚❚ " + _("Pause"),
        "whole": _("All stages"),
        "keys": _(
            "Keys: arrows move the cell · PgUp and PgDn change the stage · Enter jumps there"
        ),
        "cell": _("{name}, {row} → {column}: {value}"),
        "visible": _("visible"),
        "hidden": _("hidden"),
    }


def chain_colours(chosen: Theme) -> dict[str, Any]:
    """What the browser colours with in a theme."""
    colours = palette(chosen)
    names = ("ink", "muted", "line", "surface", "query", "key", "value", "attention", "hatch")
    return {
        "theme": chosen,
        "colours": {name: getattr(colours, name) for name in names},
        "scales": {name: colours.scales[name] for name in ("attention", "diverging")},
    }
