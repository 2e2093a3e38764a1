"""What training and answering ask of a family of models without knowing it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from torch import nn

from core.models.ngram import NGramModel
from core.protocol import LanguageModel
from core.spec.run import RunSpec
from core.store.snapshot import Snapshot
from core.text.material import Material


class Run(Protocol):
    """A model in training."""

    @property
    def model(self) -> nn.Module | NGramModel: ...

    def begin_with(self, model: Path, spec: RunSpec) -> None:
        """Take over what the run of ``spec`` saved as its model, before the first step."""
        ...

    def snapshots(self) -> Iterator[Snapshot]:
        """What is still to come; between two of them the model is as the last one says."""
        ...

    def save_model(self, path: Path) -> None:
        """What ``Family.load`` needs, as safetensors."""
        ...

    def save_checkpoint(self, path: Path) -> None:
        """All that ``restore`` needs, as safetensors."""
        ...

    def restore(self, checkpoint: Path) -> None:
        """Go on where the checkpoint was saved."""
        ...


@dataclass(frozen=True)
class Trained:
    """A trained model, ready to answer: what one can look into, and what says the next token; None
    for what the family does not have."""

    module: nn.Module | None
    language_model: LanguageModel | None


class Family(ABC):
    """Trains the models of one family and loads them again."""

    @abstractmethod
    def begin(self, spec: RunSpec, material: Material, device: str | None) -> Run:
        """A run before its first step. ``device`` is a torch device, by default the fastest here.

        Raises LearnerError if the text does not suffice.
        """

    @abstractmethod
    def load(self, spec: RunSpec, vocabulary: int, path: Path) -> Trained:
        """The model that a run saved, with so many tokens in its vocabulary."""
