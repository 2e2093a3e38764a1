"""What the units of a recurrent layer do on a text, read from the model. Results hold NumPy arrays only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Literal

import numpy as np
import torch
from einops import rearrange
from numpy.typing import NDArray
from torch import Tensor, nn

from core.inspection.tap import Seen, tap
from core.models.network import START
from core.models.neural import evaluating
from core.models.recurrent import RecurrentLanguageModel
from core.protocol import Tokens
from core.spec.families.recurrent import SUMS, Cell
from core.worked.recurrent.activity import ROWS, Activity
from core.worked.recurrent.cell import GATES, CellWeights, GateName
from core.worked.recurrent.unit import UnitNumbers

_STACKED: Mapping[Cell, tuple[GateName, ...]] = MappingProxyType(
    {
        "rnn": ("hidden",),
        "lstm": ("input", "forget", "candidate", "output"),
        "gru": ("reset", "update", "candidate"),
    }
)
"""How torch stacks the sums of a layer in one matrix."""

_STATES = ("candidate", "cell", "hidden")
"""Points with the name of what they hold; the others are gates, and say so."""


def activity(model: nn.Module, tokens: Tokens, layer: int = 0) -> Activity:
    """What each unit of a layer holds after each token: gates, candidate, cell and hidden state, [t d].

    Raises TypeError if the model is not recurrent, IndexError if there is no such layer, ValueError
    without tokens.
    """
    network = _recurrent(model, layer)
    cell = network.spec.cell
    seen = _read(network, tokens)
    return Activity(
        cell, {name: _single(seen[_point(cell, layer, name)][0]) for name in ROWS[cell]}
    )


def unit_numbers(
    model: nn.Module, tokens: Tokens, position: int, unit: int = 0, layer: int = 0
) -> UnitNumbers:
    """What one unit at one token is reckoned from, in float64: its weights and the states before.

    Raises what ``activity`` raises, and IndexError if there is no such position or unit.
    """
    network = _recurrent(model, layer)
    cell, width = network.spec.cell, network.spec.width
    if not (0 <= position < len(tokens) and 0 <= unit < width):
        raise IndexError(f"no unit {unit} at position {position}")
    seen = _read(network, tokens)
    below = "embedded" if layer == 0 else _point(cell, layer - 1, "hidden")
    hidden = seen[_point(cell, layer, "hidden")][0]
    before = hidden[position - 1] if position else torch.zeros_like(hidden[0])
    c_before = None
    if cell == "lstm":
        held = seen[_point(cell, layer, "cell")][0]
        c_before = np.array([float(held[position - 1, unit]) if position else 0.0])
    return UnitNumbers(
        cell=cell,
        unit=unit,
        weights=_weights(network, layer, unit),
        x=_double(seen[below][0, position]),
        h_before=_double(before),
        c_before=c_before,
    )


def states(
    model: nn.Module, texts: Sequence[Tokens], state: Literal["hidden", "cell"], layer: int = 0
) -> list[NDArray[np.float64]]:
    """The states [t d] of a layer over each of the texts, which are read each by itself.

    Raises what ``activity`` raises, and TypeError if an RNN or a GRU is asked for its cell.
    """
    network = _recurrent(model, layer)
    if state == "cell" and network.spec.cell != "lstm":
        raise TypeError("only an LSTM has a cell")
    longest = max(map(len, texts))
    # What fills up the shorter ones stands behind them and changes nothing before it.
    batch = np.full((len(texts), longest), START, dtype=np.int64)
    for row, text in zip(batch, texts, strict=True):
        row[: len(text)] = text
    point = _point(network.spec.cell, layer, state)
    with evaluating(network), tap(network, point) as seen:
        network.features(torch.from_numpy(batch).to(network.tokens.weight.device))
    return [_double(seen[point][i, : len(text)]) for i, text in enumerate(texts)]


def _weights(network: RecurrentLanguageModel, layer: int, unit: int) -> CellWeights:
    """One unit's, gate by gate in our order."""
    cell = network.spec.cell
    order = [_STACKED[cell].index(gate) for gate in GATES[cell]]
    w, u, b_w, b_u = (
        _double(rearrange(part, "(gate d) ... -> gate d ...", gate=SUMS[cell])[order, unit])
        for part in network.layer_weights(layer)
    )
    return CellWeights(w, u, b_w, b_u)


def _read(network: RecurrentLanguageModel, tokens: Tokens) -> Seen:
    """What every layer does over the tokens."""
    if not len(tokens):
        raise ValueError("there is no token to read")
    row = torch.from_numpy(np.asarray(tokens, dtype=np.int64))[None]
    with evaluating(network), tap(network, "embedded", f"{network.spec.cell}.*") as seen:
        network.features(row.to(network.tokens.weight.device))
    return seen


def _recurrent(model: nn.Module, layer: int) -> RecurrentLanguageModel:
    if not isinstance(model, RecurrentLanguageModel):
        raise TypeError("only a recurrent network carries a state")
    if not 0 <= layer < model.spec.layers:
        raise IndexError(f"no layer {layer}")
    return model


def _point(cell: Cell, layer: int, name: str) -> str:
    return f"{cell}.{layer}.{name if name in _STATES else f'{name}_gate'}"


def _single(x: Tensor) -> NDArray[np.float32]:
    array: NDArray[np.float32] = x.detach().cpu().numpy()
    return array


def _double(x: Tensor) -> NDArray[np.float64]:
    array: NDArray[np.float64] = x.detach().double().cpu().numpy()
    return array
