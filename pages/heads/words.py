"""What the small layer's bench says: its steps, the chosen number's arithmetic, a sentence on each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from core.figures.theme import number
from core.wording import N_
from core.worked.cell_arithmetic import ArithmeticStyle
from core.worked.multihead import MultiHeadTrace, Step, output_arithmetic
from core.worked.stages import StageName, arithmetic
from lessons.heads.small import WIDTH
from pages.parts.frame.language import _
from pages.parts.widgets.arithmetic import NamedLine


@dataclass(frozen=True)
class Cell:
    """The chosen number: a column's place in its stage, and the token's row."""

    stage: StageName | Literal["final"]
    head: int
    row: int
    column: int


def lines_of(
    trace: MultiHeadTrace, tokens: Sequence[str], cell: Cell
) -> tuple[str, list[NamedLine]]:
    """What the chosen cell is, and its arithmetic line by line with a name each."""
    token = tokens[cell.row]
    if cell.stage == "final":
        lines = output_arithmetic(trace, cell.row, cell.column, smaller=_("{count} smaller terms"))
        names = [
            _("head {number}: its numbers times its rows of W_O").format(number=head)
            for head in range(len(trace.heads))
        ]
        title = _("output of “{token}”, number {place}").format(token=token, place=cell.column + 1)
        names.append(_("what the heads write, and the bias, added up"))
        return title, [(name, "", line) for name, line in zip(names, lines, strict=True)]
    lines = arithmetic(
        trace.heads[cell.head],
        cell.stage,
        cell.row,
        cell.column,
        ArithmeticStyle(hidden=_("hidden")),
    )
    title = _(_TITLES[cell.stage]).format(
        token=token, head=cell.head, place=cell.column + 1, key=_key(tokens, cell)
    )
    return title, [(_(_LINE_NAMES[line.kind]), "", line) for line in lines]


def _key(tokens: Sequence[str], cell: Cell) -> str:
    return tokens[cell.column] if cell.stage == "softmax" else ""


def seen(step: Step, trace: MultiHeadTrace, tokens: Sequence[str]) -> str:
    """One sentence about what the step shows, from its numbers."""
    heads, t = len(trace.heads), len(tokens)
    if step in ("project", "split"):
        return _(
            "{tokens} × {d} numbers each in Q, K and V: whole, or as {heads} tables of {tokens} × "
            "{width}. Cutting changes no number."
        ).format(tokens=t, d=WIDTH, heads=heads, width=trace.width)
    if step == "attend":
        looks = [tokens[int(np.argmax(head.weights[-1]))] for head in trace.heads]
        strongest = _("; ").join(
            _("head {number} looks most at **{key}** ({weight})").format(
                number=place, key=key, weight=number(float(head.weights[-1].max()))
            )
            for place, (key, head) in enumerate(zip(looks, trace.heads, strict=True))
        )
        return _("From **{query}**: {says}.").format(query=tokens[-1], says=strongest)
    if step == "concatenate":
        return _(
            "{heads} × {width} numbers stand side by side: {d} again. Nothing has been added yet, so "
            "each can still be told from the others."
        ).format(heads=heads, width=trace.width, d=WIDTH)
    shares = np.linalg.norm(trace.written[:, -1], axis=1)
    return _(
        "Into the output of **{query}**, head {most} writes most: a vector of length {length}. Every "
        "number of the output takes something from every head."
    ).format(query=tokens[-1], most=int(np.argmax(shares)), length=number(float(shares.max())))


NAMES: dict[Step, str] = {
    "project": "Q, K, V",
    "split": N_("split"),
    "attend": N_("attend"),
    "concatenate": N_("side by side"),
    "output": "· W_O",
}
FORMULAS: dict[Step, str] = {
    "project": r"Q = X W_Q \quad K = X W_K \quad V = X W_V",
    "split": r"Q = [\,Q_0\;Q_1 \dots Q_{h-1}\,]",
    "attend": r"\text{head}_i = \text{softmax}\left(\frac{Q_i K_i^\top}{\sqrt{e}}\right) V_i",
    "concatenate": r"[\,\text{head}_0\;\text{head}_1 \dots \text{head}_{h-1}\,]",
    "output": r"[\,\text{head}_0 \dots \text{head}_{h-1}\,]\, W_O + b_O",
}
SAYINGS: dict[Step, str] = {
    "project": N_("1 of 5 · Three multiplications, as for one head: d = {d} numbers each."),
    "split": N_(
        "2 of 5 · The columns are dealt out: {width} of each to every one of {heads} heads."
    ),
    "attend": N_("3 of 5 · Each head does attention alone, with its own {width} columns."),
    "concatenate": N_("4 of 5 · The heads' outputs stand side by side: {heads} × {width} = {d}."),
    "output": N_("5 of 5 · One more matrix mixes the numbers of all heads."),
}
CAPTIONS: dict[Step, str] = {
    "project": N_("Row = token. Columns: d numbers of Q, then of K, then of V. Click one."),
    "split": N_("Row = token. Its own columns of Q, K and V. Click one."),
    "attend": N_("What it hands over. Row = token. Click one."),
    "concatenate": N_("Row = token. h1·2 is number 2 of head 1. Click one."),
}
_TITLES: dict[str, str] = {
    "q": N_("query of “{token}” in head {head}, number {place}"),
    "k": N_("key of “{token}” in head {head}, number {place}"),
    "v": N_("value of “{token}” in head {head}, number {place}"),
    "softmax": N_("head {head}: “{token}” looks at “{key}”"),
    "output": N_("output of head {head} for “{token}”, number {place}"),
}
_LINE_NAMES: dict[str, str] = {
    "projection": N_("row of X times column of the matrix"),
    "products": N_("the products, added up"),
    "exponential": N_("the exponential of this score"),
    "shifted_exponential": N_(
        "the exponential, after taking the row's largest score from all: shares stay the same"
    ),
    "row_sum": N_("the row's exponentials, added up"),
    "share": N_("its share of the sum"),
    "mixture": N_("weight times value, token by token"),
}
