"""Families of networks: what the loop asks of each, so that the loop itself knows none."""

from __future__ import annotations

from abc import abstractmethod
from pathlib import Path
from typing import Generic, Protocol, TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file
from torch import Tensor, nn

from core.protocol import LanguageModel
from core.spec.family import FamilySpec
from core.spec.run import RunSpec
from core.text.material import Material
from core.training.family import Family, Trained
from core.training.loop import Descent

S = TypeVar("S", bound=FamilySpec)
M = TypeVar("M", bound=nn.Module)
B = TypeVar("B")
B_co = TypeVar("B_co", covariant=True)


class Batches(Protocol[B_co]):
    """What each step trains on: a function of the step, and of nothing that happened before it."""

    def at(self, step: int) -> B_co: ...


class NetworkFamily(Family, Generic[S, M, B]):
    """A family that descends: its specification S, its module M, and what its batches B are."""

    spec_class: type[S]

    @abstractmethod
    def build(self, spec: S, vocabulary: int) -> M:
        """A new network, its weights drawn from torch's generator."""

    @abstractmethod
    def batches(self, spec: RunSpec, material: Material, device: torch.device) -> Batches[B]:
        """What the steps train on. Raises LearnerError if the text does not suffice."""

    @abstractmethod
    def loss(self, module: M, batch: B) -> Tensor:
        """What descends, [] in nats. Torch's generator, which dropout draws from, is set by the step."""

    @abstractmethod
    def validation_loss(self, module: M, spec: RunSpec, material: Material) -> float:
        """The same loss on the held-out text. The module is in evaluation mode."""

    def sample(self, module: M, spec: RunSpec, material: Material) -> str | None:
        """What the model writes, by the run's seed; None if it writes nothing."""
        return None

    def look(self, module: M, spec: RunSpec, material: Material) -> dict[str, NDArray[np.generic]]:
        """The arrays that the specification names as ``snapshot_arrays``, in a small type."""
        return {}

    def language_model(self, module: M) -> LanguageModel | None:
        """The module as a language model; None if it is none."""
        return None

    def begin(self, spec: RunSpec, material: Material, device: str | None) -> Descent:
        where = device or ("cuda" if torch.cuda.is_available() else "cpu")
        return Descent(self, spec, material, torch.device(where))

    def load(self, spec: RunSpec, vocabulary: int, path: Path) -> Trained:
        module = self.new(spec, vocabulary)
        module.load_state_dict(load_file(path))
        module.eval()
        return Trained(module, self.language_model(module))

    def take(self, module: M, weights: dict[str, Tensor], spec: RunSpec) -> None:
        """Begin with the weights of a run of ``spec``, by their names: all of them, unless the family's
        specification also ``begins_as`` models that have others."""
        module.load_state_dict(weights)

    def new(self, spec: RunSpec, vocabulary: int) -> M:
        """The network that a run's specification asks for."""
        if not isinstance(spec.model, self.spec_class):
            raise TypeError(f"{type(self).__name__} builds no {type(spec.model).__name__}")
        return self.build(spec.model, vocabulary)
