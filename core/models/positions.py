"""How a Transformer knows the order of its tokens: learned, sinusoidal, rotary positions, ALiBi."""

from __future__ import annotations

import math

import torch
from einops import rearrange
from torch import Tensor, nn

BASE = 10_000.0
"""The longest wavelength is 2π times this (Vaswani et al. 2017, section 3.5)."""


class SinusoidalPositions(nn.Module):
    """Fixed waves (Vaswani et al. 2017, section 3.5):

    PE[t, 2i] = sin(t / 10000^(2i/d)),   PE[t, 2i+1] = cos(t / 10000^(2i/d))
    """

    table: Tensor

    def __init__(self, context: int, width: int) -> None:
        super().__init__()
        angles = _angles(context, width)
        waves = torch.stack([angles.sin(), angles.cos()], dim=-1)
        self.register_buffer("table", rearrange(waves, "t i w -> t (i w)"), persistent=False)

    def forward(self, start: int, length: int) -> Tensor:
        """Rows [t d] for the positions from ``start`` on."""
        return self.table[start : start + length]


class LearnedPositions(nn.Module):
    """One trained vector a position (Radford et al. 2018, section 3.1)."""

    def __init__(self, context: int, width: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.empty(context, width))
        nn.init.normal_(self.weight, std=0.02)

    def forward(self, start: int, length: int) -> Tensor:
        """Rows [t d] for the positions from ``start`` on."""
        return self.weight[start : start + length]


class Rotary(nn.Module):
    """Rotate each pair of a query's or key's numbers by an angle that grows with its position, so
    that their dot product depends on the distance only (Su et al. 2021, equation 34):

        (x[2i], x[2i+1])  →  (x[2i] cos tθ - x[2i+1] sin tθ,  x[2i] sin tθ + x[2i+1] cos tθ)

    with θ = 10000^(-2i/e) for pair i of a head of width e.
    """

    cosine: Tensor
    sine: Tensor

    def __init__(self, context: int, head_width: int) -> None:
        super().__init__()
        angles = _angles(context, head_width)
        self.register_buffer("cosine", angles.cos(), persistent=False)
        self.register_buffer("sine", angles.sin(), persistent=False)

    def forward(self, x: Tensor, start: int = 0) -> Tensor:
        """x [b h t e] turned; its first row stands at position ``start``."""
        end = start + x.shape[-2]
        cosine, sine = self.cosine[start:end], self.sine[start:end]
        even, odd = rearrange(x, "b h t (i pair) -> pair b h t i", pair=2)
        turned = torch.stack([even * cosine - odd * sine, even * sine + odd * cosine], dim=-1)
        return rearrange(turned, "b h t i pair -> b h t (i pair)")


class Alibi(nn.Module):
    """Attention with linear biases (Press et al. 2022, section 3): nothing is added to the tokens,
    but each score loses in proportion to its distance,

        score(q, k) = q·k / √e - m·(q - k)

    with a slope m of its own for each head. Without a causal mask, |q - k| is the distance.
    """

    slopes: Tensor

    def __init__(self, heads: int) -> None:
        super().__init__()
        self.register_buffer("slopes", torch.tensor(alibi_slopes(heads)), persistent=False)

    def forward(self, queries: int, keys: int) -> Tensor:
        """What is added to the scaled scores, [h q k]; the last query stands at the last key."""
        places = torch.arange(keys, device=self.slopes.device)
        distance = (places[keys - queries :, None] - places).abs()
        return -self.slopes[:, None, None] * distance


def alibi_slopes(heads: int) -> list[float]:
    """One slope a head: 2^(-8/h), 2^(-16/h), …, 2^(-8) for h a power of two. Otherwise those of the
    next smaller power, then every second one of the next larger, as in the paper's code."""
    power = 2 ** math.floor(math.log2(heads))
    slopes = [2 ** (-8 * (i + 1) / power) for i in range(power)]
    between = [2 ** (-8 * (i + 1) / (2 * power)) for i in range(0, 2 * power, 2)]
    return slopes + between[: heads - power]


def _angles(context: int, width: int) -> Tensor:
    """t / 10000^(2i/width), [t i], reckoned in float64."""
    frequencies = BASE ** (-torch.arange(0, width, 2, dtype=torch.float64) / width)
    return torch.outer(torch.arange(context, dtype=torch.float64), frequencies).float()
