"""Worked attention on a page: a chain of cards that unfold stage by stage, in which any cell is chosen.

The browser walks alone and at once: the cell, what feeds it, back, next, play. A moment later Python
hears of the cell, and the page says its arithmetic.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import streamlit as st

from core.figures.heatmap import heatmap_table
from core.figures.theme import Theme, palette
from core.worked.stages import SHAPES, stage_matrix, stages_of
from core.worked.trace import Stage, Trace
from pages.parts.frame.language import _
from pages.parts.frame.theme import theme
from pages.parts.widgets.chain.data import AXES, MOST_CELLS, packed
from pages.parts.widgets.chain.words import BIASED, NAMES, SAYINGS, SIGNS
from pages.parts.widgets.save import Page, Program, Table, save_popover
from pages.parts.widgets.shared.valid_index import valid_index

_HTML = """
<div class="clearhead-worked">
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
_PROGRAM = Program.of(
    _HTML,
    "chain/chain.css",
    "shared/drawing.js",
    "chain/numbers.js",
    "chain/formulas.js",
    "chain/cards.js",
    "chain/canvas.js",
    "chain/frames.js",
    "chain/sizes.js",
    "chain/strip.js",
    "chain/choosing.js",
    "chain/saving.js",
    "chain/short_way.js",
    "chain/chain.js",
)
_COMPONENT = st.components.v2.component(
    "clearhead_worked",
    html=_PROGRAM.html,
    css=_PROGRAM.css,
    js=_PROGRAM.js,
    isolate_styles=False,
)


@dataclass(frozen=True)
class Cell:
    """A cell of a stage, by position."""

    stage: Stage
    row: int
    column: int


def worked(
    trace: Trace,
    tokens: Sequence[str],
    columns: Sequence[str],
    *,
    key: str,
    stage: Stage = "scores",
    cell: tuple[int, int] = (0, 0),
    keys: Sequence[str] | None = None,
    inputs: Sequence[str] | None = None,
    line: Mapping[str, Any] | None = None,
    caption: str = "",
) -> Cell:
    """Draw the trace and return the chosen cell, which a link carries.

    ``tokens`` name the queries, ``keys`` the keys where they are others, ``columns`` the numbers of a
    query and ``inputs`` those of x. ``stage`` and ``cell`` are where it begins. ``line`` is the short way
    for numbers typed on this page (``bench_line.line``). Every key of the session and of the link begins
    with ``key``.
    """
    keys = tokens if keys is None else keys
    first = Cell(stage if stage in stages_of(trace) else "scores", *cell)
    at = _settled(key, trace, first)
    holds = st.session_state.get(f"{key}_holds", {})
    data = packed(trace, at.stage, at.row, holds)
    data |= {
        "at": {"stage": at.stage, "row": at.row, "column": at.column},
        "turn": st.session_state.get(f"{key}_turn", 0),
        "whole": bool(st.session_state.get(f"{key}_whole", False)),
        "axes": _axes(trace, tokens, keys, columns, inputs),
        "names": {name: _(word) for name, word in NAMES.items()},
        "signs": {name: _(word) for name, word in SIGNS.items()},
        "sayings": _sayings(trace),
        "shapes": _shapes(trace),
        "words": _words(caption),
        "mostCells": MOST_CELLS,
        "picture": key,
        **_look(theme()),
    }

    def picked() -> None:
        _take(key, trace, st.session_state[key].get("pick"))

    # One entry, because Streamlit looks at each for a data frame.
    sent = {"worked": data | {"line": line}}
    _COMPONENT(key=key, data=sent, on_pick_change=picked, on_theme_change=_ignore)
    _link(key, at, first)
    said = data["words"]["label"]
    save_popover(
        key, lambda: Page(_PROGRAM, {"worked": data}, said), lambda: _table(trace, at, data["axes"])
    )
    return at


def _table(trace: Trace, at: Cell, axes: Mapping[str, list[str]]) -> Table:
    """The current stage's numbers."""
    values = stage_matrix(trace, at.stage)
    rows, columns = (axes[name] for name in AXES[at.stage])
    return heatmap_table(values, rows, columns)


def _settled(key: str, trace: Trace, first: Cell) -> Cell:
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
    stage: Stage = state[f"{key}_stage"]
    if stage not in stages_of(trace):
        stage = first.stage
    rows, columns = stage_matrix(trace, stage).shape
    row = min(max(int(state[f"{key}_row"]), 0), rows - 1)
    cell = Cell(stage, row, min(max(int(state[f"{key}_column"]), 0), columns - 1))
    for name, value in asdict(cell).items():
        state[f"{key}_{name}"] = value
    return cell


def _take(key: str, trace: Trace, pick: object) -> None:
    """What the browser says was chosen, believed only if the trace has such a cell."""
    if not isinstance(pick, dict) or pick.get("stage") not in stages_of(trace):
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
    said = {name: value for name, value in changed.items() if value is not None}
    if said:
        st.query_params.update(said)


def _axes(
    trace: Trace,
    tokens: Sequence[str],
    keys: Sequence[str],
    columns: Sequence[str],
    inputs: Sequence[str] | None,
) -> dict[str, list[str]]:
    width = 0 if trace.x is None else trace.x.shape[1]
    numbered = [str(place) for place in range(width)]
    return {
        "queries": list(tokens),
        "keys": list(keys),
        "values": list(keys),
        "tokens": list(tokens),
        "columns": list(columns),
        "inputs": numbered if inputs is None else list(inputs),
        "one": [""],
    }


def _sayings(trace: Trace) -> dict[str, str]:
    """What happens at each stage, in a sentence."""
    said = {name: _(word) for name, word in SAYINGS.items()}
    return said if trace.bias is None else said | {"scaled": _(BIASED)}


def _shapes(trace: Trace) -> dict[str, str]:
    """Each stage's shapes in letters and in this example's numbers; a given matrix in numbers."""
    sizes = {
        "q": len(trace.q),
        "k": len(trace.k),
        "e": trace.q.shape[1],
        "d": 0 if trace.x is None else trace.x.shape[1],
    }
    said: dict[str, str] = {}
    for stage in stages_of(trace):
        parts, result = (side.split(",") for side in SHAPES[stage].split("->"))
        letters = ", ".join(part.strip() for part in parts)
        numbers = ", ".join(_times(part, sizes) for part in parts)
        said[stage] = f"{letters} → {result[0].strip()} · {numbers} → {_times(result[0], sizes)}"
    for name, letters in _GIVEN.items():
        if name not in said:
            said[name] = f"{letters} · {_times(letters, sizes)}"
    return said


def _times(letters: str, sizes: Mapping[str, int]) -> str:
    return " × ".join(str(sizes[letter]) for letter in letters.split())


def _words(caption: str) -> dict[str, str]:
    return {
        "label": caption or _("Attention, stage by stage"),
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
        "sum": _("the row's sum"),
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


_GIVEN: Mapping[str, str] = {
    "x": "q d",
    **dict.fromkeys(("w_q", "w_k", "w_v"), "d e"),
    **dict.fromkeys(("b_q", "b_k", "b_v"), "e"),
    "bias": "q k",
    "q": "q e",
    "k": "k e",
    "v": "k e",
}
