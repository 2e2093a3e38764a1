"""Every number of a trace is recomputed, and every line of arithmetic is parsed and checked."""

import math
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.worked.arithmetic import MOST_TERMS, ArithmeticLine, add, dot, fixed, full, number
from core.worked.cell_arithmetic import ArithmeticStyle
from core.worked.stages import arithmetic, stages_of
from core.worked.trace import (
    ZERO_ROW,
    Projection,
    Trace,
    attention_trace,
    causal_mask,
    padding_mask,
    projected_trace,
)

SMALL = re.compile(r"\\underbrace\{([^{}]*)\}_\{\\text\{(\d+) smaller terms\}\}")


def evaluate(latex: str) -> float:
    r"""What a printed expression comes to: decimals, + - \cdot \times \frac \sqrt e^ 10^ -\infty."""
    text = re.sub(r" \\times 10\^\{(-?\d+)\}", r"e\1", latex)
    text = SMALL.sub(r"\1", re.sub(r"\\quad.*", "", text)).replace(r"\infty", "math.inf")
    text = re.sub(r"\\sqrt\{([^{}]*)\}", r"math.sqrt(\1)", text)
    text = re.sub(r"e\^\{([^{}]*)\}", r"math.exp(\1)", text).replace(r"\cdot", "*")
    text = re.sub(r"\\frac\{([^{}]*)\}\{([^{}]*)\}", r"(\1)/(\2)", text)
    assert "\\" not in text, latex
    return float(eval(text, {"math": math}))


def check(line: ArithmeticLine, decimals: int, exact: bool = False) -> None:
    """As printed, the left side rounds to the right side, and that is the value."""
    parts = re.split(r" (=|\\approx) ", line.latex)
    if len(parts) == 1:
        assert evaluate(parts[0]) == line.value == 0
        return
    left, sign, right = parts
    assert line.rounded == (sign != "=")
    if math.isinf(line.value):
        assert evaluate(left) == evaluate(right) == line.value
        return
    if exact:
        assert evaluate(right) == line.value
        assert evaluate(left) == pytest.approx(line.value, rel=1e-9, abs=1e-12)
        return
    # A tie such as 844914.09635 is half a digit away, but for the last bit of a float64.
    half = 0.5 * 10.0**-decimals * (1 + 1e-9) + 2 * math.ulp(line.value)
    assert abs(evaluate(left) - evaluate(right)) <= half, line
    assert abs(evaluate(right) - line.value) <= half
    if sign == "=":
        assert evaluate(left) == pytest.approx(evaluate(right), rel=1e-11, abs=1e-13)


def random_trace(
    t: int, keys: int, d: int, e: int, seed: int, kind: str, scale: float, divide: bool, bias: bool,
    added: bool = False,
) -> Trace:  # fmt: skip
    """With x and projections; for cross-attention (t queries on so many keys) from q, k, v."""
    rng = np.random.default_rng(seed)
    if kind == "cross":
        q = rng.standard_normal((t, e)) * scale
        k, v = rng.standard_normal((2, keys, e))
        more = rng.standard_normal((t, keys)) if added else None
        return attention_trace(q, k, v, rng.random((t, keys)) < 0.5, bias=more, divide=divide)
    x = rng.standard_normal((t, d)) * scale
    w_q, w_k, w_v = rng.standard_normal((3, d, e))
    b_q, b_k, b_v = rng.standard_normal((3, e)) if bias else (None, None, None)
    mask = {
        "none": None,
        "causal": causal_mask(t),
        "padding": padding_mask([max(1, t - 1)], t)[0],
        "random": rng.random((t, t)) < 0.6,
        "all": np.ones((t, t), dtype=bool),
    }[kind]
    projection = Projection(x, w_q, w_k, w_v, b_q, b_k, b_v)
    more = rng.standard_normal((t, t)) * 3 if added else None
    return projected_trace(projection, mask, bias=more, divide=divide)


traces = st.builds(
    random_trace, st.integers(1, 16), st.integers(1, 20), st.integers(1, 16), st.integers(1, 6),
    st.integers(0, 10_000),
    st.sampled_from(["none", "causal", "padding", "random", "all", "cross"]),
    st.sampled_from([0.01, 1.0, 1.0, 20.0]), st.booleans(), st.booleans(),
    st.booleans(),
)  # fmt: skip


@settings(max_examples=50)
@given(traces)
def test_every_stage_is_the_formula(trace: Trace) -> None:
    """Plain loops over plain floats, written without looking at the trace's code."""
    e = trace.q.shape[1]
    made = trace.projection
    if made is not None:
        for name in "qkv":
            x, w, b = made.x, getattr(made, f"w_{name}"), getattr(made, f"b_{name}")
            for i in range(len(x)):
                for j in range(e):
                    products = [float(x[i, n]) * float(w[n, j]) for n in range(x.shape[1])]
                    total = math.fsum([*products, 0.0 if b is None else float(b[j])])
                    assert getattr(trace, name)[i, j] == pytest.approx(total, rel=1e-9, abs=1e-9)
    divisors = (1.0, math.sqrt(e))
    assert trace.divisor in divisors
    for i in range(len(trace.q)):
        powers = []
        for j in range(len(trace.k)):
            score = math.fsum(
                float(a) * float(b) for a, b in zip(trace.q[i], trace.k[j], strict=True)
            )
            assert trace.scores[i, j] == pytest.approx(score, rel=1e-9, abs=1e-9)
            more = 0.0 if trace.bias is None else float(trace.bias[i, j])
            scaled = score / trace.divisor + more
            assert trace.scaled[i, j] == pytest.approx(scaled, rel=1e-9, abs=1e-9)
            if trace.mask[i, j]:
                assert trace.masked[i, j] == -math.inf and trace.weights[i, j] == 0
                powers.append(0.0)
            else:
                assert trace.masked[i, j] == trace.scaled[i, j]
                powers.append(math.exp(trace.scaled[i, j] - trace.shift[i]))
        total = math.fsum(powers)
        assert trace.row_sums[i] == pytest.approx(total)
        for j, power in enumerate(powers):
            assert trace.exponentials[i, j] == pytest.approx(power)
            share = power / total if total else 0.0
            assert trace.weights[i, j] == pytest.approx(share, abs=1e-12)
        for c in range(trace.v.shape[1]):
            mixed = math.fsum(
                power / total * float(trace.v[j, c]) for j, power in enumerate(powers) if total
            )
            assert trace.output[i, c] == pytest.approx(mixed, rel=1e-9, abs=1e-9)


@settings(max_examples=50)
@given(traces, st.integers(1, 5), st.booleans(), st.randoms(use_true_random=False))
def test_every_printed_line_is_true_as_printed(trace, decimals, exact, random) -> None:  # type: ignore[no-untyped-def]
    for stage in stages_of(trace):
        matrix = stage.matrix(trace)
        row, column = (random.randrange(n) for n in matrix.shape)
        lines = arithmetic(trace, stage.name, row, column, ArithmeticStyle(decimals, exact))
        for line in lines:
            check(line, decimals, exact)
            assert line.latex.count("{") == line.latex.count("}")
        value = lines[0 if stage.name == "exp" else -1].value
        assert value == pytest.approx(matrix[row, column], abs=1e-12)
        if stage.name in ("exp", "softmax"):
            assert lines[1].value == pytest.approx(trace.row_sums[row])


def test_the_lines_read_as_one_would_write_them() -> None:
    trace = attention_trace([[1, 0], [0.5, -2]], [[1, 1], [2, 0]], [[1, 2], [3, 4]], causal_mask(2))
    assert [line.latex for line in arithmetic(trace, "scores", 1, 0)] == [
        r"0.5 \cdot 1 + (-2) \cdot 1 = -1.5",
        "0.5 + (-2) = -1.5",
    ]
    assert arithmetic(trace, "scaled", 1, 0)[0].latex == r"\frac{-1.5}{\sqrt{2}} \approx -1.06"
    assert (
        arithmetic(trace, "mask", 0, 1)[0].latex
        == r"1.41 + (-\infty) = -\infty \quad \text{(hidden)}"
    )
    assert (
        r"\text{(看不见)}"
        in arithmetic(trace, "mask", 0, 1, ArithmeticStyle(hidden="看不见"))[0].latex
    )
    assert [line.value for line in arithmetic(trace, "softmax", 0, 1)] == [
        0.0, pytest.approx(math.exp(1 / math.sqrt(2))), 0.0,
    ]  # fmt: skip
    assert arithmetic(trace, "output", 0, 1)[0].latex == r"1 \cdot 2 + 0 \cdot 4 = 2"


def test_huge_scores_are_shifted_and_the_shift_is_shown() -> None:
    trace = attention_trace([[1000.0]], [[1000.0], [999.0]], [[1.0], [2.0]])
    assert trace.shift[0] == 1_000_000
    assert trace.weights.sum() == pytest.approx(1.0)
    assert arithmetic(trace, "softmax", 0, 0)[0].latex == "e^{1000000 - 1000000} = 1"


def test_a_sum_of_many_terms_shows_the_largest_and_says_what_the_others_add() -> None:
    terms = [0.01] * 250 + [3.0, -2.0, 1.5, 1.25, 1.0, 1.0]
    line = add(terms, math.fsum(terms), 2)
    assert line.latex == (
        "0.01 + 0.01 + 0.01 + 0.01 + 3 + (-2) + 1.5 + 1.25 + 1 + 1 + "
        r"\underbrace{2.46}_{\text{246 smaller terms}} = 8.25"
    )
    check(line, 2)
    rng = np.random.default_rng(1)
    left, right = rng.standard_normal((2, MOST_TERMS + 8))
    for line in dot(left, right, float(left @ right), 2, 0.5, smaller="另有 {count} 项"):
        assert r"\text{另有 10 项}" in line.latex and line.latex.count(" + ") == 11
    assert "underbrace" not in dot(left[:12], right[:12], float(left[:12] @ right[:12]))[0].latex


def test_256_tokens_are_explained_in_a_few_terms() -> None:
    rng = np.random.default_rng(2)
    q, k, v = rng.standard_normal((3, 256, 20))
    trace = attention_trace(q, k, v, causal_mask(256))
    for stage in stages_of(trace):
        for line in arithmetic(trace, stage.name, 255, 7):
            check(line, 2)
            assert line.latex.count(" + ") <= MOST_TERMS


def test_a_row_that_sees_nothing_is_zeros_and_says_so() -> None:
    trace = attention_trace(np.ones((2, 2)), np.ones((3, 2)), np.ones((3, 2)), [[True], [False]])
    assert not trace.weights[0].any() and not trace.output[0].any()
    lines = arithmetic(trace, "softmax", 0, 1, ArithmeticStyle(nothing="什么也看不见"))
    assert lines[-1].latex == r"0 \quad \text{(什么也看不见)}" and lines[-1].note == ZERO_ROW
    assert "NaN" in ZERO_ROW
    assert arithmetic(trace, "output", 0, 0)[-1].note == ZERO_ROW
    assert not any(line.note for line in arithmetic(trace, "softmax", 1, 1))


def test_without_the_division_the_score_stays() -> None:
    trace = attention_trace([[3.0] * 4], [[2.0] * 4], [[1.0]], divide=False)
    assert trace.divisor == 1.0 and trace.scaled[0, 0] == trace.scores[0, 0] == 24
    assert arithmetic(trace, "scaled", 0, 0)[0].latex == r"\frac{24}{1} = 24"


def test_a_bias_is_added_after_the_division() -> None:
    trace = attention_trace([[3.0] * 4], [[2.0] * 4], [[1.0]], bias=[[-0.5]])
    assert arithmetic(trace, "scaled", 0, 0)[0].latex == r"\frac{24}{\sqrt{4}} + (-0.5) = 11.5"


def test_a_row_sum_that_would_round_to_nothing_is_not_divided_by() -> None:
    trace = attention_trace([[-9.0]], [[1.0]], [[1.0]])
    power, total, share = arithmetic(trace, "softmax", 0, 0)
    assert share.latex == r"\frac{0.0001}{0.0001} = 1"
    assert power.latex.endswith(r"\approx 0.00012") and total.latex.endswith("0.00012")


def test_a_batch_of_one_is_that_one() -> None:
    q, k, v = np.random.default_rng(3).standard_normal((3, 4, 2))
    batch = attention_trace(q[None], k[None], v[None], causal_mask(4)[None, None])
    assert (batch.output == attention_trace(q, k, v, causal_mask(4)).output).all()


def test_exact_lines_have_all_digits() -> None:
    trace = attention_trace([[0.1]], [[0.2]], [[1e-9]])
    assert arithmetic(trace, "scores", 0, 0, ArithmeticStyle(exact=True))[0].latex == (
        r"0.1 \cdot 0.2 = 0.020000000000000004"
    )
    assert arithmetic(trace, "output", 0, 0, ArithmeticStyle(exact=True))[0].latex == (
        r"1 \cdot 1 \times 10^{-9} = 1 \times 10^{-9}"
    )


@given(st.floats(-1e300, 1e300))
def test_all_digits_tell_one_float_from_the_next(value: float) -> None:
    assert evaluate(full(value)) == value


def test_sums_and_products_bracket_what_is_negative() -> None:
    assert add([1.0, -2.0, 3.0], 2.0).latex == "1 + (-2) + 3 = 2"
    lines = dot(np.array([-1.0, 2.0]), np.array([-3.0, 4.0]), 11.0)
    assert lines[0].latex == r"-1 \cdot (-3) + 2 \cdot 4 = 11"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.0, "0"), (-0.0, "0"), (1.5, "1.5"), (-0.00012345, "-0.00012"), (1e-12, "0"), (12.0, "12"),
        (0.49999, "0.500"), (2 / 3, "0.667"),
    ],
)  # fmt: skip
def test_numbers_are_as_short_as_they_may_be(value: float, shown: str) -> None:
    assert number(value, 3) == shown


def test_what_is_rounded_keeps_its_zeros() -> None:
    assert fixed(0.4999, 2) == "0.50" and fixed(0.5, 2) == "0.5" and fixed(-0.001, 2) == "0.00"


def test_masks_say_true_where_hidden() -> None:
    np.testing.assert_array_equal(causal_mask(3), [[0, 1, 1], [0, 0, 1], [0, 0, 0]])
    np.testing.assert_array_equal(padding_mask([1, 3], 3), [[0, 1, 1], [0, 0, 0]])


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="queries have width 2 and keys 3"):
        attention_trace(np.ones((1, 2)), np.ones((1, 3)), np.ones((1, 1)))
    with pytest.raises(ValueError, match="2 keys but 1 values"):
        attention_trace(np.ones((1, 2)), np.ones((2, 2)), np.ones((1, 1)))
    with pytest.raises(ValueError, match="x has width 2 but w_q has 3 rows"):
        Projection(np.ones((1, 2)), np.ones((3, 2)), np.ones((2, 2)), np.ones((2, 2)))
    with pytest.raises(ValueError, match="begins at q"):
        arithmetic(attention_trace([[1.0]], [[1.0]], [[1.0]]), "q", 0, 0)
    with pytest.raises(ValueError, match="bias is given"):
        arithmetic(attention_trace([[1.0]], [[1.0]], [[1.0]]), "bias", 0, 0)
