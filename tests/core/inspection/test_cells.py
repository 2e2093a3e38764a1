"""What units do, read from a network of each cell, and one unit's step in its own numbers."""

from __future__ import annotations

import pickle
import subprocess
import sys

import numpy as np
import pytest
import torch

from core.inspection.cells import activity, states, unit_numbers
from core.models.recurrent import RecurrentLanguageModel
from core.models.transformer import GPT
from core.spec.families.gpt import GPTSpec
from core.spec.families.recurrent import RecurrentSpec
from core.worked.recurrent.activity import ROWS
from core.worked.recurrent.cell import GATES

TOKENS = np.array([3, 1, 4, 1, 5])
CELLS = ("rnn", "lstm", "gru")


def network(cell: str, width: int = 6, layers: int = 2) -> RecurrentLanguageModel:
    torch.manual_seed(3)
    spec = RecurrentSpec.model_validate(
        {"cell": cell, "width": width, "layers": layers, "dropout": 0.5}
    )
    return RecurrentLanguageModel(spec, 12)


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("layer", [0, 1])
def test_what_units_do_ends_in_torchs_hidden_state(cell: str, layer: int) -> None:
    model = network(cell)
    found = activity(model, TOKENS, layer)
    assert model.training
    assert (found.cell, tuple(found.rows)) == (cell, ROWS[cell])
    assert all(row.shape == (5, 6) for row in found.rows.values())
    for name in {"forget", "input", "output", "reset", "update"} & set(found.rows):
        assert (found.rows[name] > 0).all() and (found.rows[name] < 1).all()
    if layer == 1:
        with torch.no_grad():
            features = model.eval().features(torch.from_numpy(TOKENS)[None])[0]
        np.testing.assert_allclose(found.rows["hidden"], features.numpy(), atol=1e-6)


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("position", [0, 4])
@pytest.mark.parametrize("layer", [0, 1])
def test_a_step_reckons_the_models_own_numbers(cell: str, position: int, layer: int) -> None:
    model = network(cell)
    found = activity(model, TOKENS, layer)
    for unit in range(6):
        numbers = unit_numbers(model, TOKENS, position, unit, layer)
        stages = {stage.name: stage.matrix[:, 0] for stage in numbers.stages()}
        for name in ("hidden", "cell", "candidate"):
            if name in found.rows:
                expected = found.rows[name][position, unit]
                assert stages[name] == pytest.approx([expected], abs=1e-6)
        if cell != "rnn":
            gates = [found.rows[name][position, unit] for name in GATES[cell][:-1]]
            assert stages["gates"] == pytest.approx(gates, abs=1e-6)
        assert (numbers.h_before == 0).all() == (position == 0)
        assert (numbers.c_before is not None) == (cell == "lstm")


@pytest.mark.parametrize("cell", CELLS)
def test_states_of_texts_of_many_lengths_are_those_of_each_alone(cell: str) -> None:
    model = network(cell)
    texts = [TOKENS, TOKENS[:2], TOKENS[3:]]
    for state in ("hidden", "cell") if cell == "lstm" else ("hidden",):
        for text, found in zip(texts, states(model, texts, state, 1), strict=True):
            alone = activity(model, text, 1).rows[state]
            np.testing.assert_allclose(found, alone, atol=1e-6)


def test_answers_cross_to_a_process_without_torch() -> None:
    sent = pickle.dumps((activity(network("gru"), TOKENS), unit_numbers(network("gru"), TOKENS, 2)))
    code = (
        "import pickle, sys; found, numbers = pickle.load(sys.stdin.buffer);"
        "stages = numbers.stages(); assert 'torch' not in sys.modules;"
        "print(stages[-1].matrix[0, 0])"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], input=sent, capture_output=True, check=True
    )
    expected = activity(network("gru"), TOKENS).rows["hidden"][2, 0]
    assert float(answer.stdout) == pytest.approx(expected, abs=1e-6)


def test_what_is_not_there_is_an_error() -> None:
    with pytest.raises(TypeError, match="only a recurrent network"):
        activity(GPT(GPTSpec(), 12), TOKENS)
    for cell in ("rnn", "gru"):
        with pytest.raises(TypeError, match="only an LSTM has a cell"):
            states(network(cell), [TOKENS], "cell")
    with pytest.raises(IndexError, match="no layer 2"):
        activity(network("lstm"), TOKENS, 2)
    with pytest.raises(IndexError, match="no unit 6 at position 0"):
        unit_numbers(network("lstm"), TOKENS, 0, 6)
    with pytest.raises(IndexError, match="position 5"):
        unit_numbers(network("rnn"), TOKENS, 5)
    with pytest.raises(ValueError, match="no token"):
        activity(network("rnn"), TOKENS[:0])
