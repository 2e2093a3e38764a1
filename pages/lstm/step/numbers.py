"""The small layer's numbers, to be typed over: the tokens, the weights and the biases.

The address carries what was typed, cell by cell, so a link shows the same step.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.errors import LearnerError
from core.spec.families.recurrent import Cell
from core.worked.recurrent.cell import GATES, CellWeights
from core.worked.recurrent.cell_step import letter
from lessons.lstm.small import SMALL, TOKENS
from pages.lstm.state import TYPED
from pages.parts.frame.language import _, plainly
from pages.parts.widgets.grid import matrix_grid
from pages.parts.widgets.grid.cells import Edit, checked, number_text
from pages.parts.widgets.shared.source import Source

Name = Literal["x", "w", "u", "b"]
NAMES: tuple[Name, ...] = ("x", "w", "u", "b")
LARGEST = 20.0


@dataclass(frozen=True, eq=False)
class SmallNumbers:
    """The numbers in force, ``x`` [t d], and whether any was typed."""

    x: NDArray[np.float64]
    weights: CellWeights
    own: bool


def small_numbers(cell: Cell) -> SmallNumbers:
    """As typed; where no number stands, the one of the example."""
    found = {name: _values(cell, name) for name in NAMES}
    weights = CellWeights(found["w"], found["u"], found["b"][:, 0])
    return SmallNumbers(found["x"], weights, any(_mine(cell, name) for name in found))


def edit_matrix(
    cell: Cell, name: Name, title: str, rows: Sequence[str], columns: Sequence[str]
) -> None:
    """The grid of one matrix; what is no number has a sentence under it."""
    texts, bad = _texts(cell, name), {}
    for (row, column), text in _mine(cell, name).items():
        texts[row][column] = text
        try:
            checked(text, LARGEST)
        except LearnerError as error:
            bad[row, column] = plainly(error)
    matrix_grid(
        title,
        texts,
        rows,
        columns,
        key=f"lstm_grid_{cell}_{name}",
        colour="muted",
        caption=_("{title}: type over any number.").format(title=title),
        source=source_of(cell),
        bad=bad,
        on_edit=partial(_edit, cell, name),
        on_undo=_undo,
    )


def source_of(cell: Cell) -> Source:
    """Chosen by hand, or typed over by the learner."""
    chosen = _("Two units, whose weights were chosen by hand so that the step can be followed.")
    if any(_mine(cell, name) for name in NAMES):
        return Source("numbers", (_("You typed over some of them."), chosen))
    return Source("chosen", (chosen,))


def row_names(cell: Cell) -> tuple[str, ...]:
    """The rows of the weights: each gate of each unit, such as ``f 0``."""
    units = range(TOKENS.shape[1])
    if cell == "rnn":
        return tuple(str(unit) for unit in units)
    return tuple(f"{letter(cell, gate)} {unit}" for gate in GATES[cell] for unit in units)


def begin_again() -> None:
    """Forget all that was typed."""
    TYPED.forget()


def _given(cell: Cell, name: Name) -> NDArray[np.float64]:
    if name == "x":
        return TOKENS
    small = SMALL[cell]
    return {"w": small.w, "u": small.u, "b": small.b_w[:, None]}[name]


def _texts(cell: Cell, name: Name) -> list[list[str]]:
    return [[number_text(float(value)) for value in line] for line in _given(cell, name)]


def _values(cell: Cell, name: Name) -> NDArray[np.float64]:
    numbers = _given(cell, name).copy()
    for place, text in _mine(cell, name).items():
        try:
            numbers[place] = checked(text, LARGEST)
        except LearnerError:
            continue
    return numbers


def _mine(cell: Cell, name: Name) -> Mapping[tuple[int, int], str]:
    """What was typed into one matrix, by place; the tokens are the same for every kind of cell."""
    owner = "x" if name == "x" else f"{cell}-{name}"
    rows, columns = _given(cell, name).shape
    return {
        (row, column): text
        for whose, row, column, text in TYPED.value
        if whose == owner and row < rows and column < columns
    }


def _edit(cell: Cell, name: Name, edits: Sequence[Edit]) -> None:
    owner = "x" if name == "x" else f"{cell}-{name}"
    given = _texts(cell, name)
    typed = [*TYPED.value]
    for edit in edits:
        here = (owner, edit.row, edit.column)
        typed = [one for one in typed if one[:3] != here]
        if edit.text != given[edit.row][edit.column]:
            typed.append((*here, re.sub(r"[~!]", "", edit.text)))
    TYPED.set(tuple(typed))


def _undo() -> None:
    TYPED.set(TYPED.value[:-1])
