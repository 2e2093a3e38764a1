"""How much of the loss's gradient reaches a token that stands far back, measured on a recurrent network."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.functional import cross_entropy

from core.models.recurrent import RecurrentLanguageModel
from core.protocol import Tokens


def gradients_by_distance(network: RecurrentLanguageModel, windows: Tokens) -> NDArray[np.float64]:
    """Mean length of ∂ loss / ∂ x_{t-k} for k = 0 … t - 1, [t].

    ``windows`` [p t+1]: the loss is that of the last token of each, read after the t before it from an
    empty state; x are the token vectors, of which the one k back is as far from the loss as k steps of the
    recurrence. Without dropout. After Pascanu, Mikolov and Bengio 2013, "On the difficulty of training
    recurrent neural networks", section 2.1.
    """
    network.eval()
    text = torch.from_numpy(windows)
    x = network.tokens(text[:, :-1]).detach().requires_grad_()
    states, _ = network.cell(x)
    loss = cross_entropy(network.unembed(states[:, -1]), text[:, -1], reduction="sum")
    (gradient,) = torch.autograd.grad(loss, x)
    lengths = gradient.double().norm(dim=-1).mean(dim=0)
    mean: NDArray[np.float64] = lengths.flip(0).numpy()
    return mean


@dataclass(frozen=True)
class Step:
    """The norm of the whole gradient, and the loss before and after one step against it, in nats: as it is,
    and clipped."""

    norm: float
    before: float
    after: float
    after_clipped: float


def step_with_and_without_clipping(
    network: RecurrentLanguageModel, windows: Tokens, learning_rate: float, clip: float
) -> Step:
    """One step of plain gradient descent on windows [p t+1], θ - η g, and one with the gradient first
    shortened to ``clip`` if it is longer (Pascanu et al. 2013, algorithm 1). The network is left as it was.

    A loss that is no number any more is given as infinite.
    """
    network.eval()
    text = torch.from_numpy(windows)
    parameters = [parameter.requires_grad_() for parameter in network.parameters()]
    start = [parameter.detach().clone() for parameter in parameters]

    def loss() -> Tensor:
        return cross_entropy(network(text[:, :-1]).flatten(0, 1), text[:, 1:].flatten())

    before = loss()
    gradient = torch.autograd.grad(before, parameters)
    norm = float(torch.linalg.vector_norm(torch.cat([part.flatten() for part in gradient])))
    after = []
    for shortened in (1.0, min(1.0, clip / norm) if norm else 1.0):
        with torch.no_grad():
            for parameter, first, part in zip(parameters, start, gradient, strict=True):
                parameter.copy_(first - learning_rate * shortened * part)
            after.append(_number(float(loss())))
    with torch.no_grad():
        for parameter, first in zip(parameters, start, strict=True):
            parameter.copy_(first)
    return Step(norm, float(before.detach()), *after)


def with_recurrence_times(network: RecurrentLanguageModel, times: float) -> RecurrentLanguageModel:
    """A copy that can be differentiated, each layer's U multiplied by so much."""
    copy = RecurrentLanguageModel(network.spec, network.vocabulary_size)
    copy.load_state_dict(network.state_dict())
    with torch.no_grad():
        for layer in range(copy.spec.layers):
            copy.layer_weights(layer)[1].mul_(times)
    return copy.eval()


def _number(loss: float) -> float:
    return loss if np.isfinite(loss) else float("inf")


def untrained(
    network: RecurrentLanguageModel, seed: int, forget_bias: float | None = None
) -> RecurrentLanguageModel:
    """The same network as a training with this seed begins it, or as it would with this forget bias."""
    spec = network.spec
    if forget_bias is not None:
        spec = spec.model_copy(update={"forget_bias": forget_bias})
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return RecurrentLanguageModel(spec, network.vocabulary_size).eval()
