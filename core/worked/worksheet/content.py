"""What stands on a worksheet: which matrices, which boxes are empty, which arithmetic is shown."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from core.errors import LearnerError
from core.worked.arithmetic import Line, number
from core.worked.cell_arithmetic import arithmetic
from core.worked.stages import (
    input_matrices,
    is_divided,
    shown,
    stage_matrix,
    stages_of,
)
from core.worked.trace import STAGES, Stage, Trace
from core.worked.worksheet.html import html_page
from core.worked.worksheet.latex import latex_page
from core.worked.worksheet.page import Grid, Page, Part, Working
from core.worked.worksheet.words import WorksheetWords

MOST_ROWS = 32
"""More tokens than this would be no work for paper."""

_CELLS = {"q": 0.15, "k": 0.2, "v": 0.25, "scores": 0.3, "scaled": 0.4, "mask": 0.5}
_ROWS = {"exp": 0.5, "softmax": 0.75, "output": 1.0}
_SYMBOLS = {
    "x": "X", "w_q": "W_Q", "w_k": "W_K", "w_v": "W_V", "b_q": "b_Q", "b_k": "b_K", "b_v": "b_V", "bias": "B",
    "q": "Q", "k": "K", "v": "V", "scores": "S", "scaled": "S'", "mask": "M", "exp": "E",
    "softmax": "A", "output": "O",
}  # fmt: skip


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
    parts = [_given(trace, words)]
    parts += [_part(trace, stage, words, blanks, solution, decimals) for stage in stages_of(trace)]
    if solution:
        parts.append(_worked(trace, row, words, decimals))
    page = Page(
        words.solution_title if solution else words.title, tuple(notes), tuple(parts), language
    )
    return Worksheet(html_page(page), latex_page(page))


def blank_cells(trace: Trace, stage: Stage, seed: int) -> NDArray[np.bool_]:
    """True where the stage's matrix has an empty box: a few cells at first, then whole rows.

    What the mask hides is given, as nobody could reckon it: there is no box at −∞.
    """
    rows, columns = stage_matrix(trace, stage).shape
    rng = np.random.default_rng((seed, STAGES.index(stage)))
    blank = np.zeros((rows, columns), dtype=np.bool_)
    if stage in _ROWS:
        count = math.ceil(_ROWS[stage] * rows)
        blank[rng.choice(rows, count, replace=False)] = True
    else:
        count = math.ceil(_CELLS[stage] * rows * columns)
        blank.flat[rng.choice(rows * columns, count, replace=False)] = True
    return blank & ~trace.mask if stage == "mask" else blank


def _given(trace: Trace, words: WorksheetWords) -> Part:
    """x and the projections, or q, k, v where the trace begins with them; as many digits as they have,
    and never more than three decimals."""
    given = dict(input_matrices(trace))
    worked_out = stages_of(trace)
    for name in ("q", "k", "v"):
        if name not in worked_out:
            given[name] = stage_matrix(trace, name)
            given.pop(f"w_{name}", None)
            given.pop(f"b_{name}", None)
    if not {"q", "k", "v"} & set(worked_out):
        given.pop("x", None)
    grids = []
    for name, matrix in given.items():
        rows, columns = _names(trace, name, matrix.shape)
        cells = [[number(value, 3).replace("-", "−") for value in line] for line in matrix.tolist()]
        grids.append(_grid(_SYMBOLS[name], rows, columns, cells))
    return Part(words.given, None, tuple(grids))


def _part(
    trace: Trace,
    stage: Stage,
    words: WorksheetWords,
    seed: int,
    solution: bool,
    decimals: int,
) -> Part:
    matrix = stage_matrix(trace, stage)
    rows, columns = _names(trace, stage, matrix.shape)
    blank = blank_cells(trace, stage, seed)
    cells = shown(matrix, decimals)
    if stage == "exp":
        sums = shown(stage_matrix(trace, "row_sums"), decimals)
        cells = [[*line, *total] for line, total in zip(cells, sums, strict=True)]
        columns = (*columns, words.sums)
        blank = np.hstack([blank, blank.any(axis=1, keepdims=True)])
    grid = replace(_grid(_SYMBOLS[stage], rows, columns, cells), blank=_tuples(blank))
    return Part(
        words.heading(stage, is_divided(trace)),
        (
            stage,
            trace.divisor,
            _is_biased(trace, stage),
        ),
        (replace(grid, filled=True),) if solution else (grid,),
        space="" if solution else words.working,
    )


def _is_biased(trace: Trace, stage: Stage) -> bool:
    if stage == "scaled":
        return trace.bias is not None
    return stage in ("q", "k", "v") and getattr(trace, f"b_{stage}") is not None


def _worked(trace: Trace, row: int, words: WorksheetWords, decimals: int) -> Part:
    """Every cell of one row, stage by stage."""
    row = range(len(trace.q))[row]
    working = []
    for stage in stages_of(trace):
        matrix = stage_matrix(trace, stage)
        at = min(row, len(matrix) - 1)
        every = [
            arithmetic(
                trace, stage, at, column, decimals, words.hidden,
                nothing=words.nothing, smaller=words.smaller,
            )
            for column in range(matrix.shape[1])
        ]  # fmt: skip
        columns = _names(trace, stage, matrix.shape)[1]
        lines = _once(stage, columns, every)
        notes = [words.zero_row] if stage == "softmax" and trace.mask[at].all() else []
        working.append(
            Working(
                words.heading(stage, is_divided(trace)),
                tuple((name, line.latex) for name, line in lines),
                tuple(notes),
            )
        )
    token = _names(trace, "q", trace.q.shape)[0][row]
    return Part(words.worked.format(token=token), None, (), working=tuple(working))


def _once(
    stage: Stage, columns: Sequence[str], every: Sequence[Sequence[Line]]
) -> list[tuple[str, Line]]:
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


def _names(
    trace: Trace, name: str, shape: tuple[int, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What a matrix's rows and columns are called: tokens, or numbers from 1."""
    queries = _tokens(trace, len(trace.q))
    keys = _tokens(trace, len(trace.k))
    numbers = tuple(str(place + 1) for place in range(max(shape)))
    if name.startswith("b_"):
        return ("",), numbers[: shape[1]]
    rows = {"w": numbers[: shape[0]], "k": keys, "v": keys}.get(name[0], queries)
    pairs = name in ("bias", "scores", "scaled", "mask", "exp", "softmax")
    return rows, keys if pairs else numbers[: shape[1]]


def _tokens(trace: Trace, count: int) -> tuple[str, ...]:
    if trace.tokens is not None and len(trace.tokens) == count:
        return trace.tokens
    return tuple(str(place + 1) for place in range(count))


def _grid(
    symbol: str, rows: Sequence[str], columns: Sequence[str], cells: Sequence[Sequence[str]]
) -> Grid:
    return Grid(symbol, tuple(rows), tuple(columns), tuple(tuple(line) for line in cells))


def _tuples(blank: NDArray[np.bool_]) -> tuple[tuple[bool, ...], ...]:
    return tuple(tuple(line) for line in blank.tolist())
