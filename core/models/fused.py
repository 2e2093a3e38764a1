"""Two steps of training written out with their gradients, because on a processor that is faster.

Each says the same as a few lines of plain torch, and a test holds it to them.
"""

from __future__ import annotations

import math
from typing import Any

import torch
from einops import rearrange
from torch import Tensor

LONGEST_FUSED = 128
"""Up to so many tokens the square of weights [q k] stays in the cache, and keeping it for the
gradient is faster than torch's fused kernel, which reckons it twice."""


def causal_self_attention(qkv: Tensor, heads: int) -> Tensor:
    """softmax(Q Kᵀ / √e + mask) V of all heads, from ``qkv`` [b t 3·h·e] to [b t h·e]."""
    heads_out: Tensor = _CausalSelfAttention.apply(qkv, heads)
    return heads_out


def cross_entropy(logits: Tensor, targets: Tensor) -> Tensor:
    """Mean of -log softmax(logits)[target] in nats; logits [b t v] or [t v], targets [b t] or [t].

    The gradient softmax(logits) - onehot(target) takes the place of the probabilities.
    """
    loss: Tensor = _CrossEntropy.apply(logits.flatten(0, -2), targets.flatten())
    return loss


class _CausalSelfAttention(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, qkv: Tensor, heads: int) -> Tensor:
        b, t, _ = qkv.shape
        parts = rearrange(qkv, "b t (s h e) -> s (b h) t e", s=3, h=heads).contiguous()
        q, k, v = parts
        scale = 1 / math.sqrt(q.shape[-1])
        after = torch.full((t, t), -math.inf, dtype=q.dtype).triu(1)
        weights = torch.baddbmm(after, q, k.mT, alpha=scale).softmax(dim=-1)
        ctx.save_for_backward(parts, weights)
        ctx.scale, ctx.b = scale, b
        return rearrange(weights @ v, "(b h) t e -> b t (h e)", b=b)

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor, None]:  # type: ignore[override]
        parts, weights = ctx.saved_tensors
        q, k, v = parts
        heads = len(q) // ctx.b
        g = rearrange(gradient, "b t (h e) -> (b h) t e", h=heads).contiguous()
        out = torch.empty_like(parts)
        torch.bmm(weights.mT, g, out=out[2])
        for_scores = torch._softmax_backward_data(g @ v.mT, weights, -1, weights.dtype)
        for_scores.mul_(ctx.scale)
        torch.bmm(for_scores, k, out=out[0])
        torch.bmm(for_scores.mT, q, out=out[1])
        return rearrange(out, "s (b h) t e -> b t (s h e)", b=ctx.b), None


class _CrossEntropy(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, logits: Tensor, targets: Tensor) -> Tensor:
        chosen = targets[:, None]
        probabilities = logits.softmax(dim=1)
        # The likeliest token's probability cannot underflow; the chosen one's can.
        partition = logits.amax(dim=1) - probabilities.amax(dim=1).log()
        loss = (partition - logits.gather(1, chosen).squeeze(1)).mean()
        probabilities.scatter_add_(1, chosen, probabilities.new_full(chosen.shape, -1.0))
        ctx.save_for_backward(probabilities)
        return loss

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor, None]:  # type: ignore[override]
        (difference,) = ctx.saved_tensors
        return difference * (gradient / len(difference)), None
