"""A GPT: token vectors, blocks of attention and MLP around a residual stream, next-token logits."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F

from core.models.attention import KeysAndValues, Memory, MultiHeadAttention
from core.models.fused import relu_squared, to_unit_rms
from core.models.network import Reader, TextNetwork, logits_array, token_row
from core.models.points import Point
from core.models.positions import Alibi, LearnedPositions, Rotary, SinusoidalPositions
from core.spec.families.gpt import GPTSpec

INITIAL_DEVIATION = 0.02
"""Standard deviation of new weights in GPT-2 (Radford et al. 2019; their released code)."""


class GPT(TextNetwork):
    """A decoder-only Transformer after GPT-2 (Radford et al. 2019, section 2.3):

        x = token vector + position vector [+ the vector of the token before, from a table of its own]
        x = block(x)                    for each of the layers
        logits = LayerNorm(x) Wᵀ        with W the token table itself, if tied

    Points: ``embedded`` [b t d], ``blocks.0.…`` (see Block), ``logits`` [b t v].
    """

    def __init__(self, spec: GPTSpec, vocabulary_size: int) -> None:
        super().__init__()
        self.spec, self.vocabulary_size, self.context = spec, vocabulary_size, spec.context
        d = spec.width
        self.tokens = nn.Embedding(vocabulary_size, d)
        self.previous = nn.Embedding(vocabulary_size, d) if spec.previous else None
        self.positions = _positions(spec)
        rotary = Rotary(spec.context, d // spec.heads) if spec.positions == "rotary" else None
        alibi = Alibi(spec.heads) if spec.positions == "alibi" else None
        self.blocks = nn.ModuleList(Block(spec, rotary, alibi) for _ in range(spec.layers))
        self.norm = _norm(spec) if spec.norm == "pre" else nn.Identity()
        self.head = None if spec.tied else nn.Linear(d, vocabulary_size, bias=False)
        self.dropout = nn.Dropout(spec.dropout)
        self.embedded, self.logits = Point(), Point()
        # Vaswani et al. 2017, section 3.4: else waves of height 1 drown vectors of height 0.02.
        self.token_scale = math.sqrt(d) if spec.positions == "sinusoidal" else 1.0
        self._initialise()

    @property
    def looks_ahead(self) -> bool:
        return not self.spec.causal

    def features(self, tokens: Tensor, cache: Memory | None = None) -> Tensor:
        """The residual stream after the last norm, [b t d], t at most the context. ``cache``, one for
        each layer, holds the tokens before these and is extended by them; without a causal mask there
        can be none, since each new token changes what the tokens before it see."""
        if cache and not self.spec.causal:
            raise ValueError("keys and values can be kept only where no token looks ahead")
        start = cache[0].length if cache else 0
        end = start + tokens.shape[1]
        if end > self.context:
            raise ValueError(f"{end} tokens do not fit a context of {self.context}")
        x = self.tokens(tokens)
        if self.token_scale != 1.0:
            x = x * self.token_scale
        if self.previous is not None:
            x = x + self._vectors_of_previous(self.previous, tokens, cache)
        if self.positions is not None:
            x = x + self.positions(start, tokens.shape[1])
        x = self.embedded(self.dropout(x))
        for layer, block in enumerate(self.blocks):
            x = block(x, cache[layer] if cache else None)
        normed: Tensor = self.norm(x)
        return normed

    def unembed(self, features: Tensor) -> Tensor:
        """Logits [… v] from features [… d]."""
        table = self.tokens.weight if self.head is None else self.head.weight
        logits: Tensor = self.logits(F.linear(features, table))
        return logits

    def hidden_matrices(self) -> Sequence[tuple[nn.Parameter, int]]:
        """Those of attention, W_Q, W_K and W_V in one, and of the MLPs."""
        named = self.blocks.named_parameters()
        return [
            (parameter, 3 if name.endswith("qkv.weight") else 1)
            for name, parameter in named
            if name.endswith(("qkv.weight", "project.weight", "widen.weight", "narrow.weight"))
        ]

    def reader(self) -> Reader:
        """Keys and values are kept, unless without a causal mask each new token changes them all."""
        return super().reader() if self.looks_ahead else _CachedReader(self)

    def new_cache(self) -> Memory:
        """An empty memory for generation."""
        return Memory(KeysAndValues() for _ in self.blocks)

    def _vectors_of_previous(
        self, table: nn.Embedding, tokens: Tensor, cache: Memory | None
    ) -> Tensor:
        """For each token the row of the one before it [b t d]; zeros for the first that is read."""
        before = tokens[:, :-1]
        known = cache is not None and cache.last is not None
        if known:
            assert cache is not None and cache.last is not None
            before = torch.cat([cache.last, before], dim=1)
        if cache is not None:
            cache.last = tokens[:, -1:]
        rows: Tensor = table(before)
        return rows if known else F.pad(rows, (0, 0, 1, 0))

    def _initialise(self) -> None:
        """GPT-2's: N(0, 0.02), biases 0, and what writes into the residual stream smaller by the
        root of how many do (Radford et al. 2019, section 2.3)."""
        writers = math.sqrt(2 * self.spec.layers)
        for name, parameter in self.named_parameters():
            if name.endswith(("project.weight", "narrow.weight")):
                nn.init.normal_(parameter, std=INITIAL_DEVIATION / writers)
            elif parameter.ndim == 2:
                nn.init.normal_(parameter, std=INITIAL_DEVIATION)
            elif name.endswith("bias"):
                nn.init.zeros_(parameter)


class _CachedReader:
    """Keeps keys and values until the tokens fill the context; after that each step moves every token
    to another position, so the last ``context`` tokens are read anew."""

    def __init__(self, gpt: GPT) -> None:
        self._gpt = gpt
        self._window: list[int] = []
        self._cache = gpt.new_cache()

    @torch.inference_mode()
    def read(self, new: list[int]) -> NDArray[np.float64]:
        gpt = self._gpt
        self._window += new
        if len(self._window) > gpt.context:
            self._window = new = self._window[-gpt.context :]
            self._cache = gpt.new_cache()
        features = gpt.features(token_row(new, gpt), self._cache)
        return logits_array(gpt.unembed(features[0, -1]))


class Block(nn.Module):
    """Attention and MLP, each added to the residual stream. The norm stands before each (Radford et
    al. 2019) or after each sum (Vaswani et al. 2017, section 3.1):

        pre:   x = x + Attention(LayerNorm(x));   x = x + MLP(LayerNorm(x))
        post:  x = LayerNorm(x + Attention(x));   x = LayerNorm(x + MLP(x))

    To see what each part is for, the specification can leave parts out: the norms (``norm="none"``),
    the "x +" (``residual=False``), the MLP (``mlp=False``), the causal mask (``causal=False``).

    Points: ``attention.…`` and ``mlp.…``, ``after_attention`` and ``after_mlp`` [b t d].
    """

    def __init__(
        self, spec: GPTSpec, rotary: Rotary | None = None, alibi: Alibi | None = None
    ) -> None:
        super().__init__()
        self.pre, self.causal, self.residual = spec.norm != "post", spec.causal, spec.residual
        self.attention_norm = _norm(spec)
        self.attention = MultiHeadAttention(
            spec.width, spec.heads, spec.dropout, rotary, alibi, normed=spec.qk_norm
        )
        self.mlp_norm = _norm(spec) if spec.mlp else None
        self.mlp = MLP(spec) if spec.mlp else None
        self.dropout = nn.Dropout(spec.dropout)
        self.after_attention, self.after_mlp = Point(), Point()

    def forward(self, x: Tensor, cache: KeysAndValues | None = None) -> Tensor:
        """x [b t d] → [b t d]."""
        attend = partial(self.attention, causal=self.causal, cache=cache)
        x = self.after_attention(self._write(x, attend, self.attention_norm))
        if self.mlp is not None and self.mlp_norm is not None:
            x = self._write(x, self.mlp, self.mlp_norm)
        after: Tensor = self.after_mlp(x)
        return after

    def _write(self, x: Tensor, part: Callable[[Tensor], Tensor], norm: nn.Module) -> Tensor:
        """The residual stream [b t d] after ``part`` has written into it."""
        written: Tensor = self.dropout(part(norm(x) if self.pre else x))
        stream = x + written if self.residual else written
        return stream if self.pre else norm(stream)


_ACTIVATIONS: dict[str, Callable[[Tensor], Tensor]] = {
    "gelu": F.gelu,
    "gelu_tanh": partial(F.gelu, approximate="tanh"),
    "relu": F.relu,
    "relu_squared": relu_squared,
}


class MLP(nn.Module):
    """Two layers, applied at each position alone (Vaswani et al. 2017, section 3.3):

        MLP(x) = φ(x W₁ + b₁) W₂ + b₂,   f = 4 d

    with φ the ReLU, its square, or the GELU (Hendrycks and Gimpel 2016, section 2): exact, or in the
    tanh form that GPT-2 was trained with, which is slower on a CPU.
    Points: ``hidden`` [b t f], after φ, and ``output`` [b t d].
    """

    def __init__(self, spec: GPTSpec) -> None:
        super().__init__()
        self.activation = _ACTIVATIONS[spec.activation]
        self.widen = nn.Linear(spec.width, 4 * spec.width)
        self.narrow = nn.Linear(4 * spec.width, spec.width)
        self.hidden, self.output = Point(), Point()

    def forward(self, x: Tensor) -> Tensor:
        """x [b t d] → [b t d]."""
        wide = self.widen(x)
        active = self.activation(wide)
        narrow: Tensor = self.output(self.narrow(self.hidden(active)))
        return narrow


def _norm(spec: GPTSpec) -> nn.Module:
    if spec.norm == "none":
        return nn.Identity()
    return RMSNorm(spec.width) if spec.norm_kind == "rms" else nn.LayerNorm(spec.width)


class RMSNorm(nn.Module):
    """A vector divided by the root of its mean square, times a gain for each number (Zhang and Sennrich
    2019): LayerNorm without taking the mean away, and without biases."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))

    def forward(self, x: Tensor) -> Tensor:
        """x [… d] → [… d]."""
        return to_unit_rms(x) * self.weight


def _positions(spec: GPTSpec) -> LearnedPositions | SinusoidalPositions | None:
    """What is added to the token vectors; rotary positions and ALiBi work on the scores instead."""
    match spec.positions:
        case "learned":
            return LearnedPositions(spec.context, spec.width)
        case "sinusoidal":
            return SinusoidalPositions(spec.context, spec.width)
        case "rotary" | "alibi" | "none":
            return None
