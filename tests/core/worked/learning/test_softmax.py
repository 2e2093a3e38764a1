"""Softmax, the loss and its slopes: by hand, against torch, and by nudging."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from core.errors import LearnerError
from core.worked.learning.softmax import (
    check_logits,
    loss_of,
    numerical_slope,
    slope_lines,
    slopes,
    softmax,
    softmax_lines,
)

LOGITS = st.lists(st.floats(-10, 10), min_size=2, max_size=8)


def test_four_tokens_by_hand() -> None:
    """e⁰ = 1, e^ln 2 = 2, e^ln 5 = 5, and the sum is 9."""
    logits = [0.0, math.log(2), math.log(5), 0.0]
    assert softmax(logits) == pytest.approx([1 / 9, 2 / 9, 5 / 9, 1 / 9])
    assert loss_of(logits, 2) == pytest.approx(math.log(9 / 5))
    assert slopes(logits, 2) == pytest.approx([1 / 9, 2 / 9, -4 / 9, 1 / 9])


@given(LOGITS, st.floats(-100, 100))
def test_a_number_added_to_all_changes_nothing(logits: list[float], added: float) -> None:
    assert softmax([z + added for z in logits]) == pytest.approx(softmax(logits), abs=1e-9)


@given(LOGITS, st.data())
def test_the_slopes_are_torchs_and_add_up_to_nothing(
    logits: list[float], data: st.DataObject
) -> None:
    truth = data.draw(st.integers(0, len(logits) - 1))
    z = torch.tensor([logits], dtype=torch.float64, requires_grad=True)
    loss = torch.nn.functional.cross_entropy(z, torch.tensor([truth]))
    loss.backward()
    assert loss_of(logits, truth) == pytest.approx(float(loss.detach()), abs=1e-9)
    assert z.grad is not None
    assert slopes(logits, truth) == pytest.approx(z.grad[0].numpy(), abs=1e-12)
    assert math.fsum(slopes(logits, truth)) == pytest.approx(0, abs=1e-12)


def test_the_slope_by_nudging_comes_nearer_with_a_smaller_nudge() -> None:
    logits = np.array([2.0, 1.0, 0.0, -1.0])
    exact = slopes(logits, 1)
    off = [
        max(
            abs(numerical_slope(lambda z: loss_of(z, 1), logits, place, h) - exact[place])
            for place in range(4)
        )
        for h in (1.0, 0.1, 0.01)
    ]
    assert off[0] > 50 * off[1] > 50 * 50 * off[2]
    assert off[2] < 1e-5


def test_the_lines_are_true_as_printed() -> None:
    power, total, share = softmax_lines([2.0, 1.0, 0.0, -1.0], 0)
    assert power.latex == r"e^{2} \approx 7.389"
    assert total.value == pytest.approx(sum(math.exp(z) for z in (2, 1, 0, -1)))
    assert share.latex == r"\frac{7.389}{11.475} \approx 0.644"
    analytic, nudged, step = slope_lines([2.0, 1.0, 0.0, -1.0], 1, 1, 0.01, 0.5)
    assert analytic.latex == r"0.237 - 1 \approx -0.763"
    assert nudged.value == pytest.approx(analytic.value, abs=1e-5)
    assert step.latex == r"1 - 0.5 \cdot (-0.7631) \approx 1.382"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([], "at least two"),
        ([1.0], "at least two"),
        ([0.0] * 9, "At most 8"),
        ([0.0, 21.0], "too far from 0"),
        ([0.0, math.inf], "too far from 0"),
        ([0.0, math.nan], "too far from 0"),
    ],
)
def test_what_does_not_fit_on_paper_is_said(values: list[float], said: str) -> None:
    with pytest.raises(LearnerError, match=said):
        check_logits(values)
