"""Gates read from an LSTM, and one unit's arithmetic in its own numbers."""

import math
import pickle
import re
import subprocess
import sys

import numpy as np
import pytest
import torch

from core.inspection.gates import lstm_gates, lstm_step
from core.models.recurrent import RecurrentLanguageModel
from core.models.transformer import GPT
from core.spec.families.gpt import GPTSpec
from core.spec.families.recurrent import RecurrentSpec
from core.worked.recurrent.gate_step import GATES, step_arithmetic

TOKENS = np.array([3, 1, 4, 1, 5])


def lstm(width: int = 6, layers: int = 2, cell: str = "lstm") -> RecurrentLanguageModel:
    torch.manual_seed(3)
    spec = RecurrentSpec.model_validate(
        {"cell": cell, "width": width, "layers": layers, "dropout": 0.5}
    )
    return RecurrentLanguageModel(spec, 12)


@pytest.mark.parametrize("layer", [0, 1])
def test_gates_fit_together_and_end_in_torchs_hidden_state(layer: int) -> None:
    model = lstm()
    gates = lstm_gates(model, TOKENS, layer)
    assert model.training
    before = np.vstack([np.zeros(6), gates.cell[:-1]])
    cell = gates.forget * before + gates.input * gates.candidate
    np.testing.assert_allclose(gates.cell, cell, atol=1e-6)
    np.testing.assert_allclose(gates.hidden, gates.output * np.tanh(gates.cell), atol=1e-6)
    for gate in (gates.forget, gates.input, gates.output):
        assert gate.shape == (5, 6) and (gate > 0).all() and (gate < 1).all()
    if layer == 1:
        with torch.no_grad():
            features = model.eval().features(torch.from_numpy(TOKENS)[None])[0]
        np.testing.assert_allclose(gates.hidden, features.numpy(), atol=1e-6)


@pytest.mark.parametrize("position", [0, 4])
@pytest.mark.parametrize("layer", [0, 1])
def test_a_step_reckons_the_models_own_numbers(position: int, layer: int) -> None:
    model = lstm()
    gates = lstm_gates(model, TOKENS, layer)
    for unit in range(6):
        step = lstm_step(model, TOKENS, position, unit, layer)
        for name in GATES:
            gate = step.gates[name]
            assert gate.value == pytest.approx(getattr(gates, name)[position, unit], abs=1e-6)
            total = gate.input_sum + gate.recurrent_sum + gate.input_bias + gate.recurrent_bias
            assert gate.pre_activation == pytest.approx(total)
            assert gate.input_sum == pytest.approx(math.fsum(gate.input_weights * step.x))
            assert gate.recurrent_sum == pytest.approx(
                math.fsum(gate.recurrent_weights * step.h_before)
            )
        assert step.cell == pytest.approx(gates.cell[position, unit], abs=1e-6)
        assert step.hidden == pytest.approx(gates.hidden[position, unit], abs=1e-6)
        assert step.tanh_cell == pytest.approx(math.tanh(step.cell))
        assert (step.cell_before == 0) == (position == 0)


def evaluate(latex: str) -> float:
    text = re.sub(r"^[a-z] = ", "", latex)
    text = re.sub(r"\\tanh\((.*)\)", r"math.tanh(\1)", text).replace(r"\cdot", "*")
    text = re.sub(r"\\sigma\((.*)\)", r"1/(1+math.exp(-(\1)))", text)
    assert "\\" not in text, latex
    return float(eval(text, {"math": math}))


@pytest.mark.parametrize("width", [4, 8, 12])
@pytest.mark.parametrize("decimals", [2, 4])
def test_the_steps_lines_are_true_as_printed(width: int, decimals: int) -> None:
    model = lstm(width, 1)
    for unit in range(width):
        step = lstm_step(model, TOKENS, 3, unit)
        last = {name: step.gates[name].value for name in GATES}
        last |= {"cell": step.cell, "hidden": step.hidden}
        for what, value in last.items():
            lines = step_arithmetic(step, what, decimals)
            assert lines[-1].value == value
            assert len(lines) == {"cell": 1, "hidden": 2}.get(what, 4 if width <= 8 else 2)
            for line in lines:
                left, right = re.split(r" = (?=[-\d.]+$)| \\approx ", line.latex)
                assert abs(evaluate(left) - float(right)) <= 0.51 * 10**-decimals
                assert float(right) == pytest.approx(line.value, abs=0.51 * 10**-decimals)


def test_answers_cross_to_a_process_without_torch() -> None:
    step = lstm_step(lstm(), TOKENS, 2)
    gates = lstm_gates(lstm(), TOKENS)
    code = (
        "import pickle, sys; step, gates = pickle.load(sys.stdin.buffer);"
        "assert 'torch' not in sys.modules; print(step.hidden)"
    )
    sent = pickle.dumps((step, gates))
    answer = subprocess.run(
        [sys.executable, "-c", code], input=sent, capture_output=True, check=True
    )
    assert float(answer.stdout) == step.hidden


def test_only_an_lstm_has_gates() -> None:
    for other in (lstm(cell="rnn"), GPT(GPTSpec(), 12)):
        with pytest.raises(TypeError, match="only an LSTM"):
            lstm_gates(other, TOKENS)
    with pytest.raises(IndexError, match="no layer 2"):
        lstm_gates(lstm(), TOKENS, 2)
    with pytest.raises(IndexError, match="no unit 6 at position 0"):
        lstm_step(lstm(), TOKENS, 0, 6)
    with pytest.raises(IndexError, match="position 5"):
        lstm_step(lstm(), TOKENS, 5)
    with pytest.raises(ValueError, match="no token"):
        lstm_gates(lstm(), TOKENS[:0])
