"""One step of each cell by hand: torch's numbers, and arithmetic that is true as printed."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from core.spec.families.recurrent import SUMS
from core.worked.cell_arithmetic import ArithmeticStyle
from core.worked.formula import latex, mathml
from core.worked.recurrent.cell import GATES, CellWeights, reckon, unroll
from core.worked.recurrent.cell_step import StepStage, step_stages

TORCH = {"rnn": torch.nn.RNNCell, "lstm": torch.nn.LSTMCell, "gru": torch.nn.GRUCell}
STACKED = {
    "rnn": ("hidden",),
    "lstm": ("input", "forget", "candidate", "output"),
    "gru": ("reset", "update", "candidate"),
}
CELLS = tuple(TORCH)


def torchs(cell: str, d: int, n: int, seed: int) -> tuple[torch.nn.Module, CellWeights]:
    """Torch's own cell, and its weights in our order."""
    torch.manual_seed(seed)
    module = TORCH[cell](d, n).double()
    order = [STACKED[cell].index(gate) for gate in GATES[cell]]
    parts = [
        part.detach().numpy().reshape(len(order), n, -1)[order].reshape(len(order) * n, -1)
        for part in (module.weight_ih, module.weight_hh, module.bias_ih, module.bias_hh)
    ]
    return module, CellWeights(parts[0], parts[1], parts[2][:, 0], parts[3][:, 0])


@given(st.sampled_from(CELLS), st.integers(1, 5), st.integers(1, 5), st.integers(0, 99))
def test_a_step_is_torchs(cell: str, d: int, n: int, seed: int) -> None:
    module, weights = torchs(cell, d, n, seed)
    x, h, c = torch.randn(d).double(), torch.randn(n).double(), torch.randn(n).double()
    with torch.no_grad():
        after = module(x[None], (h[None], c[None]) if cell == "lstm" else h[None])
    values = reckon(cell, weights, x.numpy(), h.numpy(), c.numpy() if cell == "lstm" else None)
    hidden = after[0] if cell == "lstm" else after
    np.testing.assert_allclose(values.hidden, hidden[0].numpy(), atol=1e-6, rtol=0)
    if cell == "lstm":
        np.testing.assert_allclose(values.cell, after[1][0].numpy(), atol=1e-6, rtol=0)


@pytest.mark.parametrize("cell", CELLS)
def test_unrolled_it_is_torchs_layer(cell: str) -> None:
    torch.manual_seed(1)
    layer = {"rnn": torch.nn.RNN, "lstm": torch.nn.LSTM, "gru": torch.nn.GRU}[cell](3, 4).double()
    module, weights = torchs(cell, 3, 4, 2)
    for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh"):
        getattr(layer, f"{name}_l0").data.copy_(getattr(module, name).data)
    xs = torch.randn(7, 3).double()
    with torch.no_grad():
        expected = layer(xs)[0].numpy()
    found = np.stack([step.hidden for step in unroll(cell, weights, xs.numpy())])
    np.testing.assert_allclose(found, expected, atol=1e-6, rtol=0)


@pytest.mark.parametrize("cell", CELLS)
def test_one_unit_alone_is_the_same_unit_among_all(cell: str) -> None:
    _, weights = torchs(cell, 3, 4, 5)
    rng = np.random.default_rng(0)
    x, h, c = rng.normal(size=3), rng.normal(size=4), rng.normal(size=4)
    every = step_stages(cell, weights, x, h, c if cell == "lstm" else None)
    rows = [gate * 4 + 2 for gate in range(SUMS[cell])]
    one = CellWeights(weights.w[rows], weights.u[rows], weights.b_w[rows], weights.b_u[rows])
    alone = step_stages(cell, one, x, h, c[2:3] if cell == "lstm" else None, units=(2,))
    assert [stage.name for stage in alone] == [stage.name for stage in every]
    assert alone[-1].matrix[0, 0] == pytest.approx(every[-1].matrix[2, 0])
    assert alone[-1].rows == ("2",)


def stages_of(cell: str, *, biases: int, n: int = 2) -> tuple[StepStage, ...]:
    _, weights = torchs(cell, 3, n, 8)
    if biases == 1:
        weights = CellWeights(weights.w, weights.u, weights.b_w)
    rng = np.random.default_rng(4)
    c = rng.normal(size=n) if cell == "lstm" else None
    return step_stages(cell, weights, rng.normal(size=3), rng.normal(size=n), c)


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("biases", [1, 2])
def test_every_cell_is_made_of_what_stands_before_it(cell: str, biases: int) -> None:
    seen: dict[str, StepStage] = {}
    for stage in stages_of(cell, biases=biases):
        assert stage.matrix.shape == (len(stage.rows), len(stage.columns))
        assert (stage.lines is None) == (not stage.sources) == (stage.formula is None)
        for source in stage.sources:
            before = seen[source.matrix]
            if source.rows != "all":
                assert len(source.rows) >= len(stage.rows)
                assert max(source.rows) < len(before.rows)
        seen[stage.name] = stage
    assert ("b_u" in seen) == (biases == 2)
    assert stage.name == "hidden"
    used = {source.matrix for stage in seen.values() for source in stage.sources}
    assert set(seen) - used == {"hidden"}, "what nothing is made of needs no place in the picture"


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("decimals", [2, 4])
@pytest.mark.parametrize("biases", [1, 2])
def test_the_arithmetic_of_every_cell_is_true_as_printed(
    cell: str, decimals: int, biases: int
) -> None:
    style = ArithmeticStyle(decimals=decimals)
    for stage in stages_of(cell, biases=biases):
        if stage.lines is None:
            continue
        for row in range(len(stage.rows)):
            lines = stage.lines(row, 0, style)
            assert lines[-1].value == pytest.approx(stage.matrix[row, 0], abs=1e-12)
            for line in lines:
                assert line.kind
                left, right = re.split(r" = (?=[-\d.]+$)| \\approx ", line.latex)
                assert abs(evaluate(left) - float(right)) <= 0.51 * 10**-decimals
                assert float(right) == pytest.approx(line.value, abs=0.51 * 10**-decimals)


def evaluate(written: str) -> float:
    text = written.replace(r"\cdot", "*").replace(r"\tanh", "math.tanh")
    text = re.sub(r"\\sigma\((.*)\)", r"1/(1+math.exp(-(\1)))", text)
    assert "\\" not in text, written
    return float(eval(text, {"math": math}))


@pytest.mark.parametrize("cell", CELLS)
def test_formulas_are_written_for_paper_and_for_browsers(cell: str) -> None:
    written = " ".join(
        latex(stage.formula) for stage in stages_of(cell, biases=2) if stage.formula is not None
    )
    assert r"\tanh" in written and "⊙" not in written and "σ" not in written
    for stage in stages_of(cell, biases=2):
        assert mathml(stage.symbol).startswith("<m")


def test_shapes_that_do_not_fit_are_an_error() -> None:
    _, weights = torchs("lstm", 3, 2, 0)
    x, h, c = np.zeros(3), np.zeros(2), np.zeros(2)
    reckon("lstm", weights, x, h, c)
    for arguments in (
        ("lstm", weights, x, h, None),
        ("lstm", weights, x[:2], h, c),
        ("lstm", weights, x, np.zeros(3), c),
        ("gru", weights, x, h, None),
        ("rnn", weights, x, h, None, (0,)),
    ):
        with pytest.raises(ValueError, match="do not fit"):
            reckon(*arguments)
