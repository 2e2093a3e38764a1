"""A layer of two units with small numbers: any of its tokens, any number of a step, all to type over."""

from __future__ import annotations

import numpy as np
import streamlit as st

from core.spec.families.recurrent import Cell
from core.wording import N_
from core.worked.recurrent.cell import CellValues, unroll
from core.worked.recurrent.cell_step import step_stages
from pages.lstm.state import CELLS, GRU_PLACE, GRU_STEP, PLACE, SMALL_CELL, STEP
from pages.lstm.step.chain import draw_step, show_arithmetic
from pages.lstm.step.numbers import (
    Name,
    SmallNumbers,
    begin_again,
    edit_matrix,
    row_names,
    small_numbers,
    source_of,
)
from pages.parts.frame.language import _
from pages.parts.frame.state import Choice, fragment
from pages.parts.widgets.chain.state import ChainState

TOKEN_NAMES = (N_("lamp"), N_("then"), N_("also"), N_("end"))
"""What the small layer reads."""
_MATRICES: tuple[tuple[Name, str], ...] = (("w", "W"), ("u", "U"), ("b", "b"))


@fragment
def show_step_bench() -> None:
    """The step of an RNN or an LSTM."""
    cell = SMALL_CELL.draw(
        st.segmented_control,
        _("Which network"),
        words=lambda one: CELLS[one],
        required=True,
    )
    _show_bench(cell, PLACE, STEP)


@fragment
def show_gru_bench() -> None:
    """The step of a GRU."""
    _show_bench("gru", GRU_PLACE, GRU_STEP)


def _show_bench(cell: Cell, place: Choice[int], state: ChainState) -> None:
    numbers = small_numbers(cell)
    at = _controls(cell, place, numbers)
    steps = unroll(cell, numbers.weights, numbers.x)
    before = steps[at - 1] if at else None
    h = before.hidden if before else np.zeros(2)
    c = _cell_of(before) if cell == "lstm" else None
    stages = step_stages(cell, numbers.weights, numbers.x[at], h, c)
    label = _("One step of the {cell}, stage by stage").format(cell=CELLS[cell])
    chosen = draw_step(state, stages, label, source_of(cell))
    show_arithmetic(state, chosen)
    st.markdown(_seen(cell, steps))


def _controls(cell: Cell, place: Choice[int], numbers: SmallNumbers) -> int:
    """Which token is read, from 0; beside it the numbers of all tokens, and the weights to open."""
    left, right = st.columns([3, 2], gap="medium", vertical_alignment="bottom")
    with left:
        at = place.draw(
            st.segmented_control,
            _("Which token is read"),
            words=lambda one: f"{one}. {_(TOKEN_NAMES[one - 1])}",
            required=True,
        )
        with st.container(horizontal=True, gap="small"):
            knobs = st.popover(
                "⚙ " + _("Weights to type over"), key=f"lstm_weights_{cell}", on_change="rerun"
            )
            if numbers.own:
                st.button("↺ " + _("Begin again"), key=f"lstm_again_{cell}", on_click=begin_again)
        if knobs.open:
            with knobs:
                for name, title in _MATRICES:
                    columns = ("",) if name == "b" else ("0", "1")
                    edit_matrix(cell, name, title, row_names(cell), columns)
    with right:
        names = [f"{n}. {_(name)}" for n, name in enumerate(TOKEN_NAMES, 1)]
        edit_matrix(cell, "x", "x", names, ("0", "1"))
    return at - 1


def _cell_of(values: CellValues | None) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    if values is None or values.cell is None:
        return np.zeros(2)
    return values.cell


def _seen(cell: Cell, steps: tuple[CellValues, ...]) -> str:
    """What unit 0 holds after each token, computed."""
    held = [step.cell if step.cell is not None else step.hidden for step in steps]
    listed = _(", ").join(f"{value[0]:.2f}" for value in held)
    what = _("the cell of unit 0") if cell == "lstm" else _("the state of unit 0")
    return _("After each of the four tokens, {what} stands at {listed}.").format(
        what=what, listed=listed
    )
