"""Training a model as its specification says, whatever its family."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from torch import nn

from core.models.ngram import NGramModel
from core.spec.run import RunSpec
from core.store.snapshot import Snapshot
from core.text.material import prepare
from core.text.probe import Probe
from core.text.tokenizers import Tokenizer
from core.training.families import FAMILIES


def train(spec: RunSpec, own_text: str | None = None) -> Iterator[Snapshot]:
    """The snapshots of one run from its first step to its last.

    Raises LearnerError if the text does not suffice, Diverged, and Overtime.
    """
    yield from Training(spec, own_text).snapshots()


class Training:
    """One run in memory: text, tokenizer, model and how far it has come.

    The same specification on the same device gives the same numbers, and so does a run that goes
    on from a checkpoint: every random choice is a function of the seed and the step alone.
    """

    def __init__(
        self,
        spec: RunSpec,
        own_text: str | None = None,
        checkpoint: Path | None = None,
        device: str | None = None,
    ) -> None:
        """Load the text, train the tokenizer, build the model; go on from ``checkpoint`` if given.

        ``device`` is a torch device; by default CUDA where there is one, else the processor.
        Raises LearnerError if the text does not suffice.
        """
        material = prepare(spec, own_text)
        self.spec = spec
        self.tokenizer: Tokenizer = material.tokenizer
        self.probe: Probe = material.probe
        self._run = FAMILIES[spec.model.family].begin(spec, material, device)
        if checkpoint is not None:
            self._run.restore(checkpoint)

    @property
    def model(self) -> nn.Module | NGramModel:
        return self._run.model

    def snapshots(self) -> Iterator[Snapshot]:
        """What is still to come. The model, saved between two of them, is as the last one says.

        Raises Diverged with the weights still those before the step that failed, and Overtime
        after LONGEST_RUN_SECONDS.
        """
        return self._run.snapshots()

    def save_model(self, path: Path) -> None:
        """The weights, or the counts of an n-gram, under their names, as safetensors."""
        self._run.save_model(path)

    def save_checkpoint(self, path: Path) -> None:
        """All that going on needs beyond the specification, as safetensors."""
        self._run.save_checkpoint(path)
