"""Attention on a page: a chain of cards that unfold stage by stage, in which any cell is chosen.

The browser walks alone and at once: the cell, what feeds it, back, next, play. A moment later Python
hears of the cell, and the page says its arithmetic.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import streamlit as st

from core.figures.heatmap import heatmap_table
from core.figures.theme import Theme, palette
from core.worked.stages import STAGES, Axis, StageName, chain_of, stage_matrix, stages_of
from core.worked.trace import Trace
from pages.parts.frame.language import _
from pages.parts.frame.theme import theme
from pages.parts.widgets.chain.data import MOST_CELLS, packed
from pages.parts.widgets.chain.words import words_of
from pages.parts.widgets.save import Page, Table, save_popover
from pages.parts.widgets.shared.program import Program
from pages.parts.widgets.shared.valid_index import valid_index

_HTML = """
<div class="clearhead-chain">
  <div class="bar">
    <button type="button" class="back"></button>
    <button type="button" class="play"></button>
    <button type="button" class="next"></button>
    <button type="button" class="whole"></button>
  </div>
  <ol class="strip"></ol>
  <p class="saying" aria-live="polite"></p>
  <div class="cards"></div>
  <div class="foot"><p class="readout" aria-live="polite"></p><p class="hint"></p></div>
</div>
"""
_PROGRAM = Program.of("chain", _HTML)
_COMPONENT = _PROGRAM.component("clearhead_chain")


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
    query and ``inputs`` those of x. ``stage``, ``row`` and ``column`` are where it begins. ``short_way``
    is where the browser asks for the numbers by itself, if it may. Every key of the session and of the
    link begins with ``key``.
    """

    key: str
    trace: Trace
    tokens: tuple[str, ...]
    columns: tuple[str, ...]
    keys: tuple[str, ...] | None = None
    inputs: tuple[str, ...] | None = None
    stage: StageName = "scores"
    row: int = 0
    column: int = 0
    short_way: Mapping[str, Any] | None = None

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
    key, trace = chain.key, chain.trace
    at = _valid_cell(key, trace, chain.first)
    holds = st.session_state.get(f"{key}_holds", {})
    data = packed(trace, at.stage, at.row, holds)
    for described, stage in zip(data["stages"], chain_of(trace), strict=True):
        described |= words_of(trace, stage)
    words = _words()
    data |= {
        "at": {"stage": at.stage, "row": at.row, "column": at.column},
        "turn": st.session_state.get(f"{key}_turn", 0),
        "whole": bool(st.session_state.get(f"{key}_whole", False)),
        "axes": chain.axes,
        "words": words,
        "mostCells": MOST_CELLS,
        "picture": key,
        **_look(theme()),
    }

    def picked() -> None:
        _record_pick(key, trace, st.session_state[key].get("pick"))

    # One entry, because Streamlit looks at each for a data frame.
    sent = {"chain": data | {"shortWay": chain.short_way}}
    _COMPONENT(key=key, data=sent, on_pick_change=picked, on_theme_change=_ignore)
    _link(key, at, chain.first)
    save_popover(
        key,
        lambda: Page(_PROGRAM, {"chain": data}, words["label"]),
        lambda: _table(chain, at),
    )
    return at


def stage_names(trace: Trace) -> tuple[StageName, ...]:
    """The stages whose cells can be chosen."""
    return tuple(stage.name for stage in stages_of(trace))


def _table(chain: Chain, at: Cell) -> Table:
    """The current stage's numbers."""
    stage = STAGES[at.stage]
    return heatmap_table(
        stage.matrix(chain.trace), chain.axes[stage.rows], chain.axes[stage.columns]
    )


def _valid_cell(key: str, trace: Trace, first: Cell) -> Cell:
    """The chosen cell: from the session, else from the link, else where it begins; always one there is.

    A number in a link counts from 1, as positions do on the screen.
    """
    state = st.session_state
    if f"{key}_stage" not in state:
        link = st.query_params
        state[f"{key}_stage"] = link.get(f"{key}_stage", first.stage)
        for name, begin in (("row", first.row), ("column", first.column)):
            asked = link.get(f"{key}_{name}", "")
            state[f"{key}_{name}"] = int(asked[:6]) - 1 if asked.isdecimal() else begin
        state[f"{key}_whole"] = link.get(f"{key}_whole") == "true"
    stage: StageName = state[f"{key}_stage"]
    if stage not in stage_names(trace):
        stage = first.stage
    rows, columns = stage_matrix(trace, stage).shape
    row = min(max(int(state[f"{key}_row"]), 0), rows - 1)
    cell = Cell(stage, row, min(max(int(state[f"{key}_column"]), 0), columns - 1))
    for name, value in asdict(cell).items():
        state[f"{key}_{name}"] = value
    return cell


def _record_pick(key: str, trace: Trace, pick: object) -> None:
    """What the browser says was chosen, believed only if the trace has such a cell."""
    if not isinstance(pick, dict) or pick.get("stage") not in stage_names(trace):
        return
    rows, columns = stage_matrix(trace, pick["stage"]).shape
    row, column = valid_index(pick.get("row"), rows), valid_index(pick.get("column"), columns)
    turn, holds = pick.get("turn"), pick.get("holds")
    if row is None or column is None or not isinstance(turn, int):
        return
    chosen = {
        "stage": pick["stage"],
        "row": row,
        "column": column,
        "whole": bool(pick.get("whole")),
        "turn": turn,
        "holds": holds if isinstance(holds, dict) else {},
    }
    for name, value in chosen.items():
        st.session_state[f"{key}_{name}"] = value


def _link(key: str, at: Cell, first: Cell) -> None:
    """Put into the address what differs from the beginning, and only if it changed.

    Other names are left alone: those that are bound to widgets may not be written.
    """
    wanted = {
        f"{key}_stage": None if at.stage == first.stage else at.stage,
        f"{key}_row": None if at.row == first.row else str(at.row + 1),
        f"{key}_column": None if at.column == first.column else str(at.column + 1),
        f"{key}_whole": "true" if st.session_state.get(f"{key}_whole") else None,
    }
    now = st.query_params.to_dict()
    changed = {name: value for name, value in wanted.items() if now.get(name) != value}
    for name, value in changed.items():
        if value is None:
            del st.query_params[name]
    differing = {name: value for name, value in changed.items() if value is not None}
    if differing:
        st.query_params.update(differing)


def _words() -> dict[str, str]:
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


def _look(chosen: Theme) -> dict[str, Any]:
    colours = palette(chosen)
    names = ("ink", "muted", "line", "surface", "query", "key", "value", "attention", "hatch")
    return {
        "theme": chosen,
        "colours": {name: getattr(colours, name) for name in names},
        "scales": {name: colours.scales[name] for name in ("attention", "diverging")},
    }


def _ignore() -> None:
    """The rerun itself is what a change of theme needs."""
