"""What the positions lesson's experiments show, they show with five seeds."""

from __future__ import annotations

import numpy as np
import pytest

from core.training.evaluation import loss_by_position
from lessons.positions.experiments import LENGTH, SHUFFLE
from tests.experiments.seeds import SEEDS
from tests.experiments.small import small, trained


@pytest.mark.parametrize("seed", SEEDS)
def test_without_positions_one_layer_cannot_see_the_order(seed: int) -> None:
    moved = []
    for arm in SHUFFLE:
        spec = small(arm, seed, heads=2, width=32, context=16, steps=80, batch=8)
        model, _, material = trained(spec)
        text = material.validation[:12]
        shuffled = np.append(np.random.default_rng(seed).permutation(text[:-1]), text[-1])
        before, after = np.exp(model.next_log_probabilities([text, shuffled]))
        moved.append(np.abs(before - after).sum() / 2)
    learned, none, deeper = moved
    assert none < 1e-5
    assert learned > 100 * none and learned > 1e-3
    assert deeper > 100 * none and deeper > 1e-4


@pytest.mark.parametrize("seed", SEEDS)
def test_where_letters_stand_is_worth_more_than_a_bag_of_them(seed: int) -> None:
    """As long as the page trains, since positions are learned late; other sizes are smaller."""
    with_positions, without, _deeper = SHUFFLE
    learned, none = (
        trained(small(arm, seed, heads=4, width=48, context=24, steps=300))[1]
        for arm in (with_positions, without)
    )
    assert learned < none - 0.1


@pytest.mark.parametrize("seed", SEEDS)
def test_alibi_reads_on_where_learned_positions_were_never_trained(seed: int) -> None:
    rises, beyond = {}, {}
    for arm in LENGTH:
        if arm.name not in ("learned", "ALiBi"):
            continue
        sizes = {"heads": 2, "width": 32, "context": 64, "window": 16}
        spec = small(arm, seed, stories=400, steps=150, learning_rate=1e-2, **sizes)
        model, _, material = trained(spec)
        losses = loss_by_position(model, material.validation, 64)[0]
        beyond[arm.name] = losses[32:].mean()
        rises[arm.name] = beyond[arm.name] - losses[8:16].mean()
    assert beyond["ALiBi"] < beyond["learned"] - 0.1
    assert rises["ALiBi"] < rises["learned"]
