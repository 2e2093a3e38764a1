"""Writing token by token with a network."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray
from torch import nn

from core.models.network import START, TextNetwork
from core.protocol import Tokens

Draw = Callable[[NDArray[np.float64]], int]
"""Chooses the next token from the logits [v]."""


def generate(model: nn.Module, tokens: Tokens, count: int, draw: Draw) -> Iterator[int]:
    """``count`` tokens that the model puts after ``tokens`` [t], as ``draw`` chooses them.

    What was already reckoned is kept where the network can keep it: see ``reader`` of each. Without
    tokens it begins with START, which is not part of what is generated. The model must be in
    evaluation mode. Raises TypeError for a model that is no TextNetwork.
    """
    if not isinstance(model, TextNetwork):
        raise TypeError(f"{type(model).__name__} does not generate")
    reader = model.reader()
    new = [int(token) for token in tokens] or [START]
    for _ in range(count):
        chosen = int(draw(reader.read(new)))
        yield chosen
        new = [chosen]
