"""Small functions written out with their gradients, because on a processor that is faster.

Each says the same as torch's own, and a test holds it to that.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor


def cross_entropy(logits: Tensor, targets: Tensor) -> Tensor:
    """Mean of -log softmax(logits)[target] in nats; logits [b t v] or [t v], targets [b t] or [t].

    Its gradient, softmax(logits) - onehot(target), takes the place of the probabilities: one tensor
    of the logits' size where torch keeps two.
    """
    loss: Tensor = _CrossEntropy.apply(  # type: ignore[no-untyped-call]
        logits.flatten(0, -2), targets.flatten()
    )
    return loss


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
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor, None]:
        (difference,) = ctx.saved_tensors
        return difference * (gradient / len(difference)), None


ROOM = 1e-6
"""Added to a mean square before it divides: zeros stay zeros."""


def to_unit_rms(x: Tensor) -> Tensor:
    """x [… d] divided by the root of its mean square, √(mean(x²) + 1e-6): RMSNorm without gains (Zhang and
    Sennrich 2019, equation 4)."""
    scaled: Tensor = _ToUnitRMS.apply(x)  # type: ignore[no-untyped-call]
    return scaled


class _ToUnitRMS(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, x: Tensor) -> Tensor:
        mean_square = torch.linalg.vector_norm(x, dim=-1, keepdim=True).square_() / x.shape[-1]
        scale = mean_square.add_(ROOM).rsqrt_()
        y: Tensor = x * scale
        ctx.save_for_backward(y, scale)
        return y

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> Tensor:
        """What lies along y is taken away, since x's length does not matter."""
        y, scale = ctx.saved_tensors
        along = torch.linalg.vecdot(gradient, y).unsqueeze(-1) / y.shape[-1]
        across: Tensor = torch.addcmul(gradient, y, along, value=-1).mul_(scale)
        return across


def relu_squared(x: Tensor) -> Tensor:
    """max(0, x)² (So et al. 2021, section 4)."""
    y: Tensor = _ReLUSquared.apply(x)  # type: ignore[no-untyped-call]
    return y


class _ReLUSquared(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, x: Tensor) -> Tensor:
        above = x.clamp_min(0)
        ctx.save_for_backward(above)
        return above * above

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> Tensor:
        (above,) = ctx.saved_tensors
        doubled: Tensor = (gradient * above).mul_(2)
        return doubled
