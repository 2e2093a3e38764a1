"""Where the heads of a GPT look, one head number by number, and what is lost without some."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from einops import rearrange
from numpy.typing import NDArray
from torch import Tensor, nn

from core.inspection.tap import tap
from core.models.attention import MultiHeadAttention
from core.models.neural import evaluating
from core.models.transformer import GPT
from core.protocol import LogProbabilities, Tokens
from core.worked.trace import (
    Matrix,
    Projection,
    Trace,
    attention_trace,
    causal_mask,
    projected_trace,
)


def head_maps(gpt: nn.Module, tokens: Tokens) -> NDArray[np.float32]:
    """Every head's weights [l h q k] on the tokens [t]. Raises TypeError if ``gpt`` is no GPT and
    ValueError if the tokens do not fit its context."""
    model = _gpt(gpt)
    with evaluating(model), tap(model, "blocks.*.attention.weights") as seen:
        model.features(_row(model, tokens))
        maps: NDArray[np.float32] = torch.cat(list(seen.values())).cpu().numpy()
    return maps


def head_trace(
    gpt: nn.Module, tokens: Tokens, layer: int, head: int, names: Sequence[str] | None = None
) -> Trace:
    """One head on the tokens [t], every stage recomputed in float64 from the model's own tensors.

    q and k are as the head compares them. With rotary positions they have been turned, so that they
    are not x W + b, and x and the projections are left out. ``names`` are the tokens'.
    ALiBi's bias is the trace's. Raises TypeError, ValueError as head_maps, and IndexError if there is
    no such head.
    """
    model = _gpt(gpt)
    _check(model, [(layer, head)])
    place = f"blocks.{layer}.attention"
    compared = [f"{place}.{name}" for name in ("queries", "keys", "values")]
    with evaluating(model), tap(model, *compared, f"{place}.input") as seen:
        model.features(_row(model, tokens))
    q, k, v = (_float64(seen[point][0, head]) for point in compared)
    mask = causal_mask(len(tokens)) if model.spec.causal else None
    if model.spec.positions == "rotary":
        return attention_trace(q, k, v, mask, tokens=names)
    attention = model.get_submodule(place)
    assert isinstance(attention, MultiHeadAttention)
    alibi, t = attention.alibi, len(tokens)
    bias = None if alibi is None else _float64(alibi(t, t)[head])
    weights = rearrange(attention.qkv.weight, "(s h e) d -> s h d e", s=3, h=attention.heads)
    biases = rearrange(attention.qkv.bias, "(s h e) -> s h e", s=3, h=attention.heads)
    projection = Projection(
        _float64(seen[f"{place}.input"][0]),
        *map(_float64, weights[:, head]),
        *map(_float64, biases[:, head]),
    )
    return projected_trace(projection, mask, bias=bias, tokens=names)


@dataclass(frozen=True, eq=False)
class Ablation:
    """What a text's predictions are with all heads (``before``) and without some (``after``).

    ``logp_before``, ``logp_after`` [t v]: log-probabilities of the token after each; ``before``,
    ``after`` [t-1]: losses in nats of each token after the first.
    """

    logp_before: LogProbabilities
    logp_after: LogProbabilities
    before: NDArray[np.float64]
    after: NDArray[np.float64]

    @property
    def change(self) -> float:
        """How much the mean loss rises without the heads, in nats per token."""
        return float(self.after.mean() - self.before.mean())


def ablate(gpt: nn.Module, tokens: Tokens, heads: Iterable[tuple[int, int]]) -> Ablation:
    """Read the tokens [t], t ≥ 2, twice: as is, and with these (layer, head) giving zeros.

    Raises TypeError, ValueError as head_maps, and IndexError if there is no such head.
    """
    model = _gpt(gpt)
    chosen = sorted(set(heads))
    _check(model, chosen)
    if len(tokens) < 2:
        raise ValueError("a loss needs two tokens")
    by_layer: dict[int, list[int]] = {}
    for layer, head in chosen:
        by_layer.setdefault(layer, []).append(head)
    writes = {
        f"blocks.{layer}.attention.head_outputs": _without(silent)
        for layer, silent in by_layer.items()
    }
    row = _row(model, tokens)
    with evaluating(model):
        # The same path both times, so that silencing no head changes nothing at all.
        with tap(model, "blocks.*.attention.head_outputs"):
            before = _log_softmax(model(row)[0])
        with tap(model, "blocks.*.attention.head_outputs", writes=writes):
            after = _log_softmax(model(row)[0])
    targets = np.asarray(tokens)[1:, None]
    losses = [-np.take_along_axis(logp[:-1], targets, axis=1)[:, 0] for logp in (before, after)]
    return Ablation(before, after, losses[0], losses[1])


def _without(silent: list[int]) -> Callable[[Tensor], Tensor]:
    """What zeroes these heads of a tensor [b h q e]."""

    def silence(x: Tensor) -> Tensor:
        x = x.clone()
        x[:, silent] = 0.0
        return x

    return silence


def _gpt(model: nn.Module) -> GPT:
    if not isinstance(model, GPT):
        raise TypeError(f"{type(model).__name__} has no attention heads")
    return model


def _check(model: GPT, heads: Iterable[tuple[int, int]]) -> None:
    for layer, head in heads:
        if not (0 <= layer < model.spec.layers and 0 <= head < model.spec.heads):
            raise IndexError(f"no head {head} in layer {layer}")


def _row(model: GPT, tokens: Tokens) -> Tensor:
    """Token ids [1 t] where the model is."""
    if not 1 <= len(tokens) <= model.context:
        raise ValueError(f"{len(tokens)} tokens; give between 1 and {model.context}")
    row = torch.from_numpy(np.asarray(tokens, dtype=np.int64))[None]
    return row.to(model.tokens.weight.device)


def _float64(x: Tensor) -> Matrix:
    array: Matrix = x.detach().double().cpu().numpy()
    return array


def _log_softmax(logits: Tensor) -> LogProbabilities:
    return _float64(logits.double().log_softmax(dim=-1))
