"""The stages of attention on a page: the chain that unfolds, the chosen cell's arithmetic, a sentence.

The attention lesson shows them for matrices edited by hand and for a trained head.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.figures.theme import ScaleName
from core.wording import N_
from core.worked.arithmetic import SMALLER_TERMS
from core.worked.cell_arithmetic import arithmetic
from core.worked.stages import stage_matrix
from core.worked.trace import NOTHING_VISIBLE, STAGES, Stage, Trace
from pages.parts.frame.language import _
from pages.parts.widgets.chain import Cell, worked
from pages.parts.widgets.chain.sentences import (
    attention_sentence,
    escaped,
    stage_sentence,
)

__all__ = [
    "STAGES",
    "Shown",
    "attention_sentence",
    "escaped",
    "show_arithmetic",
    "show_stages",
    "stage_values",
]


@dataclass(frozen=True, eq=False)
class Shown:
    """What is drawn: a trace and its names. ``keys`` are given where the keys are other tokens.

    ``key`` prefixes every widget and so the link; ``stage``, ``row`` and ``column`` are where it
    begins. ``line`` is where the browser asks for the numbers by itself, if it may.
    """

    key: str
    trace: Trace
    tokens: tuple[str, ...]
    columns: tuple[str, ...]
    keys: tuple[str, ...] | None = None
    inputs: tuple[str, ...] | None = None
    stage: Stage = "scores"
    row: int = 0
    column: int = 0
    line: Mapping[str, Any] | None = None

    @property
    def asked(self) -> tuple[str, ...]:
        """The tokens whose keys are asked."""
        return self.tokens if self.keys is None else self.keys


@st.fragment
def show_stages(
    shown: Shown,
    more: Callable[[Cell], str] | None = None,
    beside: Callable[[], None] | None = None,
) -> None:
    """The chain, the arithmetic of its cell, and one sentence; a new cell redraws this part alone.

    ``more`` adds to the sentence; ``beside`` is drawn to the left of the arithmetic.
    """
    cell = worked(
        shown.trace,
        shown.tokens,
        shown.columns,
        key=shown.key,
        stage=shown.stage,
        cell=(shown.row, shown.column),
        keys=shown.keys,
        inputs=shown.inputs,
        line=shown.line,
    )
    if beside is None:
        _show_cell(shown, cell, more)
        return
    left, right = st.columns([5, 7], gap="large")
    with left:
        beside()
    with right:
        _show_cell(shown, cell, more)


def _show_cell(shown: Shown, cell: Cell, more: Callable[[Cell], str] | None) -> None:
    show_arithmetic(shown, cell)
    says = stage_sentence(shown.trace, shown.tokens, shown.asked, cell.stage, cell.row, cell.column)
    added = more(cell) if more is not None else ""
    st.markdown(f"{says} {added}".strip())


def show_arithmetic(shown: Shown, cell: Cell) -> None:
    """Line by line, each with its name. As inline mathematics, it wraps on a narrow screen."""
    with st.container(border=True, key=f"{shown.key}_arithmetic"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"**{_place(shown, cell)}**", width="stretch")
            exact = st.toggle(
                _("exact values"), key=f"{shown.key}_exact", bind="query-params", width="content"
            )
        st.markdown("\n\n".join(_lines(shown, cell, bool(exact))))


def stage_values(trace: Trace, stage: Stage) -> tuple[NDArray[np.float64], ScaleName]:
    """A stage's matrix [q k] (the output: [q e]) and the scale that fits it."""
    return stage_matrix(trace, stage), "attention" if stage in ("exp", "softmax") else "diverging"


def _place(shown: Shown, cell: Cell) -> str:
    row, column = cell.row, cell.column
    if cell.stage in ("k", "v"):
        return f"{escaped(shown.asked[row])} → {escaped(shown.columns[column])}"
    names = shown.columns if cell.stage in ("q", "output") else shown.asked
    return f"{escaped(shown.tokens[row])} → {escaped(names[column])}"


def _lines(shown: Shown, cell: Cell, exact: bool) -> list[str]:
    trace = shown.trace
    lines = arithmetic(
        trace,
        cell.stage,
        cell.row,
        cell.column,
        2,
        _("hidden"),
        exact,
        nothing=_(NOTHING_VISIBLE),
        smaller=_(SMALLER_TERMS),
    )
    names = _LINES[cell.stage]
    if cell.stage == "scaled" and trace.bias is not None:
        names = (_BIASED,)
    if cell.stage in ("exp", "softmax") and trace.shift[cell.row]:
        names = (_SHIFTED, *names[1:])
    says = []
    for name, line in zip(names, lines, strict=False):
        rounded = f" · {_('rounded')}" if line.rounded else ""
        says.append(f":gray[{_(name)}{rounded}]  \n$\\displaystyle {_unbroken(line.latex)}$")
    notes = dict.fromkeys(_(line.note) for line in lines if line.note)
    return [*says, *notes]


def _unbroken(latex: str) -> str:
    """Braces around each term of a sum: a line may end after a plus sign, never within a product."""
    sign = r" \approx " if r" \approx " in latex else " = "
    terms, equals, result = latex.rpartition(sign)
    return " + ".join(f"{{{term}}}" for term in terms.split(" + ")) + equals + result


_PROJECTED = (N_("row of X times column of W, number by number"), N_("the products, added up"))
_LINES: dict[Stage, tuple[str, ...]] = {
    "q": _PROJECTED,
    "k": _PROJECTED,
    "v": _PROJECTED,
    "scores": (N_("query times key, number by number"), N_("the products, added up")),
    "scaled": (N_("the score, divided by √dₖ"),),
    "mask": (N_("0 for a visible key, −∞ for a hidden one"),),
    "exp": (N_("the exponential of this score"), N_("the row's exponentials, added up")),
    "softmax": (
        N_("the exponential of this score"),
        N_("the row's exponentials, added up"),
        N_("its share of the sum"),
    ),
    "output": (N_("weight times value, token by token"), N_("the products, added up")),
}
_BIASED = N_("the score, divided by √dₖ, plus the bias for distance")
_SHIFTED = N_(
    "the exponential, after taking the row's largest score from all: shares stay the same"
)
