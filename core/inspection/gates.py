"""An LSTM's gates on a text, read from the model. Results hold NumPy arrays only."""

from __future__ import annotations

import numpy as np
import torch
from einops import rearrange
from numpy.typing import NDArray
from torch import nn

from core.inspection.tap import Seen, tap
from core.models.neural import evaluating
from core.models.recurrent import RecurrentLanguageModel
from core.protocol import Tokens
from core.worked.recurrent.gate_step import GateName, LSTMGates, StepTrace, unit_step

_ORDER: tuple[GateName, ...] = ("input", "forget", "candidate", "output")
"""How torch stacks them in one matrix."""


def lstm_gates(model: nn.Module, tokens: Tokens, layer: int = 0) -> LSTMGates:
    """What a layer's gates, candidate, cell and hidden state are at each token, each [t d].

    Raises TypeError if the model is no LSTM, IndexError if there is no such layer, ValueError
    without tokens.
    """
    seen = _read(_lstm(model, layer), tokens)

    def values(name: str) -> NDArray[np.float32]:
        array: NDArray[np.float32] = seen[f"lstm.{layer}.{name}"][0].cpu().numpy()
        return array

    return LSTMGates(
        forget=values("forget_gate"),
        input=values("input_gate"),
        output=values("output_gate"),
        candidate=values("candidate"),
        cell=values("cell"),
        hidden=values("hidden"),
    )


def lstm_step(
    model: nn.Module, tokens: Tokens, position: int, unit: int = 0, layer: int = 0
) -> StepTrace:
    """One unit at one token, recomputed in float64 from the model's own weights and states.

    Raises what lstm_gates raises, and IndexError if there is no such position or unit.
    """
    lstm = _lstm(model, layer)
    if not (0 <= position < len(tokens) and 0 <= unit < lstm.spec.width):
        raise IndexError(f"no unit {unit} at position {position}")
    seen = _read(lstm, tokens)
    below = "embedded" if layer == 0 else f"lstm.{layer - 1}.hidden"
    nothing = torch.zeros(lstm.spec.width)
    hidden, cell = (seen[f"lstm.{layer}.{name}"][0] for name in ("hidden", "cell"))
    w, u, b_w, b_u = (
        rearrange(_float64(part), "(gate d) ... -> gate d ...", gate=4)
        for part in lstm.layer_weights(layer)
    )
    return unit_step(
        x=_float64(seen[below][0, position]),
        h_before=_float64(hidden[position - 1] if position else nothing),
        cell_before=float(cell[position - 1, unit]) if position else 0.0,
        weights={
            name: (w[g, unit], u[g, unit], float(b_w[g, unit]), float(b_u[g, unit]))
            for g, name in enumerate(_ORDER)
        },
        layer=layer,
        position=position,
        unit=unit,
    )


def _read(lstm: RecurrentLanguageModel, tokens: Tokens) -> Seen:
    """What every layer does over the tokens."""
    if not len(tokens):
        raise ValueError("there is no token to read")
    row = torch.from_numpy(np.asarray(tokens, dtype=np.int64))[None]
    with evaluating(lstm), tap(lstm, "embedded", "lstm.*") as seen:
        lstm.features(row.to(lstm.tokens.weight.device))
    return seen


def _lstm(model: nn.Module, layer: int) -> RecurrentLanguageModel:
    if not isinstance(model, RecurrentLanguageModel) or model.spec.cell != "lstm":
        raise TypeError("only an LSTM has gates")
    if not 0 <= layer < model.spec.layers:
        raise IndexError(f"no layer {layer}")
    return model


def _float64(x: torch.Tensor) -> NDArray[np.float64]:
    array: NDArray[np.float64] = x.detach().double().cpu().numpy()
    return array
