"""The networks in NumPy say what torch's say."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from core.models.recurrent import RecurrentLanguageModel
from core.spec.families.recurrent import RecurrentSpec
from core.worked.recurrent.recurrence import Recurrence


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
