"""Muon: for a matrix, a step that is equally long in every direction in which it can turn a vector."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

Coefficients = tuple[float, float, float]

JORDAN: tuple[Coefficients, ...] = ((3.4445, -4.7750, 2.0315),) * 5
"""The same polynomial five times (Jordan et al. 2024, *Muon: An optimizer for hidden layers in neural
networks*)."""
POLAR: tuple[Coefficients, ...] = (
    (8.28721201814563, -23.595886519098837, 17.300387312530933),
    (4.107059111542203, -2.9478499167379106, 0.5448431082926601),
    (3.9486908534822946, -2.908902115962949, 0.5518191394370137),
    (3.3184196573706015, -2.488488024314874, 0.51004894012372),
)
"""Each time the polynomial that is best for what the ones before have left (Amsel et al. 2025, *The Polar
Express*, section 3): four of them come as near as five of the others."""

_ROOM = 1.01
"""The lengths are first brought a little below 1: beyond it these polynomials do not hold."""
_EPSILON = 1e-7


@torch.no_grad()
def orthogonal(matrices: Tensor, polynomials: Sequence[Coefficients] = POLAR) -> Tensor:
    """Of each matrix [n r c] about U Vᵀ, where U S Vᵀ is its singular value decomposition: all its directions
    stay, and all its lengths become about 1. Newton–Schulz: X ← a X + b (X Xᵀ) X + c (X Xᵀ)² X.

    A wide matrix costs no more than a square one: what is iterated is the small X Xᵀ alone.
    """
    is_tall = matrices.shape[-2] > matrices.shape[-1]
    x = matrices.mT if is_tall else matrices
    room = _ROOM if polynomials is not JORDAN else 1.0
    x = x / (torch.linalg.matrix_norm(x, keepdim=True) * room + _EPSILON)
    x = _of_wide(x, polynomials) if x.shape[-1] >= 2 * x.shape[-2] else _of_square(x, polynomials)
    return x.mT if is_tall else x


def _of_square(x: Tensor, polynomials: Sequence[Coefficients]) -> Tensor:
    for a, b, c in polynomials:
        gram = x @ x.mT
        x = torch.baddbmm(x, torch.baddbmm(gram, gram, gram, beta=b, alpha=c), x, beta=a)
    return x


def _of_wide(x: Tensor, polynomials: Sequence[Coefficients]) -> Tensor:
    """Each step multiplies X from the left by P = a + b G + c G², with G = X Xᵀ, and G by P on both sides."""
    gram = x @ x.mT
    product: Tensor | None = None
    for a, b, c in polynomials:
        step = torch.baddbmm(gram, gram, gram, beta=b, alpha=c)
        step.diagonal(dim1=-2, dim2=-1).add_(a)
        product = step if product is None else step @ product
        gram = step @ gram @ step
    return x if product is None else product @ x


class Muon:
    """Momentum as Nesterov takes it, then the nearest orthogonal matrix as the step (Jordan et al. 2024):

        m ← μ m + (1 - μ) g;   w ← w - η √max(1, r/c) · orthogonal(μ m + (1 - μ) g)

    ``weights`` and ``gradient`` are stacks of matrices of one shape [n r c]; the weights change in place.
    """

    def __init__(self, weights: Tensor, gradient: Tensor, momentum: float) -> None:
        self._weights, self._gradient, self._momentum = weights, gradient, momentum
        self.mean = torch.zeros_like(weights)

    def step(self, learning_rate: float, polynomials: Sequence[Coefficients] = POLAR) -> None:
        """One step along the gradient as it stands."""
        self.mean.lerp_(self._gradient, 1 - self._momentum)
        ahead = self._gradient.lerp(self.mean, self._momentum)
        rows, columns = self._weights.shape[-2:]
        length = learning_rate * max(1.0, rows / columns) ** 0.5
        self._weights.add_(orthogonal(ahead, polynomials), alpha=-length)
