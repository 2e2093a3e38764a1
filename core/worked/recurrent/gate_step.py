r"""An LSTM's gates over a text, and one unit's step number by number. NumPy only.

The tensors come from ``core.inspection.gates``; pages read them without torch.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.worked.arithmetic import ArithmeticLine, add, arithmetic_line, bracketed, dot

GateName = Literal["input", "forget", "output", "candidate"]
GATES: tuple[GateName, ...] = ("forget", "input", "candidate", "output")
"""In the order in which they are reckoned with."""

SYMBOLS: dict[GateName, str] = {"forget": "f", "input": "i", "candidate": "g", "output": "o"}


@dataclass(frozen=True, eq=False)
class LSTMGates:
    """What one layer did at each token, each [t d]: gates from 0 to 1, candidate and hidden state
    from -1 to 1, and the cell."""

    forget: NDArray[np.float32]
    input: NDArray[np.float32]
    output: NDArray[np.float32]
    candidate: NDArray[np.float32]
    cell: NDArray[np.float32]
    hidden: NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class GateSum:
    """One gate of one unit, in float64: the value is σ, or tanh for the candidate, of

        w · x + u · h + b_w + b_u

    with ``input_sum`` = w · x, ``recurrent_sum`` = u · h and ``pre_activation`` the whole.
    """

    name: GateName
    input_weights: NDArray[np.float64]
    recurrent_weights: NDArray[np.float64]
    input_sum: float
    recurrent_sum: float
    input_bias: float
    recurrent_bias: float
    pre_activation: float
    value: float


@dataclass(frozen=True, eq=False)
class StepTrace:
    """One unit of an LSTM layer at one token, in float64.

    ``x`` [d] is the layer's input, ``h_before`` [d] its hidden state after the token before, and the
    rest are this unit's own numbers:  cell = forget · cell_before + input · candidate  and
    hidden = output · tanh(cell).
    """

    layer: int
    position: int
    unit: int
    x: NDArray[np.float64]
    h_before: NDArray[np.float64]
    cell_before: float
    gates: dict[GateName, GateSum]
    cell: float
    tanh_cell: float
    hidden: float


def unit_step(
    x: NDArray[np.float64],
    h_before: NDArray[np.float64],
    cell_before: float,
    weights: dict[GateName, tuple[NDArray[np.float64], NDArray[np.float64], float, float]],
    *,
    layer: int = 0,
    position: int = 0,
    unit: int = 0,
) -> StepTrace:
    """Reckon one unit's step from its weights: gate → (w [d], u [d], b_w, b_u)."""
    gates = {}
    for name, (w, u, b_w, b_u) in weights.items():
        from_input, from_hidden = float(w @ x), float(u @ h_before)
        total = from_input + from_hidden + b_w + b_u
        value = math.tanh(total) if name == "candidate" else 1 / (1 + math.exp(-total))
        gates[name] = GateSum(name, w, u, from_input, from_hidden, b_w, b_u, total, value)
    kept = gates["forget"].value * cell_before
    cell = kept + gates["input"].value * gates["candidate"].value
    squashed = math.tanh(cell)
    hidden = gates["output"].value * squashed
    return StepTrace(layer, position, unit, x, h_before, cell_before, gates, cell, squashed, hidden)


def step_arithmetic(
    step: StepTrace, what: GateName | Literal["cell", "hidden"], decimals: int = 3
) -> list[ArithmeticLine]:
    """A gate, the cell or the hidden state of the unit, line by line with its numbers.

    A gate: input sum, recurrent sum, both with the biases, and what σ or tanh makes of it. The first
    two come term by term only for layers of width 8 at most.
    """
    gates = step.gates
    if what == "cell":
        operands = [
            gates["forget"].value, step.cell_before, gates["input"].value, gates["candidate"].value,
        ]  # fmt: skip
        return [
            arithmetic_line(
                operands,
                lambda n: rf"c = {n[0]} \cdot {bracketed(n[1])} + {n[2]} \cdot {bracketed(n[3])}",
                lambda n: n[0] * n[1] + n[2] * n[3], step.cell, decimals,
            )
        ]  # fmt: skip
    if what == "hidden":
        return [
            arithmetic_line(
                [step.cell], lambda n: rf"\tanh({n[0]})", lambda n: math.tanh(n[0]),
                step.tanh_cell, decimals,
            ),
            arithmetic_line(
                [gates["output"].value, step.tanh_cell],
                lambda n: rf"h = {n[0]} \cdot {bracketed(n[1])}",
                lambda n: n[0] * n[1], step.hidden, decimals,
            ),
        ]  # fmt: skip
    gate = gates[what]
    lines = []
    if len(step.x) <= 8:
        lines += dot(gate.input_weights, step.x, gate.input_sum, decimals)[:1]
        lines += dot(gate.recurrent_weights, step.h_before, gate.recurrent_sum, decimals)[:1]
    terms = [gate.input_sum, gate.recurrent_sum, gate.input_bias, gate.recurrent_bias]
    return [*lines, add(terms, gate.pre_activation, decimals), _activation(gate, decimals)]


def _activation(gate: GateSum, decimals: int) -> ArithmeticLine:
    symbol = SYMBOLS[gate.name]
    if gate.name == "candidate":
        return arithmetic_line(
            [gate.pre_activation], lambda n: rf"{symbol} = \tanh({n[0]})",
            lambda n: math.tanh(n[0]), gate.value, decimals,
        )  # fmt: skip
    return arithmetic_line(
        [gate.pre_activation], lambda n: rf"{symbol} = \sigma({n[0]})",
        lambda n: 1 / (1 + math.exp(-n[0])), gate.value, decimals,
    )  # fmt: skip
