"""LayerNorm by hand is torch's, forgets what it is said to forget, and its arithmetic is true."""

import math
import re

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.nn import functional as F

from core.worked.arithmetic import ArithmeticLine
from core.worked.layernorm import (
    EPSILON,
    STEPS,
    layernorm_arithmetic,
    layernorm_trace,
)

NUMBERS = st.integers(-400, 400).map(lambda n: n / 20)
VECTORS = st.lists(NUMBERS, min_size=1, max_size=6)


def evaluate(latex: str) -> float:
    r"""What a printed expression comes to; it may hold decimals, + - ^2 \cdot \frac \sqrt."""
    text = re.sub(r"\\frac\{(.*)\}\{([^{}]*)\}", r"(\1)/(\2)", latex)
    text = re.sub(r"\\sqrt\{([^{}]*)\}", r"math.sqrt(\1)", text)
    text = re.sub(r"(?<![\d(.])(-[\d.]+)\^2", r"(\1)**2", text)
    text = text.replace("^2", "**2").replace(r"\cdot", "*")
    assert "\\" not in text, latex
    return float(eval(text, {"math": math}))


def check(line: ArithmeticLine, decimals: int) -> None:
    left, sign, right = re.split(r" (=|\\approx) ", line.latex)
    half = 0.5 * 10.0**-decimals * (1 + 1e-9)
    assert abs(evaluate(left) - evaluate(right)) <= half, line
    assert abs(evaluate(right) - line.value) <= half
    if sign == "=":
        assert evaluate(left) == pytest.approx(evaluate(right), rel=1e-11, abs=1e-13)


@settings(max_examples=60)
@given(VECTORS, st.integers(0, 2**16), st.integers(1, 4))
def test_every_line_is_true_as_printed(x: list[float], seed: int, decimals: int) -> None:
    gamma, beta = np.round(np.random.default_rng(seed).normal(size=(2, len(x))), 2)
    trace = layernorm_trace(x, gamma, beta)
    for step in STEPS:
        for place in range(len(x)):
            check(layernorm_arithmetic(trace, step, place, decimals), decimals)


@settings(max_examples=60)
@given(VECTORS, st.integers(0, 2**16))
def test_it_is_torchs(x: list[float], seed: int) -> None:
    gamma, beta = np.random.default_rng(seed).normal(size=(2, len(x)))
    ours = layernorm_trace(x, gamma, beta).output
    tensors = [torch.tensor(a, dtype=torch.float64) for a in (x, gamma, beta)]
    real = F.layer_norm(tensors[0], (len(x),), tensors[1], tensors[2], eps=EPSILON)
    np.testing.assert_allclose(ours, real.numpy(), atol=1e-9)


@settings(max_examples=60)
@given(st.lists(NUMBERS, min_size=2, max_size=6), st.floats(-50, 50), st.floats(1, 20))
def test_it_forgets_the_mean_and_the_size(x: list[float], shift: float, scale: float) -> None:
    plain = layernorm_trace(x)
    np.testing.assert_allclose(layernorm_trace(np.add(x, shift)).normed, plain.normed, atol=1e-6)
    np.testing.assert_allclose(plain.normed.mean(), 0, atol=1e-9)
    np.testing.assert_allclose(
        (plain.normed**2).mean(), 1 - EPSILON / plain.deviation**2, atol=1e-9
    )
    if plain.variance > 0.1:
        scaled = layernorm_trace(np.multiply(x, scale)).normed
        np.testing.assert_allclose(scaled, plain.normed, atol=1e-3)


def test_equal_numbers_give_zeros_not_a_division_by_zero() -> None:
    trace = layernorm_trace([3.0, 3.0, 3.0], beta=[1.0, 2.0, 3.0])
    assert trace.normed.tolist() == [0, 0, 0]
    assert trace.output.tolist() == [1, 2, 3]
    assert trace.deviation == pytest.approx(math.sqrt(EPSILON))


def test_what_is_no_vector_is_refused() -> None:
    for x in ([], [[1.0, 2.0]]):
        with pytest.raises(ValueError, match="cannot be normalised"):
            layernorm_trace(x)
    with pytest.raises(ValueError, match="γ"):
        layernorm_trace([1.0, 2.0], gamma=[1.0])
    with pytest.raises(IndexError):
        layernorm_arithmetic(layernorm_trace([1.0, 2.0]), "centred", 2)
