"""What each part of a GPT adds to the vector of one token. Results hold NumPy arrays only."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from einops import einsum, rearrange
from numpy.typing import NDArray
from torch import Tensor, nn

from core.inspection.tap import tap
from core.models.attention import MultiHeadAttention
from core.models.neural import evaluating
from core.models.transformer import GPT
from core.protocol import Tokens

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Stream:
    """The residual stream at one token.

    ``embedded`` [d] is the token's vector with its position. ``after`` [l 2 d] is the stream after
    each layer's attention and after its MLP, ``added`` [l 2 d] how it differs from before: with the
    norm before the parts, exactly what the part has written. ``heads`` [l h d] is what each head's
    output becomes through W_O; they and W_O's bias add up to what the attention writes. ``hidden``
    [l f] is how excited each neuron of the MLP is, empty where there is no MLP.
    """

    embedded: Array
    added: Array
    after: Array
    heads: Array
    hidden: Array


def residual_stream(gpt: nn.Module, tokens: Tokens, position: int) -> Stream:
    """Follow one of the tokens [t], counted from 0, through every block.

    Raises TypeError if ``gpt`` is no GPT, ValueError if the tokens do not fit its context, and
    IndexError if there is no such position.
    """
    if not isinstance(gpt, GPT):
        raise TypeError(f"{type(gpt).__name__} has no residual stream")
    if not 1 <= len(tokens) <= gpt.context:
        raise ValueError(f"{len(tokens)} tokens; give between 1 and {gpt.context}")
    if not 0 <= position < len(tokens):
        raise IndexError(f"no position {position} in {len(tokens)} tokens")
    row = torch.from_numpy(np.asarray(tokens, dtype=np.int64))[None]
    names = ["embedded", "blocks.*.after_*", "blocks.*.attention.head_outputs"]
    if gpt.spec.mlp:
        names.append("blocks.*.mlp.hidden")
    with evaluating(gpt), tap(gpt, *names) as seen:
        gpt.features(row.to(gpt.tokens.weight.device))
        layers = range(gpt.spec.layers)
        stages = [
            [seen[f"blocks.{layer}.after_{part}"][0, position] for part in ("attention", "mlp")]
            for layer in layers
        ]
        embedded = _float64(seen["embedded"][0, position])
        after = np.stack([np.stack([_float64(stage) for stage in pair]) for pair in stages])
        heads = [
            _written_by_heads(gpt, layer, seen[f"blocks.{layer}.attention.head_outputs"][0])
            for layer in layers
        ]
        hidden = (
            [_float64(seen[f"blocks.{layer}.mlp.hidden"][0, position]) for layer in layers]
            if gpt.spec.mlp
            else [np.empty(0)] * len(layers)
        )
    flat = rearrange(after, "l part d -> (l part) d")
    before = np.concatenate([embedded[None], flat[:-1]])
    return Stream(
        embedded=embedded,
        added=rearrange(flat - before, "(l part) d -> l part d", part=2),
        after=after,
        heads=np.stack([_float64(written[:, position]) for written in heads]),
        hidden=np.stack(hidden),
    )


def _written_by_heads(gpt: GPT, layer: int, outputs: Tensor) -> Tensor:
    """Head outputs [h q e] through each head's own columns of W_O: [h q d]."""
    attention = gpt.get_submodule(f"blocks.{layer}.attention")
    assert isinstance(attention, MultiHeadAttention)
    columns = rearrange(attention.project.weight, "d (h e) -> h e d", h=attention.heads)
    return einsum(outputs, columns, "h q e, h e d -> h q d")


def _float64(x: Tensor) -> Array:
    array: Array = x.detach().double().cpu().numpy()
    return array
