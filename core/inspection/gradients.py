"""How large the gradient is in each layer of a Transformer before its first step."""

from __future__ import annotations

import math

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from core.models.fused import cross_entropy
from core.models.transformer import GPT
from core.spec.families.gpt import GPTSpec

BATCH, LONGEST = 16, 32
"""Windows in a draw, and the most tokens in each."""


def gradient_norms(
    spec: GPTSpec, vocabulary: int, seed: int = 0, draws: int = 4
) -> NDArray[np.float64]:
    """The norm of the loss's gradient in each layer of untrained models, mean over ``draws``, [l].

    Each draw has new weights, and random tokens to read and to predict. As in Xiong et al. 2020
    (section 3.3 and figure 3), weights are Xavier's and what is measured is the second matrix of
    the MLP, or the output matrix of attention where there is no MLP.
    """
    norms = np.zeros((draws, spec.layers))
    for draw in range(draws):
        torch.manual_seed(seed * 1_000_003 + draw)
        model = GPT(spec, vocabulary)
        _initialise_as_xavier(model)
        tokens = torch.randint(vocabulary, (2, BATCH, min(spec.context, LONGEST)))
        cross_entropy(model(tokens[0]), tokens[1]).backward()  # type: ignore[no-untyped-call]
        norms[draw] = [float(_last_matrix_gradient(block).norm()) for block in model.blocks]
    mean: NDArray[np.float64] = norms.mean(axis=0)
    return mean


def _initialise_as_xavier(model: GPT) -> None:
    """Matrices as Glorot and Bengio 2010, equation 16; vectors of tokens and positions of length
    about 1, so that what a layer adds is as large as what it reads."""
    for name, parameter in model.named_parameters():
        if name.startswith(("tokens", "positions")):
            nn.init.normal_(parameter, std=1 / math.sqrt(model.spec.width))
        elif parameter.ndim == 2:
            nn.init.xavier_normal_(parameter)


def _last_matrix_gradient(block: nn.Module) -> Tensor:
    part = "attention.project" if getattr(block, "mlp", None) is None else "mlp.narrow"
    gradient = block.get_parameter(f"{part}.weight").grad
    assert gradient is not None
    return gradient
