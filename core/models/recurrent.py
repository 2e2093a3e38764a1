"""Recurrent language models: one state that is carried from token to token."""

from __future__ import annotations

import warnings

import numpy as np
import torch
from einops import rearrange
from numpy.typing import NDArray
from torch import Tensor, nn

from core.models.network import Reader, TextNetwork, logits_array, token_row
from core.models.points import Point, any_tapped
from core.spec.families.recurrent import Cell, RecurrentSpec

# On a GPU cuDNN wants the weights of a layer in one piece of its own, and torch lays them so when a
# module is moved there. While they train they are views into the optimizer's one vector instead:
# flatten_parameters would take them out of it, and they would learn no more. So cuDNN gathers them at
# each call, which is right and costs a copy of half a megabyte, and need not be said each time.
warnings.filterwarnings("ignore", message="RNN module weights are not part of single contiguous")

State = Tensor | tuple[Tensor, Tensor]
"""What torch's layers carry on: h [l b d] of an RNN or a GRU, (h, c) of an LSTM."""

INITIAL_RANGE = 0.1
"""Token vectors and output weights begin uniform in ± this (Zaremba et al. 2014, section 4.1)."""


class RecurrentLanguageModel(TextNetwork):
    """Token vector → recurrent layers → logits (Mikolov et al. 2010; Zaremba et al. 2014):

        h_t = cell(x_t, h_{t-1}),   logits_t = W h_t + b

    Training runs torch's own layers. When one of the points is tapped, the same numbers are reckoned
    step by step from the formulas (see LSTMLayer, GRULayer and RNNLayer).

    Points, for each layer, all [b t d]: ``lstm.0.input_gate``, ``lstm.0.forget_gate``,
    ``lstm.0.output_gate``, ``lstm.0.candidate``, ``lstm.0.cell``, ``lstm.0.hidden``; or
    ``gru.0.reset_gate``, ``gru.0.update_gate``, ``gru.0.candidate``, ``gru.0.hidden``; or
    ``rnn.0.hidden`` alone. Besides these, ``embedded`` [b t d] and ``logits`` [b t v].

    With ``spec.cut`` training carries the state through the window as ever, but no gradient passes
    back beyond a multiple of so many tokens (truncated back-propagation through time, Williams and
    Peng 1990, "An efficient gradient-based algorithm for on-line training of recurrent networks").
    """

    def __init__(self, spec: RecurrentSpec, vocabulary_size: int) -> None:
        super().__init__()
        self.spec, self.vocabulary_size, self.context = spec, vocabulary_size, spec.context
        d = spec.width
        self.tokens = nn.Embedding(vocabulary_size, d)
        kind, layer = _LAYERS[spec.cell]
        between = spec.dropout if spec.layers > 1 else 0.0
        self.cell = kind(d, d, num_layers=spec.layers, batch_first=True, dropout=between)
        self.head = nn.Linear(d, vocabulary_size)
        self.dropout = nn.Dropout(spec.dropout)
        self.embedded, self.logits = Point(), Point()
        self.add_module(spec.cell, nn.ModuleList(layer() for _ in range(spec.layers)))
        self._initialise()

    def features(self, tokens: Tensor) -> Tensor:
        """The last layer's hidden state after each token, [b t d]."""
        if self.training and self.spec.cut is not None and self.spec.cut < tokens.shape[1]:
            return self._in_pieces(tokens, self.spec.cut)
        return self.carry(tokens, None)[0]

    def carry(self, tokens: Tensor, state: State | None) -> tuple[Tensor, State]:
        """Features [b t d], and the state to go on with, from a state (None: the beginning)."""
        x = self.embedded(self.dropout(self.tokens(tokens)))
        if any_tapped(*self.explained_points()):
            x, state = self._step_by_step(x, state)
        else:
            x, state = self.cell(x, state)
        return self.dropout(x), state

    def unembed(self, features: Tensor) -> Tensor:
        """Logits [… v] from features [… d]."""
        logits: Tensor = self.logits(self.head(features))
        return logits

    def reader(self) -> Reader:
        """The state is carried on from the first token, however long the text."""
        return _StateReader(self)

    def explained_points(self) -> list[Point]:
        """The points inside the recurrent layers."""
        layers = self.get_submodule(self.spec.cell)
        return [point for point in layers.modules() if isinstance(point, Point)]

    def layer_weights(self, layer: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """W [gd d] on the input, U [gd d] on the hidden state, and the bias [gd] of each; the LSTM's
        g = 4 gates stand in the order input, forget, candidate, output, the GRU's 3 in the order
        reset, update, candidate."""
        names = (
            f"weight_ih_l{layer}",
            f"weight_hh_l{layer}",
            f"bias_ih_l{layer}",
            f"bias_hh_l{layer}",
        )
        w, u, b_w, b_u = (self.cell.get_parameter(name) for name in names)
        return w, u, b_w, b_u

    def _in_pieces(self, tokens: Tensor, length: int) -> Tensor:
        """Features [b t d], the state handed on from piece to piece without its history."""
        state: State | None = None
        features = []
        for start in range(0, tokens.shape[1], length):
            read, state = self.carry(tokens[:, start : start + length], state)
            state = _without_history(state)
            features.append(read)
        return torch.cat(features, dim=1)

    def _step_by_step(self, x: Tensor, state: State | None) -> tuple[Tensor, State]:
        """What ``self.cell`` does, layer by layer and token by token."""
        beginning = x.new_zeros(self.spec.layers, len(x), self.spec.width)
        before = state if isinstance(state, tuple) else (beginning if state is None else state,)
        if state is None and self.spec.cell == "lstm":
            before = (beginning, beginning)
        after = []
        for layer, explained in enumerate(self.get_submodule(self.spec.cell).children()):
            if layer:
                x = self.dropout(x)
            x, *last = explained(x, *(part[layer] for part in before), self.layer_weights(layer))
            after.append(last)
        parts = [torch.stack(part) for part in zip(*after, strict=True)]
        return x, (parts[0], parts[1]) if self.spec.cell == "lstm" else parts[0]

    def _initialise(self) -> None:
        """Small tables, and an LSTM that at first remembers, unless its specification says otherwise:
        its forget gates' bias begins at 1 (Gers et al. 2000; Jozefowicz et al. 2015, section 3.2)."""
        nn.init.uniform_(self.tokens.weight, -INITIAL_RANGE, INITIAL_RANGE)
        nn.init.uniform_(self.head.weight, -INITIAL_RANGE, INITIAL_RANGE)
        nn.init.zeros_(self.head.bias)
        if self.spec.cell == "lstm":
            d = self.spec.width
            for layer in range(self.spec.layers):
                _, _, b_w, b_u = self.layer_weights(layer)
                with torch.no_grad():
                    b_w[d : 2 * d].fill_(self.spec.forget_bias)
                    b_u[d : 2 * d].zero_()


def _without_history(state: State) -> State:
    """The same numbers; no gradient passes back through them."""
    if isinstance(state, tuple):
        return state[0].detach(), state[1].detach()
    return state.detach()


class _StateReader:
    def __init__(self, model: RecurrentLanguageModel) -> None:
        self._model = model
        self._state: State | None = None

    @torch.inference_mode()
    def read(self, new: list[int]) -> NDArray[np.float64]:
        features, self._state = self._model.carry(token_row(new, self._model), self._state)
        return logits_array(self._model.unembed(features[0, -1]))


Weights = tuple[Tensor, Tensor, Tensor, Tensor]
"""W, U and their biases, as ``layer_weights`` gives them."""


class LSTMLayer(nn.Module):
    """One LSTM layer, gate by gate (Hochreiter and Schmidhuber 1997; forget gate: Gers et al. 2000):

        i = σ(W_i x_t + U_i h_{t-1} + b_i),     f and o likewise
        g = tanh(W_g x_t + U_g h_{t-1} + b_g)
        c_t = f ⊙ c_{t-1} + i ⊙ g,     h_t = o ⊙ tanh(c_t)

    Writers are given one step at a time, [b d]; readers all steps together, [b t d].
    """

    def __init__(self) -> None:
        super().__init__()
        self.input_gate, self.forget_gate, self.output_gate = Point(), Point(), Point()
        self.candidate, self.cell, self.hidden = Point(), Point(), Point()

    def forward(
        self, x: Tensor, h: Tensor, c: Tensor, weights: Weights
    ) -> tuple[Tensor, Tensor, Tensor]:
        """x [b t d], h and c [b d] → hidden states [b t d], the last h and c."""
        w, u, b_w, b_u = weights
        steps = []
        for x_t in x.unbind(dim=1):
            sums = rearrange(x_t @ w.T + b_w + h @ u.T + b_u, "b (gate d) -> gate b d", gate=4)
            i = self.input_gate.write(sums[0].sigmoid())
            f = self.forget_gate.write(sums[1].sigmoid())
            g = self.candidate.write(sums[2].tanh())
            o = self.output_gate.write(sums[3].sigmoid())
            c = self.cell.write(f * c + i * g)
            h = self.hidden.write(o * c.tanh())
            steps.append((i, f, o, g, c, h))
        gates = (self.input_gate, self.forget_gate, self.output_gate)
        points = (*gates, self.candidate, self.cell, self.hidden)
        for point, values in zip(points, zip(*steps, strict=True), strict=True):
            point.read(torch.stack(values, dim=1))
        return torch.stack([step[-1] for step in steps], dim=1), h, c


class GRULayer(nn.Module):
    """One layer of gated recurrent units (Cho et al. 2014, section 2.3), as torch has it:

        r = σ(W_r x_t + U_r h_{t-1} + b_r),     z likewise
        n = tanh(W_n x_t + b_n + r ⊙ (U_n h_{t-1} + b'_n))
        h_t = (1 - z) ⊙ n + z ⊙ h_{t-1}

    The paper has U_n (r ⊙ h_{t-1}) instead, and no biases. With the reset gate after the product, one
    product with U makes all three sums; cuDNN chose that, and torch with it.

    Writers are given one step at a time, [b d]; readers all steps together, [b t d].
    """

    def __init__(self) -> None:
        super().__init__()
        self.reset_gate, self.update_gate = Point(), Point()
        self.candidate, self.hidden = Point(), Point()

    def forward(self, x: Tensor, h: Tensor, weights: Weights) -> tuple[Tensor, Tensor]:
        """x [b t d], h [b d] → hidden states [b t d], the last h."""
        w, u, b_w, b_u = weights
        steps = []
        for x_t in x.unbind(dim=1):
            from_word = rearrange(x_t @ w.T + b_w, "b (gate d) -> gate b d", gate=3)
            from_state = rearrange(h @ u.T + b_u, "b (gate d) -> gate b d", gate=3)
            r = self.reset_gate.write((from_word[0] + from_state[0]).sigmoid())
            z = self.update_gate.write((from_word[1] + from_state[1]).sigmoid())
            n = self.candidate.write((from_word[2] + r * from_state[2]).tanh())
            h = self.hidden.write((1 - z) * n + z * h)
            steps.append((r, z, n, h))
        points = (self.reset_gate, self.update_gate, self.candidate, self.hidden)
        for point, values in zip(points, zip(*steps, strict=True), strict=True):
            point.read(torch.stack(values, dim=1))
        return torch.stack([step[-1] for step in steps], dim=1), h


class RNNLayer(nn.Module):
    """One layer of Elman's network (Elman 1990):  h_t = tanh(W x_t + U h_{t-1} + b).

    Writers are given one step at a time, [b d]; readers all steps together, [b t d].
    """

    def __init__(self) -> None:
        super().__init__()
        self.hidden = Point()

    def forward(self, x: Tensor, h: Tensor, weights: Weights) -> tuple[Tensor, Tensor]:
        """x [b t d], h [b d] → hidden states [b t d], the last h."""
        w, u, b_w, b_u = weights
        steps = []
        for x_t in x.unbind(dim=1):
            h = self.hidden.write((x_t @ w.T + b_w + h @ u.T + b_u).tanh())
            steps.append(h)
        hidden = torch.stack(steps, dim=1)
        self.hidden.read(hidden)
        return hidden, h


_LAYERS: dict[
    Cell,
    tuple[
        type[nn.RNN] | type[nn.GRU] | type[nn.LSTM],
        type[RNNLayer] | type[GRULayer] | type[LSTMLayer],
    ],
] = {
    "rnn": (nn.RNN, RNNLayer),
    "gru": (nn.GRU, GRULayer),
    "lstm": (nn.LSTM, LSTMLayer),
}
"""Of each cell torch's layer, and the same step by step."""
