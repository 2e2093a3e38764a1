"""What every network that reads text can do, so that others need not know which one it is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

START = 0
"""What a network reads where there is no token yet: it must be given something."""


class Reader(Protocol):
    """Reads a text piece by piece."""

    def read(self, new: list[int]) -> NDArray[np.float64]:
        """Logits [v] of the token after all that was read so far and these tokens."""
        ...


class TextNetwork(nn.Module, ABC):
    """A network with features after each token, and logits of the next token from features."""

    vocabulary_size: int
    context: int
    """How many tokens it reads at once in training and in scoring."""

    @property
    def looks_ahead(self) -> bool:
        """Whether what it makes of a token depends on the tokens after it."""
        return False

    def forward(self, tokens: Tensor) -> Tensor:
        """Token ids [b t] → logits of each next token [b t v]."""
        return self.unembed(self.features(tokens))

    @abstractmethod
    def features(self, tokens: Tensor) -> Tensor:
        """Token ids [b t] → features [b t d]."""

    @abstractmethod
    def unembed(self, features: Tensor) -> Tensor:
        """Logits [… v] from features [… d]."""

    def hidden_matrices(self) -> Sequence[tuple[nn.Parameter, int]]:
        """The matrices in its middle, which make vectors of vectors; and of how many, one below the other,
        each consists. None by default: Muon is for these alone."""
        return ()

    def reader(self) -> Reader:
        """What writing token by token reads with; quicker where something can be kept."""
        return _WindowReader(self)


class _WindowReader:
    """Reads the last ``context`` tokens anew each time."""

    def __init__(self, network: TextNetwork) -> None:
        self._network = network
        self._window: list[int] = []

    @torch.inference_mode()
    def read(self, new: list[int]) -> NDArray[np.float64]:
        self._window = [*self._window, *new][-self._network.context :]
        features = self._network.features(token_row(self._window, self._network))
        return logits_array(self._network.unembed(features[0, -1]))


def token_row(tokens: list[int], network: nn.Module) -> Tensor:
    """Token ids [1 t] where the network is."""
    return torch.tensor([tokens], device=next(network.parameters()).device)


def logits_array(logits: Tensor) -> NDArray[np.float64]:
    """Logits [v] in float64, in NumPy."""
    array: NDArray[np.float64] = logits.double().cpu().numpy()
    return array
