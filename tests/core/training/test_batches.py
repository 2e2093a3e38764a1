from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from core.errors import LearnerError
from core.training.batches import TextWindows, hidden, offsets

CPU = torch.device("cpu")


@given(st.integers(0, 2**31 - 1), st.integers(1, 20_000), st.integers(1, 64), st.integers(1, 9999))
def test_offsets_depend_on_seed_and_step_alone(
    seed: int, step: int, batch: int, positions: int
) -> None:
    first = offsets(seed, step, batch, positions)
    np.random.default_rng(0).random(7)
    assert np.array_equal(first, offsets(seed, step, batch, positions))
    assert first.shape == (batch,)
    assert first.min() >= 0 and first.max() < positions


def test_steps_and_seeds_differ() -> None:
    one = offsets(1, 1, 32, 10_000)
    assert not np.array_equal(one, offsets(1, 2, 32, 10_000))
    assert not np.array_equal(one, offsets(2, 1, 32, 10_000))


def test_targets_follow_inputs_and_every_window_can_come() -> None:
    batches = TextWindows(np.arange(10), context=7, batch=8, seed=3, device=CPU)
    starts: set[int] = set()
    for step in range(1, 30):
        inputs, targets = batches.at(step)
        assert inputs.shape == targets.shape == (8, 7)
        assert torch.equal(inputs + 1, targets)
        starts |= set(inputs[:, 0].tolist())
    assert starts == {0, 1, 2}


def test_a_text_of_one_window_suffices_and_a_shorter_one_is_refused() -> None:
    inputs, _ = TextWindows(np.arange(8), 7, 2, 1, CPU).at(1)
    assert inputs[:, 0].tolist() == [0, 0]
    with pytest.raises(LearnerError, match=r"only 7 tokens .* context of 7 needs at least 8"):
        TextWindows(np.arange(7), 7, 2, 1, CPU)


@given(st.integers(0, 2**31 - 1), st.integers(1, 20_000), st.sampled_from([0.0, 0.01, 0.5]))
def test_some_inputs_are_hidden_and_nothing_else_changes(
    seed: int, step: int, share: float
) -> None:
    text = np.arange(1, 200)
    plain = TextWindows(text, 16, 8, seed, CPU).at(step)
    noisy = TextWindows(text, 16, 8, seed, CPU, unknown=share).at(step)
    assert torch.equal(plain[1], noisy[1]), "what is predicted is the text as it is"
    lost = torch.from_numpy(hidden(seed, step, (8, 16), share))
    assert torch.equal(noisy[0], plain[0].masked_fill(lost, 0))
    later = TextWindows(text, 16, 8, seed, CPU, unknown=share, unknown_from=step + 1)
    assert torch.equal(later.at(step)[0], plain[0])
    assert torch.equal(
        later.at(step + 1)[0] == 0, torch.from_numpy(hidden(seed, step + 1, (8, 16), share))
    )


def test_the_share_is_what_is_hidden() -> None:
    lost = np.mean([hidden(3, step, (16, 64), 0.02).mean() for step in range(200)])
    assert lost == pytest.approx(0.02, rel=0.05)
