"""Stages by name: their shapes, what feeds them, and the cells as they are displayed."""

from __future__ import annotations

import numpy as np
import pytest
from einops import parse_shape
from hypothesis import given
from hypothesis import strategies as st

from core.figures.theme import number
from core.worked.stages import (
    FORMULAS,
    SHAPES,
    SOURCES,
    Source,
    formula,
    input_matrices,
    shown,
    sources,
    stage_matrix,
    stages_of,
)
from core.worked.trace import STAGES, Trace, attention_trace, causal_mask


def full_trace(bias: bool = True) -> Trace:
    rng = np.random.default_rng(0)
    w_q, w_k, w_v = rng.standard_normal((3, 3, 2))
    b_q, b_k, b_v = rng.standard_normal((3, 2)) if bias else (None, None, None)
    return attention_trace(
        x=rng.standard_normal((4, 3)), w_q=w_q, w_k=w_k, w_v=w_v, b_q=b_q, b_k=b_k, b_v=b_v,
        mask=causal_mask(4), bias=rng.standard_normal((4, 4)) if bias else None,
    )  # fmt: skip


def test_shapes_are_those_of_the_matrices() -> None:
    trace = full_trace()
    sizes = {"q": 4, "k": 4, "d": 3, "e": 2}
    for stage in STAGES:
        matrix = stage_matrix(trace, stage)
        assert parse_shape(matrix, SHAPES[stage].split("-> ")[1])
        assert matrix.shape == tuple(sizes[s] for s in SHAPES[stage].split("-> ")[1].split())
        assert stage in FORMULAS


def part(matrix: np.ndarray, source: Source, row: int, column: int) -> np.ndarray:
    places = {"row": row, "column": column, "all": slice(None)}
    return matrix[places[source.row], places[source.column]]


def test_a_cell_changes_with_its_sources_and_with_nothing_else() -> None:
    """Each stage from its sources alone gives the cell again."""
    trace = full_trace()
    row, column = 2, 1
    for stage in STAGES:
        fed = [
            np.asarray(part(stage_matrix(trace, s.matrix), s, row, column)).ravel()
            for s in sources(trace, stage)
        ]
        again = {
            "q": lambda p: p[0] @ p[1] + p[-1][0],
            "k": lambda p: p[0] @ p[1] + p[-1][0],
            "v": lambda p: p[0] @ p[1] + p[-1][0],
            "scores": lambda p: p[0] @ p[1],
            "scaled": lambda p: p[0][0] / np.sqrt(2) + p[1][0],
            "mask": lambda p: p[0][0],
            "exp": lambda p: np.exp(p[0][0]),
            "softmax": lambda p: p[0][0] / p[1][0],
            "output": lambda p: p[0] @ p[1],
        }[stage](fed)
        assert again == pytest.approx(stage_matrix(trace, stage)[row, column]), stage
    exponentials = part(trace.exponentials, SOURCES["row_sums"][0], row, 0)
    assert exponentials.sum() == pytest.approx(trace.row_sums[row])


def test_what_a_trace_does_not_have_is_left_out() -> None:
    bare = attention_trace([[1.0]], [[1.0]], [[1.0]])
    assert sources(bare, "q") == () and stages_of(bare) == STAGES[3:]
    assert input_matrices(bare) == {}
    with pytest.raises(ValueError, match="no w_q"):
        stage_matrix(bare, "w_q")
    plain = full_trace(bias=False)
    assert [s.matrix for s in sources(plain, "k")] == ["x", "w_k"]
    assert list(input_matrices(plain)) == ["x", "w_q", "w_k", "w_v"]
    assert formula(plain, "q") == "Q = X W_Q" and formula(full_trace(), "q") == "Q = X W_Q + b_Q"
    assert input_matrices(full_trace())["b_v"].shape == (1, 2)


def test_formulas_say_what_was_left_out_or_shifted() -> None:
    trace = attention_trace([[30.0] * 4], [[30.0] * 4], [[1.0]], divide=False)
    assert formula(full_trace(), "scaled") == FORMULAS["scaled"] + " + B"
    assert formula(trace, "scaled") == "S' = S" and r"\max" in formula(trace, "exp")


@given(st.floats(-1e5, 1e5) | st.sampled_from([-np.inf, np.inf, np.nan, -0.001, -0.0]))
def test_cells_are_written_as_the_pictures_write_them(value: float) -> None:
    assert shown([[value]]) == [[number(value)]]


def test_cells_always_have_their_decimals() -> None:
    assert shown([[1.0, -0.0001, -np.inf], [-2.5, 0.004, 12.345]]) == [
        ["1.00", "0.00", "−∞"],
        ["−2.50", "0.00", "12.35" if f"{12.345:.2f}" == "12.35" else "12.34"],
    ]
    assert shown([0.5], decimals=3) == [["0.500"]]
