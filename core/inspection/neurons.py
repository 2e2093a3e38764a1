"""The MLP as a memory: what excites a hidden neuron, and which tokens it speaks for.

Geva et al. 2021 (section 2): neuron i of MLP(x) = φ(x W₁ + b₁) W₂ + b₂ has a key, its column of W₁,
which is compared with the input, and a value, its row of W₂, which is added to the stream as strongly
as the key fitted. Results hold NumPy arrays only.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from einops import rearrange
from numpy.typing import NDArray
from torch import Tensor, nn

from core.inspection.tap import tap
from core.models.neural import evaluating
from core.models.transformer import GPT, MLP, Block
from core.protocol import Tokens

Array = NDArray[np.float64]

_WINDOWS_AT_ONCE = 32


@dataclass(frozen=True, eq=False)
class Neuron:
    """One neuron over a text [n]: ``before`` φ, how well the input fits its key, and ``after`` φ, how
    strongly its value is added. ``promoted`` [v] is how much its value raises each token's logit, up
    to the division of the last norm, which is the same for all tokens."""

    before: Array
    after: Array
    promoted: Array


def neuron(gpt: nn.Module, tokens: Tokens, layer: int, number: int) -> Neuron:
    """Neuron ``number`` of a layer's MLP, over the tokens [n] read in windows of the model's context.

    Raises TypeError if ``gpt`` is no GPT with MLPs, IndexError if there is no such neuron, ValueError
    without tokens.
    """
    if not isinstance(gpt, GPT) or not gpt.spec.mlp:
        raise TypeError("only a GPT with MLPs has neurons")
    if not len(tokens):
        raise ValueError("there is no token to read")
    if not (0 <= layer < gpt.spec.layers and 0 <= number < 4 * gpt.spec.width):
        raise IndexError(f"no neuron {number} in layer {layer}")
    block = gpt.blocks[layer]
    assert isinstance(block, Block) and isinstance(block.mlp, MLP)
    mlp = block.mlp
    with evaluating(gpt):
        before = torch.cat(
            [_fit(gpt, block, mlp, windows, layer, number) for windows in _windows(gpt, tokens)]
        )
        return Neuron(
            before=_float64(before),
            after=_float64(mlp.activation(before)),
            promoted=_float64(_through_the_end(gpt, mlp.narrow.weight[:, number])),
        )


def _fit(gpt: GPT, block: Block, mlp: MLP, windows: Tensor, layer: int, number: int) -> Tensor:
    """Input · key + bias at each token of the windows [b t], as one row [b·t]."""
    place = f"blocks.{layer}.after_attention"
    with tap(gpt, place) as seen:
        gpt.features(windows)
    x = seen[place]
    if block.pre and block.mlp_norm is not None:
        x = block.mlp_norm(x)
    fit = x @ mlp.widen.weight[number] + mlp.widen.bias[number]
    return rearrange(fit, "b t -> (b t)")


def _through_the_end(gpt: GPT, value: Tensor) -> Tensor:
    """What a vector [d] in the stream adds to the logits [v] through the last norm's centring and γ;
    W U(γ · (value − mean)): all of LayerNorm but its division and β."""
    if isinstance(gpt.norm, nn.LayerNorm):
        value = (value - value.mean()) * gpt.norm.weight
    return gpt.unembed(value)


def _windows(gpt: GPT, tokens: Tokens) -> list[Tensor]:
    """The tokens as batches of whole windows [b t], then what is left over as a window of its own."""
    row = torch.from_numpy(np.asarray(tokens, dtype=np.int64)).to(gpt.tokens.weight.device)
    whole = len(row) // gpt.context * gpt.context
    batches = (
        list(torch.split(row[:whole].view(-1, gpt.context), _WINDOWS_AT_ONCE)) if whole else []
    )
    return [*batches, row[None, whole:]] if whole < len(row) else batches


def _float64(x: Tensor) -> Array:
    array: Array = x.detach().double().cpu().numpy()
    return array
