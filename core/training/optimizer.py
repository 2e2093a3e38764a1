"""Optimizers over one flat vector of parameters: a step of the whole model is a few fused calls."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from itertools import chain

import torch
from torch import Tensor, nn

from core.models.network import TextNetwork
from core.spec.recipe import RecipeSpec
from core.training.muon import Muon

BETAS = (0.9, 0.99)
EPSILON = 1e-8
MOMENTUM = 0.9
"""Of Muon."""
TABLE_BETAS = (0.8, 0.95)
"""Of the Adam beside Muon: a training that is over after some hundred steps forgets sooner."""

Group = tuple[list[nn.Parameter], float]
"""Parameters, and the weight decay that they share."""


def optimizer_for(model: nn.Module, recipe: RecipeSpec) -> FlatOptimizer:
    """The one that the recipe names."""
    return (FlatMuon if recipe.optimizer == "muon" else FlatAdamW)(model, recipe)


class FlatOptimizer(ABC):
    """Every parameter of the model becomes a view into one vector ``weights`` and its gradient a view into
    ``gradient``: one norm and one scaling then do for the whole model (clipping: Pascanu et al. 2013,
    algorithm 1)."""

    def __init__(self, parameters: Iterable[nn.Parameter], recipe: RecipeSpec) -> None:
        """``parameters`` in the order in which they lie in the vector."""
        ordered = list(parameters)
        with torch.no_grad():
            self.weights = torch.cat([p.detach().flatten() for p in ordered])
        self.gradient = torch.zeros_like(self.weights)
        self._clip = recipe.clip
        place = 0
        for parameter in ordered:
            end = place + parameter.numel()
            parameter.data = self.weights[place:end].view_as(parameter)
            parameter.grad = self.gradient[place:end].view_as(parameter)
            place = end

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

    @abstractmethod
    def update(self, learning_rate: float) -> None:
        """One step along the gradient."""

    @abstractmethod
    def state(self) -> dict[str, Tensor]:
        """Weights and all means, each one vector: what a checkpoint must keep."""

    @abstractmethod
    def restore(self, state: dict[str, Tensor], steps: int) -> None:
        """Go on from ``state`` as it was after ``steps`` updates."""


class FlatAdamW(FlatOptimizer):
    """Adam with decoupled weight decay (Loshchilov and Hutter 2019, algorithm 2): torch's numbers.

    Matrices decay; biases and the gains of the norms, which come last in the vector, do not.
    """

    def __init__(self, model: nn.Module, recipe: RecipeSpec) -> None:
        matrices, vectors = _matrices_first(_trainable(model))
        super().__init__((*matrices, *vectors), recipe)
        groups = ((matrices, recipe.weight_decay), (vectors, 0.0))
        self._adam = _Adam(self.weights, self.gradient, 0, groups, BETAS)

    def update(self, learning_rate: float) -> None:
        self._adam.step(learning_rate)

    def state(self) -> dict[str, Tensor]:
        return {"weights": self.weights, **self._adam.moments()}

    @torch.no_grad()
    def restore(self, state: dict[str, Tensor], steps: int) -> None:
        self.weights.copy_(state["weights"])
        self._adam.restore(state, steps)


class FlatMuon(FlatOptimizer):
    """Muon for the matrices in the middle of the network, which turn vectors into vectors; Adam, at the
    recipe's ``table_rate``, for the rest: tables, whose rows are chosen one by one, and vectors.

    The hidden matrices lie first in the vector, those of one shape beside each other, so that each shape is
    one stack.
    """

    def __init__(self, model: nn.Module, recipe: RecipeSpec) -> None:
        hidden = model.hidden_matrices() if isinstance(model, TextNetwork) else ()
        shapes = sorted({_cut(parameter, parts) for parameter, parts in hidden})
        stacks = [
            [parameter for parameter, parts in hidden if _cut(parameter, parts) == shape]
            for shape in shapes
        ]
        in_stacks = {id(parameter) for parameter, _parts in hidden}
        rest = [p for p in _trainable(model) if id(p) not in in_stacks]
        matrices, vectors = _matrices_first(rest)
        super().__init__((*chain.from_iterable(stacks), *matrices, *vectors), recipe)
        self._muons, place = [], 0
        for shape, stack in zip(shapes, stacks, strict=True):
            end = place + _count(stack)
            weights = self.weights[place:end].view(-1, *shape)
            self._muons.append(Muon(weights, self.gradient[place:end].view(-1, *shape), MOMENTUM))
            place = end
        groups = ((matrices, 0.0), (vectors, 0.0))
        self._adam = _Adam(self.weights, self.gradient, place, groups, TABLE_BETAS)
        self._table_share = recipe.table_rate / recipe.learning_rate

    def update(self, learning_rate: float) -> None:
        for muon in self._muons:
            muon.step(learning_rate)
        self._adam.step(learning_rate * self._table_share)

    def state(self) -> dict[str, Tensor]:
        means = [muon.mean.flatten() for muon in self._muons]
        return {
            "weights": self.weights,
            "mean": torch.cat(means) if means else self.weights.new_empty(0),
            **self._adam.moments(),
        }

    @torch.no_grad()
    def restore(self, state: dict[str, Tensor], steps: int) -> None:
        self.weights.copy_(state["weights"])
        place = 0
        for muon in self._muons:
            end = place + muon.mean.numel()
            muon.mean.copy_(state["mean"][place:end].view_as(muon.mean))
            place = end
        self._adam.restore(state, steps)


class _Adam:
    """Torch's AdamW over groups that lie one after the other in a vector, from ``place`` on."""

    def __init__(
        self,
        weights: Tensor,
        gradient: Tensor,
        place: int,
        groups: Sequence[Group],
        betas: tuple[float, float],
    ) -> None:
        self._flats: list[Tensor] = []
        found = []
        for parameters, decay in groups:
            end = place + _count(parameters)
            flat = nn.Parameter(weights[place:end])
            flat.grad = gradient[place:end]
            place = end
            if flat.numel():
                self._flats.append(flat)
                found.append({"params": [flat], "weight_decay": decay})
        self._adam = (
            torch.optim.AdamW(found, lr=0.0, betas=betas, eps=EPSILON, fused=True)
            if found
            else None
        )

    def step(self, learning_rate: float) -> None:
        if self._adam is None:
            return
        for group in self._adam.param_groups:
            group["lr"] = learning_rate
        self._adam.step()

    def moments(self) -> dict[str, Tensor]:
        kept = [] if self._adam is None else [self._adam.state[flat] for flat in self._flats]
        names = {"first_moment": "exp_avg", "second_moment": "exp_avg_sq"}
        return {
            name: torch.cat([one[torchs] for one in kept]) if kept else torch.empty(0)
            for name, torchs in names.items()
        }

    def restore(self, state: dict[str, Tensor], steps: int) -> None:
        if self._adam is None:
            return
        place = 0
        for flat in self._flats:
            part = slice(place, place + flat.numel())
            self._adam.state[flat] = {
                "step": torch.tensor(float(steps), device=flat.device),
                "exp_avg": state["first_moment"][part].to(flat.device, copy=True),
                "exp_avg_sq": state["second_moment"][part].to(flat.device, copy=True),
            }
            place = part.stop


def _trainable(model: nn.Module) -> list[nn.Parameter]:
    return [parameter for parameter in model.parameters() if parameter.requires_grad]


def _matrices_first(
    parameters: Sequence[nn.Parameter],
) -> tuple[list[nn.Parameter], list[nn.Parameter]]:
    return [p for p in parameters if p.ndim >= 2], [p for p in parameters if p.ndim < 2]


def _cut(parameter: nn.Parameter, parts: int) -> tuple[int, int]:
    """The shape of each of the matrices that lie in it one below the other."""
    rows, columns = parameter.shape
    return rows // parts, columns


def _count(parameters: Sequence[nn.Parameter]) -> int:
    return sum(parameter.numel() for parameter in parameters)
