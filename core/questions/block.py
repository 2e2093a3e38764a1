"""What happens to a token's vector inside the blocks of a GPT, and what excites a neuron of an MLP."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.questions.asked import AskedOfRun


@dataclass(frozen=True)
class ResidualStreamAnswer:
    """``embedded`` [d] is the token's vector before the blocks, ``after`` [l 2 d] the stream after each
    layer's attention and MLP, ``added`` [l 2 d] the change, ``heads`` [l h d] what each head writes,
    ``hidden`` [l f] the MLPs' neurons."""

    tokens: tuple[str, ...]
    embedded: NDArray[np.float64]
    added: NDArray[np.float64]
    after: NDArray[np.float64]
    heads: NDArray[np.float64]
    hidden: NDArray[np.float64]
    cut: int


@dataclass(frozen=True)
class ResidualStream(AskedOfRun[ResidualStreamAnswer]):
    """What does each part of the model add to the vector of the token at this position (from 0)?"""

    text: str
    position: int


@dataclass(frozen=True)
class Excited:
    """A token that excites a neuron, with the tokens before it in its text."""

    before: tuple[str, ...]
    token: str
    activation: float


@dataclass(frozen=True)
class NeuronActivityAnswer:
    """Over so many held-out tokens [n]: ``fit`` is input · key + bias of each, ``excited`` the tokens
    with the highest activations, best first. ``promoted`` and ``hindered`` are the output tokens that
    the neuron's value raises and lowers most, with the amount for an activation of 1 (before the
    last norm's division)."""

    fit: NDArray[np.float32]
    activation: NDArray[np.float32]
    excited: tuple[Excited, ...]
    promoted: tuple[tuple[str, float], ...]
    hindered: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class NeuronActivity(AskedOfRun[NeuronActivityAnswer]):
    """What excites this neuron (from 0) of a layer's MLP, and which tokens does it speak for?"""

    layer: int
    neuron: int
    top: int = 8
