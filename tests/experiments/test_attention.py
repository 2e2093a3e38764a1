"""What the attention lesson's experiments show, they show with five seeds."""

from __future__ import annotations

import pytest

from core.training.evaluation import loss_by_position
from core.worked.sharpness import sharpness
from lessons.attention.experiments import MASK
from tests.experiments.seeds import SEEDS
from tests.experiments.small import small, trained


@pytest.mark.parametrize("seed", SEEDS)
def test_without_the_mask_the_loss_is_low_and_worth_nothing(seed: int) -> None:
    shown, honest = [], []
    for arm in MASK:
        spec = small(
            arm, seed, layers=1, heads=2, width=32, context=8, steps=150, learning_rate=2e-2
        )
        model, loss, material = trained(spec)
        shown.append(loss)
        honest.append(loss_by_position(model, material.validation, 8)[0].mean())
    assert shown[1] < shown[0] - 0.2
    assert honest[1] > honest[0] + 0.5


@pytest.mark.parametrize("seed", SEEDS)
def test_without_the_division_width_makes_softmax_sharp_and_deaf(seed: int) -> None:
    wide, narrow = (sharpness(width, divided=False, queries=400, seed=seed) for width in (256, 4))
    divided = sharpness(256, divided=True, queries=400, seed=seed)
    assert wide.entropy < narrow.entropy / 3 and wide.gradient < narrow.gradient / 2
    assert divided.entropy > 3 * wide.entropy and divided.gradient > 2 * wide.gradient
