"""The chain's one table: every stage of any trace has its sources, its shape, its letters, its arithmetic."""

from __future__ import annotations

from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.worked.formula import Cases, Formula, Fraction, Letter, Power, Root, Row, Sign, Sub, Sum
from core.worked.formula import latex as in_latex
from core.worked.stages import (
    CHAIN,
    STAGES,
    Source,
    Stage,
    StageName,
    arithmetic,
    chain_of,
    stage_matrix,
    stages_of,
)
from core.worked.trace import Projection, Trace, attention_trace, projected_trace


@st.composite
def traces(draw: st.DrawFn) -> Trace:
    """With and without x, biases, a bias for distance, the division; cross; rows that see nothing."""
    rng = np.random.default_rng(draw(st.integers(0, 9999)))
    t, keys, d, e = (draw(st.integers(1, most)) for most in (6, 7, 5, 4))
    scale = draw(st.sampled_from([0.01, 1.0, 30.0]))
    is_projected = draw(st.booleans())
    keys = t if is_projected else keys
    hides = draw(st.sampled_from([0.0, 0.5, 1.0]))
    mask = rng.random((t, keys)) < hides
    bias = rng.standard_normal((t, keys)) if draw(st.booleans()) else None
    divide = draw(st.booleans())
    if not is_projected:
        k, v = rng.standard_normal((2, keys, e))
        q = rng.standard_normal((t, e)) * scale
        return attention_trace(q, k, v, mask, bias=bias, divide=divide)
    biases = [rng.standard_normal(e) if draw(st.booleans()) else None for _ in "qkv"]
    x = rng.standard_normal((t, d)) * scale
    projection = Projection(x, *rng.standard_normal((3, d, e)), *biases)
    return projected_trace(projection, mask, bias=bias, divide=divide)


def full_trace() -> Trace:
    rng = np.random.default_rng(0)
    projection = Projection(
        rng.standard_normal((4, 3)), *rng.standard_normal((3, 3, 2)), *rng.standard_normal((3, 2))
    )
    mask = np.triu(np.ones((4, 4), dtype=bool), 1)
    return projected_trace(projection, mask, bias=rng.standard_normal((4, 4)))


def test_the_table_names_each_matrix_once_and_after_its_sources() -> None:
    names = [stage.name for stage in CHAIN]
    assert set(names) == set(get_args(StageName)) and len(names) == len(set(names))
    for place, stage in enumerate(CHAIN):
        for source in stage.sources:
            assert source.matrix in names[:place], stage.name
        assert bool(stage.sources) == (stage.equation is not None or stage.beside is not None)
        assert (stage.lines is None) == (stage.equation is None)


@given(traces())
def test_every_source_is_in_the_chain_and_everything_in_it_is_used(trace: Trace) -> None:
    chain = chain_of(trace)
    names = [stage.name for stage in chain]
    used = {source.matrix for stage in chain for source in stage.sources_in(trace)}
    assert used <= set(names) and set(names) == used | {"output"}
    assert [stage.name for stage in CHAIN if stage.name in names] == names
    assert [stage for stage in chain if stage.sources_in(trace) and not stage.beside] == list(
        stages_of(trace)
    )
    is_projected = trace.projection is not None
    assert ("x" in names) == is_projected and ("bias" in names) == (trace.bias is not None)
    assert ("q" in [stage.name for stage in stages_of(trace)]) == is_projected


@given(traces())
def test_shapes_and_axes_are_those_of_the_matrices(trace: Trace) -> None:
    width = 0 if trace.projection is None else trace.projection.x.shape[1]
    sizes = {"q": len(trace.q), "k": len(trace.k), "d": width, "e": trace.q.shape[1], "1": 1}
    letters = {
        "tokens": "q", "queries": "q", "keys": "k", "values": "k", "inputs": "d", "columns": "e",
        "one": "1",
    }  # fmt: skip
    for stage in chain_of(trace):
        sources, _arrow, result = stage.shape.rpartition("->")
        matrix = stage.matrix(trace)
        own = result.split() if len(result.split()) == 2 else ["1", *result.split()]
        assert matrix.shape == tuple(sizes[letter] for letter in own), stage.name
        assert own == [letters[stage.rows], letters[stage.columns]], stage.name
        for each in sources.split(","):
            assert all(letter in sizes for letter in each.split())


def part(trace: Trace, source: Source, row: int, column: int) -> np.ndarray:
    places = {"row": row, "column": column, "all": slice(None)}
    matrix = stage_matrix(trace, source.matrix)
    return np.asarray(matrix[places[source.row], places[source.column]]).ravel()


@given(traces(), st.randoms(use_true_random=False))
def test_a_cell_comes_from_its_sources_and_from_nothing_else(trace: Trace, random) -> None:  # type: ignore[no-untyped-def]
    """Each stage from its sources alone gives the cell again, and so does its arithmetic."""
    for stage in (*stages_of(trace), STAGES["row_sums"]):
        row, column = (random.randrange(n) for n in stage.matrix(trace).shape)
        fed = [part(trace, source, row, column) for source in stage.sources_in(trace)]
        cell = stage.matrix(trace)[row, column]
        again = again_from(stage, fed, trace, row, column)
        assert again == pytest.approx(cell, abs=1e-9), stage.name
        if stage.lines is not None:
            lines = arithmetic(trace, stage.name, row, column)
            last = lines[0 if stage.name == "exp" else -1]
            assert last.value == pytest.approx(cell, abs=1e-9), stage.name
            assert all(line.kind for line in lines)


def again_from(stage: Stage, fed: list[np.ndarray], trace: Trace, row: int, column: int) -> float:
    """The cell from what feeds it. What is hidden, and by how much a row is shifted, is the trace's."""
    match stage.name:
        case "q" | "k" | "v":
            return float(fed[0] @ fed[1] + (fed[2][0] if len(fed) > 2 else 0.0))
        case "scaled":
            return float(fed[0][0] / trace.divisor + (fed[1][0] if len(fed) > 1 else 0.0))
        case "mask":
            return -np.inf if trace.mask[row, column] else float(fed[0][0])
        case "exp":
            return float(np.exp(fed[0][0] - trace.shift[row]))
        case "row_sums":
            return float(fed[0].sum())
        case "softmax":
            return float(fed[0][0] / (fed[1][0] or 1.0))
        case _:
            return float(fed[0] @ fed[1])


def letters(formula: Formula) -> set[str]:
    """The matrices a formula speaks of, as LaTeX: S', W_Q, E. Places such as i j are none, nor is d_k."""
    match formula:
        case Sub(Letter("W" | "b"), _) | Power(_, Sign("′")):
            return {in_latex(formula)}
        case Sub(Letter("d"), _):
            return set()
        case Sub(base, _index):
            return letters(base)
        case Letter(name):
            return {name} - {"e", "∞"}
        case Row(parts):
            return set().union(*map(letters, parts))
        case Power(low, high) | Fraction(low, high):
            return letters(low) | letters(high)
        case Root(inner) | Sum(_, inner):
            return letters(inner)
        case Cases(cases):
            return set().union(*(letters(value) for value, _word in cases))
        case _:
            return set()


@given(traces())
def test_a_formula_speaks_of_the_sources_of_its_stage(trace: Trace) -> None:
    for stage in chain_of(trace):
        formula = stage.formula(trace)
        own = letters(stage.symbol)
        if stage.beside or not stage.sources_in(trace):
            assert formula == stage.symbol
            continue
        of_sources = [letters(STAGES[s.matrix].symbol) for s in stage.sources_in(trace)]
        assert letters(formula) == own.union(*of_sources), stage.name


@given(traces())
def test_colours_span_what_is_shown(trace: Trace) -> None:
    for stage in chain_of(trace):
        low, high = stage.span_in(trace)
        matrix = stage.matrix(trace)
        visible = matrix[np.isfinite(matrix)]
        assert low < high and (visible >= low).all() and (visible <= high).all(), stage.name
        assert (low == 0.0) == (stage.scale == "attention")
        assert np.isfinite(matrix).all() or stage.hidden == "−∞"


def test_what_a_trace_does_not_have_is_left_out() -> None:
    bare = attention_trace([[1.0]], [[1.0]], [[1.0]])
    assert STAGES["q"].sources_in(bare) == ()
    with pytest.raises(ValueError, match="no w_q"):
        stage_matrix(bare, "w_q")
    assert stage_matrix(full_trace(), "b_v").shape == (1, 2)
    assert STAGES["b_k"].role == STAGES["k"].role == "key" and STAGES["scores"].role == ""
