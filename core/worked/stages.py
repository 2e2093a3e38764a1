"""The chain of attention: every matrix from the inputs to the output, in order, and all about each.

A stage is a matrix of the chain: its letters, what it is made from and how, what its axes are, how it is
coloured. Whoever shows a trace walks ``chain_of`` and asks each stage. A page's words
and a worksheet's empty boxes are kept elsewhere, by the stage's name. NumPy only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from core.wording import N_
from core.worked.arithmetic import ArithmeticLine
from core.worked.cell_arithmetic import (
    ArithmeticStyle,
    CellArithmetic,
    exponential_arithmetic,
    mask_arithmetic,
    mixture_arithmetic,
    projection_arithmetic,
    scaled_arithmetic,
    score_arithmetic,
    weight_arithmetic,
)
from core.worked.formula import (
    Cases,
    Formula,
    Fraction,
    Letter,
    Power,
    Role,
    Root,
    Sign,
    Sub,
    Sum,
    row,
)
from core.worked.trace import Matrix, Trace

StageName = Literal[
    "x", "w_q", "b_q", "w_k", "b_k", "w_v", "b_v", "q", "k", "v",
    "scores", "bias", "scaled", "mask", "exp", "row_sums", "softmax", "output",
]  # fmt: skip
Axis = Literal["tokens", "queries", "keys", "values", "inputs", "columns", "one"]
"""What a row or a column is: a token, one that asks, one that is asked, one whose value is taken, a
number of x, a number of q, k and v; ``one`` where there is only one."""

Extent = Literal["row", "column", "all"]
Scale = Literal["attention", "diverging"]
Span = Callable[[Trace, Matrix], tuple[float, float]]


@dataclass(frozen=True)
class Source:
    """A part of an earlier matrix that a cell is reckoned from.

    ``row`` and ``column`` say which row and column of ``matrix``: that of the cell's ``"row"``, that
    of its ``"column"``, or ``"all"``.
    """

    matrix: StageName
    row: Extent
    column: Extent


@dataclass(frozen=True)
class Stage:
    """One matrix of the chain.

    ``symbol``: its letter. ``rows`` and ``columns``: what its axes are. ``shape``: letters as in einops
    (q queries, k keys, d the model's width, e the head's), for a stage with those of what it is made
    from. ``read``: the matrix in a trace, which need not have it. ``sources``: what each cell is
    reckoned from; none for what is always given. ``equation`` and ``lines``: its formula, and a cell's
    arithmetic. ``scale`` and ``span``: its colours, and the lowest and highest value that they show.
    ``hidden``: what stands where the mask hides a key, if it makes a difference here. ``beside``: the
    stage in whose picture this one has its place.
    """

    name: StageName
    symbol: Formula
    rows: Axis
    columns: Axis
    shape: str
    read: Callable[[Trace], Matrix | None]
    sources: tuple[Source, ...] = ()
    equation: Callable[[Trace], Formula] | None = None
    lines: CellArithmetic | None = None
    scale: Scale = "diverging"
    span: Span | None = None
    hidden: str = ""
    beside: StageName | None = None

    @property
    def role(self) -> Role:
        """Whether it is about queries, keys, values or weights, if one of these, as its letter says."""
        match self.symbol:
            case Letter(_, role) | Sub(_, Letter(_, role)):
                return role
            case _:
                return ""

    def matrix(self, trace: Trace) -> Matrix:
        """Always with two axes: a bias is [1 e], the row sums are [q 1]. ValueError if this trace does
        not have it."""
        found = self.read(trace)
        if found is None:
            raise ValueError(f"this trace has no {self.name}")
        return found[None] if found.ndim == 1 else found

    def sources_in(self, trace: Trace) -> tuple[Source, ...]:
        """Its sources, without what this trace does not have; none where the matrix was given."""
        return tuple(s for s in self.sources if STAGES[s.matrix].read(trace) is not None)

    def formula(self, trace: Trace) -> Formula:
        """As this trace reckons it: with its bias, without the division; its letter where it was given."""
        if self.equation is None or not self.sources_in(trace):
            return self.symbol
        return self.equation(trace)

    def span_in(self, trace: Trace) -> tuple[float, float]:
        """The lowest and the highest value of its colours: even about 0 unless it says otherwise."""
        matrix = self.matrix(trace)
        return _about_zero(matrix) if self.span is None else self.span(trace, matrix)


def chain_of(trace: Trace) -> tuple[Stage, ...]:
    """All that this trace's output comes from, in order: what was given and what was worked out."""
    used = {source.matrix for stage in CHAIN for source in stage.sources_in(trace)}
    return tuple(stage for stage in CHAIN if stage.name in used or stage.name == "output")


def stages_of(trace: Trace) -> tuple[Stage, ...]:
    """What this trace works out, each in a picture of its own; q, k, v only where they are projected."""
    return tuple(stage for stage in chain_of(trace) if stage.sources_in(trace) and not stage.beside)


def stage_matrix(trace: Trace, name: StageName) -> Matrix:
    """A stage's matrix by its name; ValueError if this trace does not have it."""
    return STAGES[name].matrix(trace)


def arithmetic(
    trace: Trace, name: StageName, row: int, column: int, style: ArithmeticStyle | None = None
) -> list[ArithmeticLine]:
    """How the cell (row, column) of a stage comes about, line by line. Raises ValueError if the trace
    does not hold what the stage needs, or nothing makes it."""
    lines = STAGES[name].lines
    if lines is None:
        raise ValueError(f"{name} is given, or shown with another stage")
    return lines(trace, row, column, style or ArithmeticStyle())


def _about_zero(matrix: Matrix) -> tuple[float, float]:
    most = _largest(matrix)
    return -most, most


def _largest(matrix: Matrix) -> float:
    return float(np.abs(matrix).max(initial=0.0)) or 1.0


def _given(name: str) -> Callable[[Trace], Matrix | None]:
    """A matrix of the projection, where there is one."""

    def read(trace: Trace) -> Matrix | None:
        if trace.projection is None:
            return None
        found: Matrix | None = getattr(trace.projection, name)
        return found

    return read


def _weight(name: StageName, letter: Letter) -> Stage:
    return Stage(name, Sub(_W, letter), "inputs", "columns", "d e", _given(name))


def _bias(name: StageName, letter: Letter) -> Stage:
    return Stage(name, Sub(_b, letter), "one", "columns", "e", _given(name))


def _projected(
    name: Literal["q", "k", "v"], letter: Letter, rows: Axis, shape: str, *sources: Source
) -> Stage:
    """Queries, keys or values: x W, plus the bias if there is one."""

    def read(trace: Trace) -> Matrix:
        made: Matrix = getattr(trace, name)
        return made

    def equation(trace: Trace) -> Formula:
        product = (letter, "=", row(_X, Sub(_W, letter)))
        is_biased = getattr(trace.projection, f"b_{name}") is not None
        return row(*product, "+", Sub(_b, letter)) if is_biased else row(*product)

    return Stage(
        name, letter, rows, "columns", shape, read, sources,
        equation, projection_arithmetic(name),
    )  # fmt: skip


def _scaled(trace: Trace) -> Formula:
    score = Fraction(_S, Root(Sub(_d, _k))) if trace.is_divided else _S
    parts = (_S_PRIME, "=", score)
    return row(*parts) if trace.bias is None else row(*parts, "+", _B)


def _exponential(trace: Trace) -> Formula:
    exponent: Formula = _ij(_M)
    if trace.shift.any():
        exponent = row(_ij(_M), "−", Sub(Sign("max"), _n), _in(_M))
    return row(_ij(_E), "=", Power(_e, exponent))


def _ij(letter: Formula) -> Formula:
    return Sub(letter, row(Letter("i"), Letter("j")))


def _in(letter: Formula) -> Formula:
    return Sub(letter, row(Letter("i"), _n))


_Q, _K, _V = Letter("Q", "query"), Letter("K", "key"), Letter("V", "value")
_A = Letter("A", "attention")
_X, _W, _B, _S, _M, _E, _O = map(Letter, "XWBSMEO")
_b, _d, _e, _k, _n = map(Letter, "bdekn")
_S_PRIME = Power(_S, Sign("′"))

CHAIN: tuple[Stage, ...] = (
    Stage("x", _X, "tokens", "inputs", "q d", _given("x")),
    _weight("w_q", _Q),
    _bias("b_q", _Q),
    _weight("w_k", _K),
    _bias("b_k", _K),
    _weight("w_v", _V),
    _bias("b_v", _V),
    _projected(
        "q", _Q, "queries", "q d, d e -> q e",
        Source("x", "row", "all"), Source("w_q", "all", "column"), Source("b_q", "all", "column"),
    ),
    _projected(
        "k", _K, "keys", "k d, d e -> k e",
        Source("x", "row", "all"), Source("w_k", "all", "column"), Source("b_k", "all", "column"),
    ),
    _projected(
        "v", _V, "values", "k d, d e -> k e",
        Source("x", "row", "all"), Source("w_v", "all", "column"), Source("b_v", "all", "column"),
    ),
    Stage(
        "scores", _S, "queries", "keys", "q e, k e -> q k",
        lambda trace: trace.scores,
        (Source("q", "row", "all"), Source("k", "column", "all")),
        lambda trace: row(_S, "=", _Q, Power(_K, Sign("⊤"))),
        score_arithmetic,
    ),
    Stage("bias", _B, "queries", "keys", "q k", lambda trace: trace.bias),
    Stage(
        "scaled", _S_PRIME, "queries", "keys", "q k -> q k",
        lambda trace: trace.scaled,
        (Source("scores", "row", "column"), Source("bias", "row", "column")),
        _scaled,
        scaled_arithmetic,
    ),
    Stage(
        "mask", _M, "queries", "keys", "q k, q k -> q k",
        lambda trace: trace.masked,
        (Source("scaled", "row", "column"),),
        lambda trace: row(
            _ij(_M), "=",
            Cases(((_ij(_S_PRIME), N_("visible")), (row("−", Letter("∞")), N_("hidden")))),
        ),
        mask_arithmetic,
        span=lambda trace, matrix: _about_zero(trace.scaled),
        hidden="−∞",
    ),
    Stage(
        "exp", _E, "queries", "keys", "q k -> q k",
        lambda trace: trace.exponentials,
        (Source("mask", "row", "column"),),
        _exponential,
        exponential_arithmetic,
        scale="attention",
        span=lambda trace, matrix: (0.0, _largest(matrix)),
        hidden="0",
    ),
    Stage(
        "row_sums", Sum(_n, _in(_E)), "queries", "one", "q k -> q 1",
        lambda trace: trace.row_sums[:, None],
        (Source("exp", "row", "all"),),
        beside="exp",
    ),
    Stage(
        "softmax", _A, "queries", "keys", "q k, q -> q k",
        lambda trace: trace.weights,
        (Source("exp", "row", "column"), Source("row_sums", "row", "all")),
        lambda trace: row(_ij(_A), "=", Fraction(_ij(_E), Sum(_n, _in(_E)))),
        weight_arithmetic,
        scale="attention",
        span=lambda trace, matrix: (0.0, 1.0),
        hidden="0",
    ),
    Stage(
        "output", _O, "queries", "columns", "q k, k e -> q e",
        lambda trace: trace.output,
        (Source("softmax", "row", "all"), Source("v", "all", "column")),
        lambda trace: row(_O, "=", _A, _V),
        mixture_arithmetic,
    ),
)  # fmt: skip
"""Vaswani et al. 2017, section 3.2.1; the bias is that of Press et al. 2022, section 3."""

STAGES: Mapping[StageName, Stage] = {stage.name: stage for stage in CHAIN}
