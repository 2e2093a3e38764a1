"""The networks in NumPy say what torch's say, and how far back one reaches is found where it is known."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from core.models.recurrent import RecurrentLanguageModel
from core.spec.families.recurrent import RecurrentSpec
from core.worked.recurrent.recurrence import (
    Reach,
    Recurrence,
    average_reach,
    sentence_reach,
    total_variation,
)


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
@pytest.mark.parametrize("layers", [1, 2])
def test_what_comes_next_is_torchs(cell: str, layers: int, tmp_path: Path) -> None:
    torch.manual_seed(4)
    spec = RecurrentSpec.model_validate({"cell": cell, "layers": layers, "width": 8})
    module = RecurrentLanguageModel(spec, 11).eval()
    path = tmp_path / "model.safetensors"
    save_file(module.state_dict(), path)
    tokens = torch.randint(11, (5, 30))
    with torch.no_grad():
        expected = module(tokens)[:, -1].double().softmax(dim=-1).numpy()
    found = Recurrence(path, cell, layers).next_probabilities(tokens.numpy())
    np.testing.assert_allclose(found, expected, atol=1e-6)


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
