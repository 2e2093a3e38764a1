"""The stages of one step, drawn by the chain's program: cards that unfold, in which any cell is chosen."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st

from core.figures.theme import Theme
from core.worked.arithmetic import SMALLER_TERMS, ArithmeticLine
from core.worked.cell_arithmetic import ArithmeticStyle
from core.worked.formula import mathml
from core.worked.recurrent.cell_step import StepStage
from pages.lstm.step.words import LINE_NAMES, WORDS
from pages.parts.frame.escaped import escaped
from pages.parts.frame.language import _
from pages.parts.frame.state import redraw_page
from pages.parts.frame.theme import theme
from pages.parts.widgets.arithmetic import lines_markdown
from pages.parts.widgets.chain import COMPONENT, PROGRAM, chain_colours, chain_words
from pages.parts.widgets.chain.data import MOST_CELLS
from pages.parts.widgets.chain.state import ChainState
from pages.parts.widgets.save import Page, Table, save_popover
from pages.parts.widgets.shared.source import Source
from pages.parts.widgets.shared.valid_index import valid_index

_TALL = 24
"""A longer column lies on its side."""
_FEW_TERMS = 4
_EVERY_TERM = 100_000


@dataclass(frozen=True)
class StepCell:
    """A cell of a stage, by position."""

    stage: StepStage
    row: int
    column: int

    @property
    def name(self) -> str:
        """Which number it is, such as ``f 0``."""
        return " ".join(
            part for part in (self.stage.rows[self.row], self.stage.columns[self.column]) if part
        )


def draw_step(
    state: ChainState, stages: Sequence[StepStage], label: str, source: Source
) -> StepCell:
    """Draw the stages and return the chosen cell, which a link carries. ``label`` says what unfolds."""
    at = _valid_cell(state, stages)
    key = state.key
    state.whole.settle()

    def heard() -> None:
        _record(state, stages, st.session_state.get(key, {}).get("pick"))

    data = _described(state, stages, at, label, source)
    COMPONENT(key=key, data={"chain": data}, on_pick_change=heard, on_theme_change=redraw_page)
    save_popover(
        key, lambda: Page(PROGRAM, {"chain": data}, label, source), lambda: _table(at.stage)
    )
    return at


def step_lines(state: ChainState, cell: StepCell, every: bool = False) -> list[ArithmeticLine]:
    """How the cell comes about; of a long sum the largest terms, unless it is ``every`` term."""
    assert cell.stage.lines is not None
    shown = _EVERY_TERM if every else _FEW_TERMS
    style = ArithmeticStyle(2, state.exact.value, smaller=_(SMALLER_TERMS), shown=shown)
    return cell.stage.lines(cell.row, cell.column, style)


def show_arithmetic(state: ChainState, cell: StepCell) -> None:
    """Line by line, each with its name, under the cell's name."""
    with st.container(border=True, key=f"{state.key}_arithmetic"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            title = _(WORDS[cell.stage.name].title)
            st.markdown(f"**{title} · {escaped(cell.name)}**", width="stretch")
            lines = step_lines(state, cell)
            if any(line.left_out for line in lines):
                state.terms.toggle(_("all terms"), width="content")
            state.exact.toggle(_("exact values"), width="content")
        if state.terms.value:
            lines = step_lines(state, cell, every=True)
        named = [(_(LINE_NAMES[line.kind]), "", line) for line in lines]
        st.markdown("\n\n".join(lines_markdown(named, tall=True)))


def _described(
    state: ChainState, stages: Sequence[StepStage], at: StepCell, label: str, source: Source
) -> dict[str, Any]:
    axes: dict[str, list[str]] = {}
    described = [_stage(stage, axes) for stage in stages]
    words = chain_words() | {"label": label, "cell": _("{name}, {row} {column}: {value}")}
    look: Theme = theme()
    return {
        "stages": described,
        "complete": True,
        "hidden": "",
        "at": {"stage": at.stage.name, "row": at.row, "column": at.column},
        "turn": state.turn.value,
        "whole": state.whole.value,
        "axes": axes,
        "words": words,
        "source": source.packed(),
        "mostCells": MOST_CELLS,
        "picture": state.key,
        "shortWay": None,
        **chain_colours(look),
    }


def _stage(stage: StepStage, axes: dict[str, list[str]]) -> dict[str, Any]:
    """All that the browser draws of a stage; the names of its rows and columns are added to ``axes``."""
    words = WORDS[stage.name]
    matrix, rows, columns = stage.matrix, stage.rows, stage.columns
    if len(rows) > _TALL and len(columns) == 1:
        matrix, rows, columns = matrix.T, columns, rows
    # What is called "inputs" has its names written level above a wide picture.
    across = "inputs" if len(columns) > _TALL else f"{stage.name} across"
    axes[f"{stage.name} down"], axes[across] = list(rows), list(columns)
    values = np.ascontiguousarray(matrix, dtype=np.float64)
    low, high = stage.span
    return {
        "name": stage.name,
        "role": "",
        "rows": f"{stage.name} down",
        "columns": across,
        "sources": [[one.matrix, _extent(one.rows), _extent(one.columns)] for one in stage.sources],
        "formula": mathml(stage.formula) if stage.formula is not None and stage.sources else "",
        "scale": stage.scale,
        "low": low,
        "high": high,
        "hide": "",
        "beside": "",
        "title": _(words.title),
        "sign": _(words.sign),
        "saying": _(words.saying) if words.saying else "",
        "shape": " × ".join(map(str, stage.matrix.shape)),
        "matrix": {
            "values": base64.b64encode(values.tobytes()).decode("ascii"),
            "bits": 64,
            "shape": list(values.shape),
            "first": 0,
            "stamp": f"{zlib.crc32(values.tobytes()):x}",
        },
    }


def _extent(places: str | Sequence[int]) -> str | list[int]:
    return places if isinstance(places, str) else list(places)


def _worked_out(stages: Sequence[StepStage]) -> dict[str, StepStage]:
    return {stage.name: stage for stage in stages if stage.sources}


def _valid_cell(state: ChainState, stages: Sequence[StepStage]) -> StepCell:
    """The chosen cell; of a stage that this kind of network does not have, the first of its first one."""
    steps = _worked_out(stages)
    first = state.stage.first if state.stage.first in steps else next(iter(steps))
    stage = steps[state.stage.among(tuple(steps), first=first).settle()]
    rows, columns = stage.matrix.shape
    row = state.row.clamped(1, rows, min(state.row.first, rows)).settle()
    column = state.column.clamped(1, columns, 1).settle()
    return StepCell(stage, row - 1, column - 1)


def _record(state: ChainState, stages: Sequence[StepStage], pick: object) -> None:
    """What the browser says was chosen, believed only if there is such a cell."""
    steps = _worked_out(stages)
    if not isinstance(pick, dict) or pick.get("stage") not in steps:
        return
    rows, columns = steps[pick["stage"]].matrix.shape
    row, column = valid_index(pick.get("row"), rows), valid_index(pick.get("column"), columns)
    turn = pick.get("turn")
    if row is None or column is None or not isinstance(turn, int):
        return
    state.stage.set(pick["stage"])
    state.row.set(row + 1)
    state.column.set(column + 1)
    state.whole.set(bool(pick.get("whole")))
    state.turn.set(turn)


def _table(stage: StepStage) -> Table:
    lines = [(name, *line) for name, line in zip(stage.rows, stage.matrix.tolist(), strict=True)]
    return (_(WORDS[stage.name].title), *(column or _("value") for column in stage.columns)), lines
