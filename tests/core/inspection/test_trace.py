"""Every number of a trace is recomputed, and every line of arithmetic is parsed and checked."""

import math
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.inspection.arithmetic import Line, add, dot, number
from core.inspection.trace import (
    Stage,
    Trace,
    arithmetic,
    attention_trace,
    causal_mask,
    padding_mask,
)

STAGES: tuple[Stage, ...] = ("q", "k", "v", "scores", "scaled", "mask", "softmax", "output")


def evaluate(latex: str) -> float:
    r"""What a printed expression comes to; it may hold decimals, + - \cdot \frac \sqrt e^ -\infty."""
    text = re.sub(r"\\quad.*", "", latex).replace(r"\infty", "math.inf")
    text = re.sub(r"\\frac\{(.*)\}\{(.*)\}$", r"(\1)/(\2)", text)
    text = re.sub(r"\\sqrt\{([^{}]*)\}", r"math.sqrt(\1)", text)
    text = re.sub(r"e\^\{([^{}]*)\}", r"math.exp(\1)", text).replace(r"\cdot", "*")
    assert "\\" not in text, latex
    return float(eval(text, {"math": math}))


def check(line: Line, decimals: int) -> None:
    """As printed, the left side rounds to the right side, and that is the value."""
    parts = re.split(r" (=|\\approx) ", line.latex)
    if len(parts) == 1:
        assert evaluate(parts[0]) == line.value
        return
    left, sign, right = parts
    if math.isinf(line.value):
        assert evaluate(left) == evaluate(right) == line.value
        return
    half = 0.5 * 10.0**-decimals * (1 + 1e-9)
    assert abs(evaluate(left) - evaluate(right)) <= half, line
    assert abs(evaluate(right) - line.value) <= half
    if sign == "=":
        assert evaluate(left) == pytest.approx(evaluate(right), rel=1e-11, abs=1e-13)


def random_trace(t: int, d: int, e: int, seed: int, kind: str, scale: float) -> Trace:
    rng = np.random.default_rng(seed)
    x = rng.standard_normal((t, d)) * scale
    w_q, w_k, w_v = rng.standard_normal((3, d, e))
    b_q, b_k, b_v = rng.standard_normal((3, e))
    mask = {
        "none": None,
        "causal": causal_mask(t),
        "padding": padding_mask([max(1, t - 1)], t)[0],
        "random": rng.random((t, t)) < 0.6,
        "all": np.ones((t, t), dtype=bool),
    }[kind]
    return attention_trace(x=x, w_q=w_q, w_k=w_k, w_v=w_v, b_q=b_q, b_k=b_k, b_v=b_v, mask=mask)


traces = st.builds(
    random_trace, st.integers(1, 6), st.integers(1, 5), st.integers(1, 5), st.integers(0, 10_000),
    st.sampled_from(["none", "causal", "padding", "random", "all"]),
    st.sampled_from([0.01, 1.0, 1.0, 20.0]),
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(traces)
def test_every_stage_is_the_formula(trace: Trace) -> None:
    assert trace.x is not None and trace.w_q is not None and trace.b_q is not None
    t, e = trace.q.shape
    np.testing.assert_allclose(trace.q, trace.x @ trace.w_q + trace.b_q)
    for i in range(t):
        powers = np.zeros(t)
        for j in range(t):
            score = math.fsum(trace.q[i] * trace.k[j])
            assert trace.scores[i, j] == pytest.approx(score, abs=1e-9)
            assert trace.scaled[i, j] == pytest.approx(score / math.sqrt(e), abs=1e-9)
            if trace.mask[i, j]:
                assert trace.masked[i, j] == -math.inf and trace.weights[i, j] == 0
            else:
                assert trace.masked[i, j] == trace.scaled[i, j]
                powers[j] = math.exp(trace.scaled[i, j] - trace.shift[i])
        np.testing.assert_allclose(trace.exponentials[i], powers)
        assert trace.row_sums[i] == pytest.approx(powers.sum())
        expected = powers / powers.sum() if powers.any() else powers
        np.testing.assert_allclose(trace.weights[i], expected, atol=1e-12)
        np.testing.assert_allclose(trace.output[i], expected @ trace.v, atol=1e-9)
        assert trace.weights[i].sum() == pytest.approx(0.0 if trace.mask[i].all() else 1.0)


@settings(max_examples=80, deadline=None)
@given(traces, st.sampled_from(STAGES), st.integers(1, 5), st.randoms(use_true_random=False))
def test_every_printed_line_is_true_as_printed(trace, stage, decimals, random) -> None:  # type: ignore[no-untyped-def]
    matrix = {
        "q": trace.q, "k": trace.k, "v": trace.v, "scores": trace.scores, "scaled": trace.scaled,
        "mask": trace.masked, "softmax": trace.weights, "output": trace.output,
    }[stage]  # fmt: skip
    row, column = (random.randrange(n) for n in matrix.shape)
    lines = arithmetic(trace, stage, row, column, decimals)
    for line in lines:
        check(line, decimals)
    assert lines[-1].value == pytest.approx(matrix[row, column], abs=1e-12)


def test_the_lines_read_as_one_would_write_them() -> None:
    trace = attention_trace([[1, 0], [0.5, -2]], [[1, 1], [2, 0]], [[1, 2], [3, 4]], causal_mask(2))
    assert [line.latex for line in arithmetic(trace, "scores", 1, 0)] == [
        r"0.5 \cdot 1 + (-2) \cdot 1 = -1.5",
        "0.5 + (-2) = -1.5",
    ]
    assert arithmetic(trace, "scaled", 1, 0)[0].latex == r"\frac{-1.5}{\sqrt{2}} \approx -1.061"
    assert (
        arithmetic(trace, "mask", 0, 1)[0].latex
        == r"1.414 + (-\infty) = -\infty \quad \text{(hidden)}"
    )
    assert r"\text{(看不见)}" in arithmetic(trace, "mask", 0, 1, hidden="看不见")[0].latex
    assert [line.value for line in arithmetic(trace, "softmax", 0, 1)] == [
        0.0, pytest.approx(math.exp(1 / math.sqrt(2))), 0.0,
    ]  # fmt: skip
    assert arithmetic(trace, "output", 0, 1)[0].latex == r"1 \cdot 2 + 0 \cdot 4 = 2"


def test_huge_scores_are_shifted_and_the_shift_is_shown() -> None:
    trace = attention_trace([[1000.0]], [[1000.0], [999.0]], [[1.0], [2.0]])
    assert trace.shift[0] == 1_000_000
    assert trace.weights.sum() == pytest.approx(1.0)
    assert arithmetic(trace, "softmax", 0, 0)[0].latex == "e^{1000000 - 1000000} = 1"


def test_sums_and_products_bracket_what_is_negative() -> None:
    assert add([1.0, -2.0, 3.0], 2.0).latex == "1 + (-2) + 3 = 2"
    lines = dot(np.array([-1.0, 2.0]), np.array([-3.0, 4.0]), 11.0)
    assert lines[0].latex == r"-1 \cdot (-3) + 2 \cdot 4 = 11"


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.0, "0"), (-0.0, "0"), (1.5, "1.5"), (-0.00012345, "-0.00012"), (1e-12, "0"), (12.0, "12")],
)
def test_numbers_are_as_short_as_they_may_be(value: float, shown: str) -> None:
    assert number(value, 3) == shown


def test_masks_say_true_where_hidden() -> None:
    np.testing.assert_array_equal(causal_mask(3), [[0, 1, 1], [0, 0, 1], [0, 0, 0]])
    np.testing.assert_array_equal(padding_mask([1, 3], 3), [[0, 1, 1], [0, 0, 0]])


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="queries have width 2 and keys 3"):
        attention_trace(np.ones((1, 2)), np.ones((1, 3)), np.ones((1, 1)))
    with pytest.raises(ValueError, match="2 keys but 1 values"):
        attention_trace(np.ones((1, 2)), np.ones((2, 2)), np.ones((1, 1)))
    with pytest.raises(ValueError, match="give q, or x and w_q"):
        attention_trace(k=np.ones((1, 2)), v=np.ones((1, 2)))
    with pytest.raises(ValueError, match="x has width 2 but w_q has 3 rows"):
        attention_trace(
            x=np.ones((1, 2)), w_q=np.ones((3, 2)), w_k=np.ones((2, 2)), w_v=np.ones((2, 2))
        )
    with pytest.raises(ValueError, match="begins at q"):
        arithmetic(attention_trace([[1.0]], [[1.0]], [[1.0]]), "q", 0, 0)
