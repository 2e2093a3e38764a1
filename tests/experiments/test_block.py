"""What the block lesson's experiments show, they show with five seeds."""

from __future__ import annotations

import numpy as np
import pytest

from core.inspection.gradients import gradient_norms
from core.spec.families.gpt import GPTSpec
from lessons.block.experiments import NORMS, PARTS
from tests.experiments.seeds import SEEDS
from tests.experiments.small import small, trained


@pytest.mark.parametrize("seed", SEEDS)
def test_every_part_of_a_block_is_missed_when_it_is_gone(seed: int) -> None:
    whole, *without = (
        trained(
            small(
                arm,
                seed,
                layers=2,
                heads=2,
                width=24,
                context=12,
                steps=90,
                batch=8,
                learning_rate=1e-2,
            )
        )[1]
        for arm in PARTS
    )
    assert min(without) > whole + 0.2
    assert without[0] > whole + 0.5


@pytest.mark.parametrize("seed", SEEDS)
def test_depth_shrinks_the_last_gradient_of_pre_norm_only(seed: int) -> None:
    """Xiong et al. 2020, theorem 1: as 1/√L with pre-norm, not at all with post-norm."""
    shares = {}
    for norm in ("pre", "post"):
        spec = {"heads": 2, "width": 64, "context": 16, "norm": norm}
        ends = [
            gradient_norms(GPTSpec.model_validate({**spec, "layers": n}), 64, seed)[-1]
            for n in (1, 8)
        ]
        shares[norm] = ends[1] / ends[0]
    assert 0.25 < shares["pre"] < 0.6
    assert shares["post"] > 0.8


@pytest.mark.parametrize("seed", SEEDS)
def test_eight_layers_of_post_norm_do_not_begin_to_learn_where_pre_norm_does(seed: int) -> None:
    """Letters and a gentler rate: with words, so small a pre-norm has not begun yet either."""
    *_shallow, pre, post = NORMS
    sizes = {"heads": 2, "width": 32, "context": 12, "steps": 60, "batch": 16}
    losses = []
    for arm in (pre, post):
        spec = small(arm, seed, tokens="characters", learning_rate=3e-3, **sizes)
        _, loss, material = trained(spec)
        losses.append(loss)
        counts = np.bincount(material.validation)
    shares = counts[counts > 0] / counts.sum()
    bag = -(shares * np.log(shares)).sum()
    assert losses[0] < bag - 0.1
    assert losses[1] > bag - 0.05
