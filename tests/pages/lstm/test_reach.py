"""How far back a model reaches, in NumPy: as the real one predicts, and of one that is known."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from core.models.neural import NeuralLanguageModel
from core.models.recurrent import RecurrentLanguageModel
from core.spec.families.recurrent import RecurrentSpec
from core.worked.recurrent.recurrence import (
    Reach,
    Recurrence,
    average_reach,
    sentence_reach,
    total_variation,
)


@pytest.mark.parametrize("layers", [1, 2])
@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
def test_numpy_predicts_what_the_real_model_predicts(tmp_path, cell: str, layers: int) -> None:
    torch.manual_seed(3)
    module = RecurrentLanguageModel(
        RecurrentSpec(cell=cell, layers=layers, width=6, context=8), 11
    ).eval()
    save_file(module.state_dict(), tmp_path / "model.safetensors")
    tokens = np.array([[1, 4, 10, 0, 7], [2, 2, 3, 9, 5]])
    ours = Recurrence(tmp_path / "model.safetensors", cell, layers).next_probabilities(tokens)
    with torch.inference_mode():
        real = torch.softmax(module(torch.from_numpy(tokens))[:, -1].double(), dim=-1).numpy()
    np.testing.assert_allclose(ours, real, atol=1e-6)
    assert NeuralLanguageModel(module).context == 8


class _LooksBack:
    """A model whose prediction is the token three back, and nothing else."""

    def next_probabilities(self, tokens):
        return np.eye(5)[tokens[:, -3]]


def test_the_reach_of_a_model_that_looks_three_back() -> None:
    held_out = np.tile([0, 1, 2, 3, 4, 2, 1], 40)
    reach = average_reach(_LooksBack(), held_out)
    moved = dict(zip(reach.distances, reach.moved, strict=True))
    assert moved.pop(3) == 1.0
    assert set(moved.values()) == {0.0}
    bars = sentence_reach(_LooksBack(), np.array([0, 1, 2, 3, 4]), held_out)
    assert bars.tolist() == [0, 0, 1, 0, 0]


def test_total_variation_and_fading() -> None:
    p, q = np.array([0.5, 0.5, 0.0]), np.array([0.25, 0.25, 0.5])
    assert total_variation(p, q) == 0.5
    assert Reach((1, 2, 4), (0.8, 0.05, 0.2), 9).faded(0.1) is None
    assert Reach((1, 2, 4), (0.8, 0.05, 0.01), 9).faded(0.1) == 2
