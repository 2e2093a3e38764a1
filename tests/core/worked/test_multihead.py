"""Many heads by hand agree with torch and with our own model, and every printed line is true."""

from __future__ import annotations

import re

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from core.models.attention import MultiHeadAttention
from core.worked.arithmetic import ArithmeticLine
from core.worked.multihead import (
    MultiHeadTrace,
    cost,
    joined_trace,
    multi_head_trace,
    output_arithmetic,
)
from core.worked.trace import Projection, causal_mask


def made(heads: int, e: int, t: int, seed: int, biased: bool = True) -> MultiHeadTrace:
    rng = np.random.default_rng(seed)
    d = heads * e
    x, (w_q, w_k, w_v, w_o) = rng.standard_normal((t, d)), rng.standard_normal((4, d, d))
    biases = rng.standard_normal((4, d)) if biased else [None] * 4
    *b_qkv, b_o = biases
    projection = Projection(x, w_q, w_k, w_v, *b_qkv)
    return multi_head_trace(projection, heads, w_o, b_o, mask=causal_mask(t))


sizes = st.builds(
    made, st.integers(1, 4), st.integers(1, 4), st.integers(1, 5), st.integers(0, 999),
    st.booleans(),
)  # fmt: skip


def whole(trace: MultiHeadTrace, name: str) -> np.ndarray:
    return np.concatenate([getattr(head.projection, name) for head in trace.heads], axis=-1)


@settings(max_examples=30)
@given(sizes)
def test_it_agrees_with_torchs_own_module_and_with_ours(trace: MultiHeadTrace) -> None:
    t, d = trace.x.shape
    heads = len(trace.heads)
    biased = trace.b_o is not None
    theirs = nn.MultiheadAttention(d, heads, bias=biased, batch_first=True).double()
    ours = MultiHeadAttention(d, heads).double()
    weight = torch.from_numpy(np.concatenate([whole(trace, f"w_{n}").T for n in "qkv"]))
    parts = [whole(trace, f"b_{n}") if biased else np.zeros(d) for n in "qkv"]
    bias = torch.from_numpy(np.concatenate(parts))
    w_o = torch.from_numpy(trace.w_o.T.copy())
    b_o = torch.from_numpy(trace.b_o if trace.b_o is not None else np.zeros(d))
    with torch.no_grad():
        for wide, narrow in ((theirs.in_proj_weight, ours.qkv.weight),):
            wide.copy_(weight)
            narrow.copy_(weight)
        ours.qkv.bias.copy_(bias)
        ours.project.weight.copy_(w_o)
        ours.project.bias.copy_(b_o)
        theirs.out_proj.weight.copy_(w_o)
        if biased:
            theirs.in_proj_bias.copy_(bias)
            theirs.out_proj.bias.copy_(b_o)
        x = torch.from_numpy(trace.x)[None]
        mask = torch.from_numpy(causal_mask(t))
        expected, weights = theirs(x, x, x, attn_mask=mask, average_attn_weights=False)
        np.testing.assert_allclose(trace.output, expected[0], atol=1e-9)
        np.testing.assert_allclose(trace.weights, weights[0], atol=1e-9)
        np.testing.assert_allclose(trace.output, ours(x, causal=True)[0], atol=1e-9)


@settings(max_examples=40)
@given(sizes)
def test_side_by_side_times_w_o_is_the_sum_of_what_each_head_writes(trace: MultiHeadTrace) -> None:
    bias = 0.0 if trace.b_o is None else trace.b_o
    np.testing.assert_allclose(trace.written.sum(axis=0) + bias, trace.output, atol=1e-10)
    assert trace.concatenated.shape == (len(trace.x), len(trace.heads) * trace.width)
    np.testing.assert_array_equal(trace.joined("output"), trace.concatenated)


def test_stacked_identities_make_w_o_add_the_heads() -> None:
    trace = made(2, 3, 4, 1, biased=False)
    added = joined_trace(trace.x, trace.heads, np.vstack([np.eye(3), np.eye(3)]))
    np.testing.assert_allclose(added.output, trace.heads[0].output + trace.heads[1].output)


def evaluate(latex: str) -> float:
    text = re.sub(r"\\underbrace\{\(?([^{}()]*)\)?\}_\{\\text\{[^{}]*\}\}", r"(\1)", latex)
    text = text.replace(r"\cdot", "*")
    assert "\\" not in text, latex
    return float(eval(text))


def check(line: ArithmeticLine, decimals: int) -> None:
    left, _sign, right = re.split(r" (=|\\approx) ", line.latex)
    half = 0.5 * 10.0**-decimals * (1 + 1e-9)
    assert abs(evaluate(left) - evaluate(right)) <= half, line
    assert abs(evaluate(right) - line.value) <= half


@settings(max_examples=60)
@given(sizes, st.integers(1, 4), st.randoms(use_true_random=False))
def test_every_printed_line_is_true_as_printed(trace, decimals, random) -> None:  # type: ignore[no-untyped-def]
    row, column = (random.randrange(n) for n in trace.output.shape)
    lines = output_arithmetic(trace, row, column, decimals)
    assert len(lines) == len(trace.heads) + 1
    for line in lines:
        check(line, decimals)
    for line, written in zip(lines, trace.written[:, row, column], strict=False):
        assert line.value == pytest.approx(written, abs=1e-12)
    assert lines[-1].value == pytest.approx(trace.output[row, column], abs=1e-12)


def test_wide_heads_show_their_largest_terms() -> None:
    lines = output_arithmetic(made(2, 20, 3, 4), 2, 7)
    assert "smaller terms" in lines[0].latex
    for line in lines:
        check(line, 2)


@pytest.mark.parametrize("shown", [1, 3, 18, 20])
def test_as_many_terms_as_are_asked_for_and_still_true(shown: int) -> None:
    trace = made(2, 20, 3, 4)
    lines = output_arithmetic(trace, 2, 7, shown=shown)
    for line in lines:
        check(line, 2)
    # Where only two terms were left out, nothing is: a sum of 18 and "2 smaller terms" is no shorter.
    terms = 20 if shown >= 18 else shown + 1
    assert lines[0].latex.count(" + ") == terms - 1


def test_what_does_not_fit_is_refused() -> None:
    projection = Projection(np.eye(4), np.eye(4), np.eye(4), np.eye(4))
    square = np.eye(4)
    with pytest.raises(ValueError, match="cannot be cut into 3"):
        multi_head_trace(projection, 3, square)
    with pytest.raises(ValueError, match="6 rows"):
        multi_head_trace(projection, 2, np.ones((6, 4)))


@given(st.sampled_from([1, 2, 4, 8]), st.integers(1, 50))
def test_more_heads_cost_no_more_parameters_and_no_more_multiplications(h: int, t: int) -> None:
    one, many = cost(16, 1, t), cost(16, h, t)
    assert many.parameters == one.parameters == 4 * 16 * 16
    assert many.multiplications == one.multiplications
    assert many.weights == h * one.weights
    module = MultiHeadAttention(16, h)
    matrices = [p for p in module.parameters() if p.ndim == 2]
    assert sum(p.numel() for p in matrices) == many.parameters


def test_a_width_that_does_not_divide_has_no_cost() -> None:
    with pytest.raises(ValueError, match="cannot be cut"):
        cost(10, 3, 4)
