"""What stands on a worksheet: which matrices, which boxes are empty, which arithmetic is shown."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from core.errors import LearnerError
from core.worked.arithmetic import ArithmeticLine, number
from core.worked.cell_arithmetic import ArithmeticStyle
from core.worked.formula import Formula, Number, Root, row
from core.worked.stages import (
    STAGES,
    Axis,
    Stage,
    StageName,
    arithmetic,
    chain_of,
    stages_of,
)
from core.worked.trace import Trace
from core.worked.worksheet.cells import cell_texts
from core.worked.worksheet.html import html_page
from core.worked.worksheet.latex import latex_page
from core.worked.worksheet.page import Grid, Page, Section, Working
from core.worked.worksheet.words import WorksheetWords

MOST_ROWS = 32
"""More tokens than this would be no work for paper."""

_SHARE_OF_CELLS: dict[StageName, float] = {
    "q": 0.15, "k": 0.2, "v": 0.25, "scores": 0.3, "scaled": 0.4, "mask": 0.5,
}  # fmt: skip
_SHARE_OF_ROWS: dict[StageName, float] = {"exp": 0.5, "softmax": 0.75, "output": 1.0}
_SEEDS = (*_SHARE_OF_CELLS, *_SHARE_OF_ROWS)


@dataclass(frozen=True)
class Worksheet:
    """One document, twice: a self-contained HTML file and a LaTeX source."""

    html: str
    latex: str


def worksheet(
    trace: Trace,
    words: WorksheetWords,
    *,
    blanks: int = 0,
    solution: bool = False,
    decimals: int = 2,
    row: int = -1,
    language: str = "en",
) -> Worksheet:
    """The trace to be worked out by hand, or its solution.

    ``blanks`` is the seed that chooses the empty boxes. The solution has all numbers, those of the
    boxes in bold, and the arithmetic of ``row`` in full. LearnerError for more than MOST_ROWS tokens.
    """
    if max(trace.scores.shape) > MOST_ROWS:
        raise LearnerError(
            "A worksheet has room for {most} tokens; these are {count}.",
            most=MOST_ROWS,
            count=max(trace.scores.shape),
        )
    notes = [words.rounding.format(decimals=decimals)]
    notes += [words.masked] if trace.mask.any() else []
    notes.insert(0, words.filled if solution else words.task)
    sections = [_given(trace, words)]
    sections += [
        _section(trace, stage, words, blanks, solution, decimals) for stage in stages_of(trace)
    ]
    if solution:
        sections.append(_row_in_full(trace, row, words, decimals))
    title = words.solution_title if solution else words.title
    page = Page(title, tuple(notes), tuple(sections), language)
    return Worksheet(html_page(page, words.when), latex_page(page, words.when))


def blank_cells(trace: Trace, name: StageName, seed: int) -> NDArray[np.bool_]:
    """True where the stage's matrix has an empty box: a few cells at first, then whole rows.

    What the mask hides is given, as nobody could reckon it: there is no box at −∞.
    """
    rows, columns = STAGES[name].matrix(trace).shape
    rng = np.random.default_rng((seed, _SEEDS.index(name)))
    blank = np.zeros((rows, columns), dtype=np.bool_)
    if name in _SHARE_OF_ROWS:
        count = math.ceil(_SHARE_OF_ROWS[name] * rows)
        blank[rng.choice(rows, count, replace=False)] = True
    else:
        count = math.ceil(_SHARE_OF_CELLS[name] * rows * columns)
        blank.flat[rng.choice(rows * columns, count, replace=False)] = True
    return blank & ~trace.mask if name == "mask" else blank


def _given(trace: Trace, words: WorksheetWords) -> Section:
    """What the trace begins with; as many digits as it has, and never more than three decimals."""
    grids = []
    for stage in chain_of(trace):
        if stage.sources_in(trace):
            continue
        lines = stage.matrix(trace).tolist()
        cells = [[number(value, 3).replace("-", "−") for value in line] for line in lines]
        grids.append(_grid(trace, stage, cells))
    return Section(words.given, (), tuple(grids))


def _section(
    trace: Trace, stage: Stage, words: WorksheetWords, seed: int, solution: bool, decimals: int
) -> Section:
    blank = blank_cells(trace, stage.name, seed)
    cells = cell_texts(stage.matrix(trace), decimals)
    columns = list(_axis(trace, stage.columns))
    for other in chain_of(trace):
        if other.beside == stage.name:
            sums = cell_texts(other.matrix(trace), decimals)
            cells = [[*line, *total] for line, total in zip(cells, sums, strict=True)]
            columns.append(words.sums)
            blank = np.hstack([blank, blank.any(axis=1, keepdims=True)])
    grid = replace(
        _grid(trace, stage, cells), columns=tuple(columns), blank=_tuples(blank), filled=solution
    )
    return Section(
        words.heading(stage.name, trace.is_divided),
        _formulas(trace, stage),
        (grid,),
        space="" if solution else words.working,
    )


def _formulas(trace: Trace, stage: Stage) -> tuple[Formula, ...]:
    """The stage's formula; for the division, also what the root comes to."""
    formula = stage.formula(trace)
    if stage.name != "scaled" or not trace.is_divided:
        return (formula,)
    root = row(Root(Number(str(trace.q.shape[1]))), "=", Number(f"{trace.divisor:.4g}"))
    return formula, root


def _row_in_full(trace: Trace, row: int, words: WorksheetWords, decimals: int) -> Section:
    """Every cell of one row, stage by stage."""
    row = range(len(trace.q))[row]
    style = ArithmeticStyle(decimals, False, words.hidden, words.nothing, words.smaller)
    working = []
    for stage in stages_of(trace):
        matrix = stage.matrix(trace)
        at = min(row, len(matrix) - 1)
        columns = _axis(trace, stage.columns)
        every = [
            arithmetic(trace, stage.name, at, column, style) for column in range(matrix.shape[1])
        ]
        notes = [words.zero_row] if stage.name == "softmax" and trace.mask[at].all() else []
        working.append(
            Working(
                words.heading(stage.name, trace.is_divided),
                tuple((name, line.latex) for name, line in _once(stage.name, columns, every)),
                tuple(notes),
            )
        )
    token = _axis(trace, "queries")[row]
    return Section(words.worked.format(token=token), (), (), working=tuple(working))


def _once(
    stage: StageName, columns: Sequence[str], every: Sequence[Sequence[ArithmeticLine]]
) -> list[tuple[str, ArithmeticLine]]:
    """A stage's lines, a column's after another's; what all cells of the row share stands once."""
    cells = list(zip(columns, every, strict=True))
    if stage == "exp":
        return [*((name, lines[0]) for name, lines in cells), ("", every[0][1])]
    if stage == "softmax":
        return [(name, lines[-1]) for name, lines in cells]
    return [
        (name if place == 0 else "", line)
        for name, lines in cells
        for place, line in enumerate(lines)
    ]


def _axis(trace: Trace, axis: Axis) -> tuple[str, ...]:
    """What rows or columns are called: tokens, or numbers from 1."""
    if axis == "one":
        return ("",)
    if axis in ("inputs", "columns"):
        x_width = 0 if trace.projection is None else trace.projection.x.shape[1]
        return _numbers(x_width if axis == "inputs" else trace.v.shape[1])
    count = len(trace.k) if axis in ("keys", "values") else len(trace.q)
    if trace.tokens is not None and len(trace.tokens) == count:
        return trace.tokens
    return _numbers(count)


def _numbers(count: int) -> tuple[str, ...]:
    return tuple(str(place + 1) for place in range(count))


def _grid(trace: Trace, stage: Stage, cells: Sequence[Sequence[str]]) -> Grid:
    rows, columns = _axis(trace, stage.rows), _axis(trace, stage.columns)
    return Grid(stage.symbol, rows, columns, tuple(map(tuple, cells)))


def _tuples(blank: NDArray[np.bool_]) -> tuple[tuple[bool, ...], ...]:
    return tuple(tuple(line) for line in blank.tolist())
