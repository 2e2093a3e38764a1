"""A chain on a page with its explanation: the chosen cell's arithmetic, and a sentence on its stage.

The attention lesson shows it for matrices edited by hand and for a trained head.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from core.wording import N_
from core.worked.arithmetic import SMALLER_TERMS, ArithmeticLine
from core.worked.cell_arithmetic import ArithmeticStyle
from core.worked.stages import STAGES, arithmetic
from core.worked.trace import NOTHING_VISIBLE
from pages.parts.frame.escaped import escaped
from pages.parts.frame.language import _
from pages.parts.frame.state import fragment
from pages.parts.widgets.arithmetic import lines_markdown
from pages.parts.widgets.chain import Cell, Chain, draw_chain
from pages.parts.widgets.chain.sentences import stage_sentence

FEW_TERMS = 4
"""Of a long sum: the largest. The others are one term, until all are asked for."""
_EVERY_TERM = 100_000


@fragment
def show_stages(
    chain: Chain,
    more: Callable[[Cell], str] | None = None,
    beside: Callable[[], None] | None = None,
) -> None:
    """The chain, the arithmetic of its cell, and one sentence; a new cell redraws this part alone.

    ``more`` adds to the sentence; ``beside`` is drawn to the left of the arithmetic.
    """
    cell = draw_chain(chain)
    if beside is None:
        _show_cell(chain, cell, more)
        return
    left, right = st.columns([5, 7], gap="large")
    with left:
        beside()
    with right:
        _show_cell(chain, cell, more)


def _show_cell(chain: Chain, cell: Cell, more: Callable[[Cell], str] | None) -> None:
    _show_arithmetic(chain, cell)
    sentence = stage_sentence(
        chain.trace, chain.tokens, chain.asked, cell.stage, cell.row, cell.column
    )
    added = more(cell) if more is not None else ""
    st.markdown(f"{sentence} {added}".strip())


def _show_arithmetic(chain: Chain, cell: Cell) -> None:
    """Line by line, each with its name, under the cell's place."""
    with st.container(border=True, key=f"{chain.key}_arithmetic"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"**{_place(chain, cell)}**", width="stretch")
            lines = _lines(chain, cell, chain.state.exact.value, FEW_TERMS)
            if any(line.left_out for line in lines):
                chain.state.terms.toggle(_("all terms"), width="content")
            chain.state.exact.toggle(_("exact values"), width="content")
        if chain.state.terms.value:
            lines = _lines(chain, cell, chain.state.exact.value, _EVERY_TERM)
        notes = dict.fromkeys(_(line.note) for line in lines if line.note)
        named = [(_(_LINE_NAMES[line.kind]), "", line) for line in lines]
        st.markdown("\n\n".join([*lines_markdown(named, tall=True), *notes]))


def _lines(chain: Chain, cell: Cell, exact: bool, shown: int) -> list[ArithmeticLine]:
    style = ArithmeticStyle(2, exact, _("hidden"), _(NOTHING_VISIBLE), _(SMALLER_TERMS), shown)
    return arithmetic(chain.trace, cell.stage, cell.row, cell.column, style)


def _place(chain: Chain, cell: Cell) -> str:
    stage = STAGES[cell.stage]
    row, column = chain.axes[stage.rows][cell.row], chain.axes[stage.columns][cell.column]
    return f"{escaped(row)} → {escaped(column)}"


_LINE_NAMES: Mapping[str, str] = {
    "projection": N_("row of X times column of W, number by number"),
    "score": N_("query times key, number by number"),
    "mixture": N_("weight times value, token by token"),
    "products": N_("the products, added up"),
    "division": N_("the score, divided by √dₖ"),
    "biased_division": N_("the score, divided by √dₖ, plus the bias for distance"),
    "mask": N_("0 for a visible key, −∞ for a hidden one"),
    "exponential": N_("the exponential of this score"),
    "shifted_exponential": N_(
        "the exponential, after taking the row's largest score from all: shares stay the same"
    ),
    "row_sum": N_("the row's exponentials, added up"),
    "share": N_("its share of the sum"),
}
