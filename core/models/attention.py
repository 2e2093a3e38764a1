"""Attention: each query looks at the keys and takes a weighted mean of their values."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from einops import einsum, rearrange
from torch import Tensor, nn
from torch.nn import functional as F

from core.models.fused import to_unit_rms
from core.models.points import Point, any_tapped
from core.models.positions import Alibi, Rotary


def attention(
    q: Tensor,
    k: Tensor,
    v: Tensor,
    hidden: Tensor | None = None,
    bias: Tensor | None = None,
) -> Tensor:
    """Scaled dot-product attention (Vaswani et al. 2017, section 3.2.1), by torch's fused kernel:

        Attention(Q, K, V) = softmax(Q Kᵀ / √e + bias) V

    q [b h q e], k and v [b h k e] → [b h q e]. ``hidden`` is True where a query may not see a key;
    it and ``bias`` broadcast to [b h q k]. A query that may see no key at all gets zeros.
    """
    if hidden is None:
        return F.scaled_dot_product_attention(q, k, v, attn_mask=bias)
    blind = hidden.all(dim=-1, keepdim=True)
    # A blind row sees everything instead, and its answer is thrown away: no NaN, nor in gradients.
    seen = ~hidden | blind
    mask = seen if bias is None else bias.masked_fill(~seen, -math.inf)
    heads = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
    return heads.masked_fill(blind, 0.0)


def masked_softmax(scores: Tensor, hidden: Tensor | None = None) -> Tensor:
    """Weights [b h q k]: softmax over the visible keys, exactly 0 at hidden ones, and a row of zeros
    for a query that sees no key."""
    if hidden is None:
        return scores.softmax(dim=-1)
    blind = hidden.all(dim=-1, keepdim=True)
    weights = scores.masked_fill(hidden & ~blind, -math.inf).softmax(dim=-1)
    return weights.masked_fill(hidden, 0.0)


def causal_mask(queries: int, keys: int, device: torch.device | None = None) -> Tensor:
    """True where key k comes after query q, [q k]. The last query stands at the last key."""
    return torch.ones(queries, keys, dtype=torch.bool, device=device).triu(keys - queries + 1)


def padding_mask(lengths: Tensor, keys: int) -> Tensor:
    """True at keys beyond each sequence's length [b]; [b 1 1 k], for every head and query."""
    beyond = torch.arange(keys, device=lengths.device) >= lengths[:, None]
    return rearrange(beyond, "b k -> b 1 1 k")


class Memory(list["KeysAndValues"]):
    """What a whole model remembers of the tokens so far: each layer's keys and values, and the ``last``
    token [b 1], where the next one's vector depends on it."""

    last: Tensor | None = None


@dataclass
class KeysAndValues:
    """What one layer remembers of the tokens so far: keys and values [b h k e]."""

    k: Tensor | None = None
    v: Tensor | None = None

    def extend(self, k: Tensor, v: Tensor) -> tuple[Tensor, Tensor]:
        """Put new keys and values behind the old ones; all of them."""
        self.k = k if self.k is None else torch.cat([self.k, k], dim=-2)
        self.v = v if self.v is None else torch.cat([self.v, v], dim=-2)
        return self.k, self.v

    @property
    def length(self) -> int:
        return 0 if self.k is None else self.k.shape[-2]


class MultiHeadAttention(nn.Module):
    """h heads side by side, each of width e = d / h (Vaswani et al. 2017, section 3.2.2):

        head_i = Attention(x W_Q^i, m W_K^i, m W_V^i),   output = [head_1 … head_h] W_O

    where m is x itself, or the ``memory`` of cross-attention. The three projections are one matrix:
    rows of ``qkv.weight`` are W_Q, W_K, W_V, each head after head, as in torch's in_proj_weight.

    If ``normed``, each query and each key is brought to the length √e before positions turn it (Henry et
    al. 2020, *Query-Key Normalization for Transformers*, with a fixed scale): no scaled score exceeds √e.

    Points: ``input`` [b q d], ``queries`` [b h q e], ``keys`` and ``values`` [b h k e] (rotated, where
    positions are rotary), ``scores`` and ``scaled`` [b h q k] (before ALiBi's bias and the mask),
    ``weights`` [b h q k], ``head_outputs`` [b h q e], ``output`` [b q d].
    """

    def __init__(
        self,
        width: int,
        heads: int,
        dropout: float = 0.0,
        rotary: Rotary | None = None,
        alibi: Alibi | None = None,
        *,
        normed: bool = False,
    ) -> None:
        super().__init__()
        self.heads, self.dropout, self.normed = heads, dropout, normed
        self.qkv = nn.Linear(width, 3 * width)
        self.project = nn.Linear(width, width)
        self.rotary, self.alibi = rotary, alibi
        self.input, self.output = Point(), Point()
        self.queries, self.keys, self.values = Point(), Point(), Point()
        self.scores, self.scaled, self.weights = Point(), Point(), Point()
        self.head_outputs = Point()

    def forward(
        self,
        x: Tensor,
        *,
        memory: Tensor | None = None,
        causal: bool = False,
        hidden: Tensor | None = None,
        cache: KeysAndValues | None = None,
    ) -> Tensor:
        """x [b q d] → [b q d]. ``memory`` [b k d] is looked at instead of x. ``hidden`` (True = may
        not look) broadcasts to [b h q k] and adds to ``causal``. ``cache`` holds the tokens before x
        and is extended by it."""
        x = self.input(x)
        q, k, v = self._queries_keys_values(x, memory, cache)
        queries, keys = q.shape[-2], k.shape[-2]
        bias = None if self.alibi is None else self.alibi(queries, keys)
        plain = hidden is None and bias is None and not self._explains
        if causal and plain and queries == keys:
            heads = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        else:
            if causal and queries > 1:
                after = causal_mask(queries, keys, x.device)
                hidden = after if hidden is None else hidden | after
            explained = self._explained if self._explains else attention
            heads = explained(q, k, v, hidden, bias)
        return self._project(rearrange(self.head_outputs(heads), "b h q e -> b q (h e)"))

    def _explained(
        self, q: Tensor, k: Tensor, v: Tensor, hidden: Tensor | None, bias: Tensor | None
    ) -> Tensor:
        """The formula word for word, every tensor through its point: [b h q e]."""
        q, k, v = self.queries(q), self.keys(k), self.values(v)
        scores = self.scores(einsum(q, k, "b h q e, b h k e -> b h q k"))
        scaled = self.scaled(scores / math.sqrt(q.shape[-1]))
        biased = scaled if bias is None else scaled + bias
        weights = self.weights(masked_softmax(biased, hidden))
        weights = F.dropout(weights, self.dropout, self.training)
        return einsum(weights, v, "b h q k, b h k e -> b h q e")

    def _queries_keys_values(
        self, x: Tensor, memory: Tensor | None, cache: KeysAndValues | None
    ) -> tuple[Tensor, Tensor, Tensor]:
        if memory is None:
            q, k, v = rearrange(self.qkv(x), "b t (s h e) -> s b h t e", s=3, h=self.heads)
        else:
            d = x.shape[-1]
            weight, bias = self.qkv.weight, self.qkv.bias
            q = F.linear(x, weight[:d], bias[:d])
            q = rearrange(q, "b q (h e) -> b h q e", h=self.heads)
            kv = F.linear(memory, weight[d:], bias[d:])
            k, v = rearrange(kv, "b k (s h e) -> s b h k e", s=2, h=self.heads)
        if self.normed:
            q, k = to_unit_rms(q), to_unit_rms(k)
        if self.rotary is not None:
            start = 0 if cache is None else cache.length
            q, k = self.rotary(q, start), self.rotary(k, start)
        if cache is not None:
            k, v = cache.extend(k, v)
        return q, k, v

    def _project(self, heads: Tensor) -> Tensor:
        projected: Tensor = self.output(self.project(heads))
        return projected

    @property
    def _explains(self) -> bool:
        return (self.dropout > 0 and self.training) or any_tapped(*self._inner_points())

    def _inner_points(self) -> tuple[Point, ...]:
        return self.queries, self.keys, self.values, self.scores, self.scaled, self.weights
