"""The stages of a trace by name: their matrices, formulas and shapes, and what feeds each cell.

Besides the stages there are the inputs (``x``, ``w_q``, ``b_q``, …) and ``row_sums``, which stands
between the exponentials and the weights. Every matrix has two axes: a projection's bias is [1 e],
the row sums are [q 1]; ``bias`` [q k] is what is added to the scaled scores. NumPy only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from core.worked.trace import STAGES, Matrix, Stage, Trace

MatrixName = Literal[
    "x", "w_q", "w_k", "w_v", "b_q", "b_k", "b_v", "q", "k", "v",
    "bias", "scores", "scaled", "mask", "exp", "row_sums", "softmax", "output",
]  # fmt: skip
Part = Literal["row", "column", "all"]

INPUTS: tuple[MatrixName, ...] = ("x", "w_q", "b_q", "w_k", "b_k", "w_v", "b_v", "bias")

FORMULAS: Mapping[Stage, str] = {
    "q": "Q = X W_Q",
    "k": "K = X W_K",
    "v": "V = X W_V",
    "scores": r"S = Q K^\top",
    "scaled": r"S' = \frac{S}{\sqrt{d_k}}",
    "mask": r"M_{ij} = \begin{cases} S'_{ij} & \text{visible} \\ -\infty & \text{hidden} \end{cases}",
    "exp": r"E_{ij} = e^{M_{ij}}",
    "softmax": r"A_{ij} = \frac{E_{ij}}{\sum_{n} E_{in}}",
    "output": "O = A V",
}
r"""As in Vaswani et al. 2017, section 3.2.1. ``formula`` adds what this trace has besides. The two
words of the mask stand in ``\text{visible}`` and ``\text{hidden}``, for a page to translate."""

SHAPES: Mapping[Stage, str] = {
    "q": "q d, d e -> q e",
    "k": "k d, d e -> k e",
    "v": "k d, d e -> k e",
    "scores": "q e, k e -> q k",
    "scaled": "q k -> q k",
    "mask": "q k, q k -> q k",
    "exp": "q k -> q k",
    "softmax": "q k, q -> q k",
    "output": "q k, k e -> q e",
}
"""Letters as in einops: q queries, k keys, d the model's width, e the head's."""


@dataclass(frozen=True)
class Source:
    """A part of an earlier matrix that a cell is reckoned from.

    ``row`` and ``column`` say which row and column of ``matrix``: that of the cell's ``"row"``, that
    of its ``"column"``, or ``"all"``.
    """

    matrix: MatrixName
    row: Part
    column: Part


def _projected(name: Literal["q", "k", "v"]) -> tuple[Source, ...]:
    weight: Mapping[str, tuple[MatrixName, MatrixName]] = {
        "q": ("w_q", "b_q"),
        "k": ("w_k", "b_k"),
        "v": ("w_v", "b_v"),
    }
    w, b = weight[name]
    return Source("x", "row", "all"), Source(w, "all", "column"), Source(b, "all", "column")


SOURCES: Mapping[Stage | Literal["row_sums"], tuple[Source, ...]] = {
    "q": _projected("q"),
    "k": _projected("k"),
    "v": _projected("v"),
    "scores": (Source("q", "row", "all"), Source("k", "column", "all")),
    "scaled": (Source("scores", "row", "column"), Source("bias", "row", "column")),
    "mask": (Source("scaled", "row", "column"),),
    "exp": (Source("mask", "row", "column"),),
    "row_sums": (Source("exp", "row", "all"),),
    "softmax": (Source("exp", "row", "column"), Source("row_sums", "row", "all")),
    "output": (Source("softmax", "row", "all"), Source("v", "all", "column")),
}
"""What each cell (row, column) is reckoned from."""


def stages_of(trace: Trace) -> tuple[Stage, ...]:
    """The stages this trace can work out; q, k, v only where it has x and their projection."""
    return tuple(stage for stage in STAGES if stage not in ("q", "k", "v") or sources(trace, stage))


def stage_matrix(trace: Trace, stage: MatrixName) -> Matrix:
    """A stage's matrix, or any other by its name; ValueError if this trace does not have it."""
    found: Matrix | None = {
        "mask": trace.masked,
        "exp": trace.exponentials,
        "row_sums": trace.row_sums[:, None],
        "softmax": trace.weights,
    }.get(stage)
    if found is None:
        found = getattr(trace, stage)
    if found is None:
        raise ValueError(f"this trace has no {stage}")
    return found[None] if found.ndim == 1 else found


def input_matrices(trace: Trace) -> dict[str, Matrix]:
    """What was given: x, the projections and their biases, as far as there are any."""
    return {name: stage_matrix(trace, name) for name in INPUTS if _has(trace, name)}


def sources(trace: Trace, stage: Stage | Literal["row_sums"]) -> tuple[Source, ...]:
    """``SOURCES`` without what this trace does not have."""
    if stage in ("q", "k", "v") and (trace.x is None or getattr(trace, f"w_{stage}") is None):
        return ()
    return tuple(source for source in SOURCES[stage] if _has(trace, source.matrix))


def formula(trace: Trace, stage: Stage) -> str:
    """The stage's formula as this trace reckons it: with its bias, or without the division."""
    if stage in ("q", "k", "v") and getattr(trace, f"b_{stage}") is not None:
        return f"{FORMULAS[stage]} + b_{stage.upper()}"
    if stage == "scaled":
        divided = FORMULAS[stage] if is_divided(trace) else "S' = S"
        return divided if trace.bias is None else f"{divided} + B"
    if stage == "exp" and trace.shift.any():
        return r"E_{ij} = e^{M_{ij} - \max_n M_{in}}"
    return FORMULAS[stage]


def is_divided(trace: Trace) -> bool:
    """False where the division by √e was left out (a head of width 1 is divided by 1 anyway)."""
    return trace.divisor != 1.0 or trace.q.shape[1] == 1


def shown(values: ArrayLike, decimals: int = 2) -> list[list[str]]:
    """A matrix's cells exactly as they are displayed, as ``core.figures.theme.number`` writes them.

    Always ``decimals`` decimals (none from 1000 on), a real minus sign, none before zero, −∞ where a
    key is hidden. A small number stands as 0.00 and not as “<0.01”: a cell is for comparing at a
    glance; its arithmetic, and the value under the cursor, keep two digits of it.
    """
    grid = np.atleast_2d(np.asarray(values, dtype=np.float64))
    return [[_cell(value, decimals) for value in row] for row in grid.tolist()]


def _cell(value: float, decimals: int) -> str:
    if value != value:
        return "–"
    if abs(value) == float("inf"):
        return "∞" if value > 0 else "−∞"
    text = f"{value:.{0 if abs(value) >= 1000 else decimals}f}"
    return text.lstrip("-") if float(text) == 0 else text.replace("-", "−")


def _has(trace: Trace, name: MatrixName) -> bool:
    return name not in INPUTS or getattr(trace, name) is not None
