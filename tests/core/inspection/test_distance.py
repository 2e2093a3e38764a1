"""Gradients that travel back: measured lengths, and what clipping makes of a step."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch.nn.functional import cross_entropy

from core.inspection.distance import (
    gradients_by_distance,
    step_with_and_without_clipping,
    untrained,
    with_recurrence_times,
)
from core.models.recurrent import RecurrentLanguageModel
from core.spec.families.recurrent import RecurrentSpec

CELLS = ("rnn", "lstm", "gru")


def network(cell: str, width: int = 12, layers: int = 1) -> RecurrentLanguageModel:
    torch.manual_seed(3)
    spec = RecurrentSpec.model_validate({"cell": cell, "width": width, "layers": layers})
    return RecurrentLanguageModel(spec, 9)


@pytest.fixture
def windows() -> np.ndarray:
    return np.random.default_rng(1).integers(0, 9, size=(6, 31))


@pytest.mark.parametrize("cell", CELLS)
def test_the_lengths_are_those_of_finite_differences(cell: str, windows: np.ndarray) -> None:
    """Of one window, by moving each number of a token vector a little."""
    model = network(cell, width=4).double()
    text = torch.from_numpy(windows[:1, :8])
    x = model.tokens(text[:, :-1]).detach()

    def loss(vectors: torch.Tensor) -> float:
        with torch.no_grad():
            states, _ = model.cell(vectors)
            return float(cross_entropy(model.unembed(states[:, -1]), text[:, -1]))

    measured = gradients_by_distance(model, windows[:1, :8])
    for back in (0, 3, 6):
        slopes = []
        for unit in range(4):
            moved = [x.clone() for _ in range(2)]
            for one, step in zip(moved, (1e-5, -1e-5), strict=True):
                one[0, 6 - back, unit] += step
            slopes.append((loss(moved[0]) - loss(moved[1])) / 2e-5)
        assert measured[back] == pytest.approx(np.linalg.norm(slopes), rel=1e-5)


@pytest.mark.parametrize("cell", CELLS)
def test_a_larger_u_carries_more_back(cell: str, windows: np.ndarray) -> None:
    small, large = (
        gradients_by_distance(with_recurrence_times(network(cell), times), windows)
        for times in (0.5, 6.0)
    )
    assert small.shape == large.shape == (30,)
    assert small[25] / small[0] < 1e-3 * large[25] / large[0]


@pytest.mark.parametrize("seed", range(5))
def test_an_rnn_explodes_once_u_stretches_enough(seed: int, windows: np.ndarray) -> None:
    fresh = untrained(network("rnn", 32), seed)
    plain, larger = (
        gradients_by_distance(with_recurrence_times(fresh, times), windows) for times in (1.0, 5.0)
    )
    assert plain[25] < 1e-3 * plain[0]
    assert larger[25] > 5 * larger[0]


def test_u_is_multiplied_in_a_copy_only() -> None:
    for cell in CELLS:
        model = network(cell, layers=2)
        before = {name: value.clone() for name, value in model.state_dict().items()}
        copy = with_recurrence_times(model, 3.0)
        assert torch.allclose(copy.layer_weights(1)[1], 3 * model.layer_weights(1)[1])
        for name, value in model.state_dict().items():
            assert torch.equal(value, before[name])
            assert torch.equal(copy.state_dict()[name], value) == ("weight_hh" not in name)


def test_untrained_is_as_training_begins() -> None:
    torch.manual_seed(7)
    expected = RecurrentLanguageModel(RecurrentSpec(cell="gru", width=12), 9).state_dict()
    state = torch.get_rng_state()
    found = untrained(RecurrentLanguageModel(RecurrentSpec(cell="gru", width=12), 9), 7)
    assert all(torch.equal(expected[name], value) for name, value in found.state_dict().items())
    torch.set_rng_state(state)


def test_the_more_open_the_forget_gates_begin_the_more_arrives(windows: np.ndarray) -> None:
    """And an LSTM whose gates begin half open is no better than an RNN: about a half is left at each step."""
    model = RecurrentLanguageModel(RecurrentSpec(cell="lstm", width=32), 9)
    shares = []
    for bias in (-2.0, 0.0, 1.0, 3.0):
        lengths = gradients_by_distance(untrained(model, 1, bias), windows)
        shares.append(lengths[20] / lengths[0])
    assert shares == sorted(shares)
    assert shares[1] < 1e-3 and shares[3] > 0.1


def test_a_short_gradient_is_stepped_along_as_it_is(windows: np.ndarray) -> None:
    model = network("rnn")
    before = {name: value.clone() for name, value in model.state_dict().items()}
    step = step_with_and_without_clipping(model, windows, learning_rate=0.1, clip=1000)
    assert step.after == step.after_clipped < step.before
    assert all(torch.equal(before[name], value) for name, value in model.state_dict().items())


def test_clipping_saves_a_step_that_would_throw_the_weights_away(windows: np.ndarray) -> None:
    model = with_recurrence_times(network("rnn", 32), 8.0)
    with torch.no_grad():
        model.head.weight.mul_(30)
    step = step_with_and_without_clipping(model, windows, learning_rate=0.5, clip=0.1)
    assert step.norm > 50
    assert step.after > step.before + 5
    assert abs(step.after_clipped - step.before) < 1


@pytest.mark.parametrize("cell", CELLS)
def test_over_several_windows_the_length_is_the_mean_of_each_ones(
    cell: str, windows: np.ndarray
) -> None:
    model = network(cell)
    alone = [gradients_by_distance(model, windows[[row]]) for row in range(len(windows))]
    found = gradients_by_distance(model, windows)
    assert found == pytest.approx(np.mean(alone, axis=0), rel=1e-4)
