"""Training a model as its specification says, whatever its family."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from torch import nn

from core.errors import LearnerError
from core.models.ngram import NGramModel
from core.spec.run import RunSpec
from core.store.snapshot import Snapshot
from core.store.start import GONE, Start, check_start
from core.text.material import Material, prepare
from core.text.probe import Probe
from core.text.tokenizers import Tokenizer
from core.training.families import FAMILIES


def train(
    spec: RunSpec, own_text: str | None = None, start: Start | None = None
) -> Iterator[Snapshot]:
    """The snapshots of one run from its first step to its last.

    Raises LearnerError if the text does not suffice, Diverged, and Overtime.
    """
    yield from Training(spec, own_text, start=start).snapshots()


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
        start: Start | None = None,
    ) -> None:
        """Load the text, train the tokenizer, build the model; go on from ``checkpoint`` if given.

        ``start`` is the run that the specification says it goes on from, if it says so: then tokenizer
        and weights are that run's. Nothing else is: its optimizer's means were of another text and of a
        learning rate that had come down to almost nothing, and would be twice the size of the weights to
        keep. So they begin at zero, and a warm-up gives them time. ``device`` is a torch device; by
        default CUDA where there is one, else the processor.
        Raises LearnerError if the text does not suffice.
        """
        material = _material(spec, own_text, start)
        self.spec = spec
        self.tokenizer: Tokenizer = material.tokenizer
        self.probe: Probe = material.probe
        self._run = FAMILIES[spec.model.family].begin(spec, material, device)
        if checkpoint is not None:
            self._run.restore(checkpoint)
        elif start is not None:
            self._run.begin_with(start.model_path, start.spec)

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


def _material(spec: RunSpec, own_text: str | None, start: Start | None) -> Material:
    """What is read, in the tokens of the run that it goes on from. LearnerError if that is another than
    the specification says, or does not fit."""
    if spec.start is None or start is None:
        if spec.start is not None:
            raise LearnerError(GONE, run=spec.start)
        return prepare(spec, own_text)
    check_start(spec, start.spec)
    tokenizer = start.tokenizer()
    material = prepare(spec, own_text, tokenizer)
    if spec.corpus == start.spec.corpus or spec.model != start.spec.model:
        return material
    return replace(material, before=prepare(start.spec, start.own_text, tokenizer))
