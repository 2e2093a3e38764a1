"""AdamW over one flat vector of parameters: the same numbers as torch's, in two fused calls."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from core.spec.recipe import RecipeSpec

BETAS = (0.9, 0.99)
EPSILON = 1e-8


class FlatAdamW:
    """Adam with decoupled weight decay (Loshchilov and Hutter 2019, algorithm 2), after clipping
    the gradient by its norm (Pascanu et al. 2013, algorithm 1).

    Every parameter of ``model`` becomes a view into one vector ``weights`` and its gradient a view
    into ``gradient``: one norm, one scaling and two fused updates then do for the whole model.
    Matrices decay; biases and the gains of the norms, which come last in the vector, do not.
    """

    def __init__(self, model: nn.Module, recipe: RecipeSpec) -> None:
        trainable = [p for p in model.parameters() if p.requires_grad]
        parameters = sorted(trainable, key=lambda parameter: parameter.ndim < 2)
        decayed = sum(p.numel() for p in parameters if p.ndim >= 2)
        with torch.no_grad():
            self.weights = torch.cat([p.detach().flatten() for p in parameters])
        self.gradient = torch.zeros_like(self.weights)
        self._clip = recipe.clip
        place = 0
        for parameter in parameters:
            end = place + parameter.numel()
            parameter.data = self.weights[place:end].view_as(parameter)
            parameter.grad = self.gradient[place:end].view_as(parameter)
            place = end
        groups = []
        for part, decay in (
            (slice(0, decayed), recipe.weight_decay),
            (slice(decayed, None), 0.0),
        ):
            flat = nn.Parameter(self.weights[part])
            flat.grad = self.gradient[part]
            if flat.numel():
                groups.append({"params": [flat], "weight_decay": decay})
        self._adam = torch.optim.AdamW(groups, lr=0.0, betas=BETAS, eps=EPSILON, fused=True)

    def clear(self) -> None:
        """Forget the gradient. Its tensor stays: the parameters' gradients are views into it."""
        self.gradient.zero_()

    def clip(self) -> float:
        """Scale the gradient to the recipe's norm if it is longer; its norm before that.

        NaN or infinity, as the norm of a gradient that holds one, leaves the gradient as it is.
        """
        norm = float(torch.linalg.vector_norm(self.gradient))
        if self._clip < norm < float("inf"):
            self.gradient.mul_(self._clip / norm)
        return norm

    def update(self, learning_rate: float) -> None:
        """One step along the gradient."""
        for group in self._adam.param_groups:
            group["lr"] = learning_rate
        self._adam.step()

    def state(self) -> dict[str, Tensor]:
        """Weights and both moments, each one vector: what a checkpoint must keep."""
        moments = [self._adam.state[flat] for flat in self._flats()]
        return {
            "weights": self.weights,
            "first_moment": torch.cat([m["exp_avg"] for m in moments]),
            "second_moment": torch.cat([m["exp_avg_sq"] for m in moments]),
        }

    @torch.no_grad()
    def restore(self, state: dict[str, Tensor], steps: int) -> None:
        """Go on from ``state`` as it was after ``steps`` updates."""
        self.weights.copy_(state["weights"])
        place = 0
        for flat in self._flats():
            part = slice(place, place + flat.numel())
            self._adam.state[flat] = {
                "step": torch.tensor(float(steps), device=flat.device),
                "exp_avg": state["first_moment"][part].to(flat.device, copy=True),
                "exp_avg_sq": state["second_moment"][part].to(flat.device, copy=True),
            }
            place = part.stop

    def _flats(self) -> list[Tensor]:
        return [flat for group in self._adam.param_groups for flat in group["params"]]
